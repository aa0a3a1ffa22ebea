"""What a form's webhook should be, and how the one at Typeform differs.

typeform.com/developers/webhooks/reference/create-or-update-webhook
"""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from winloss.errors import SettingsError
from winloss.settings import Settings
from winloss.typeform.surveys.difference import Difference, What, quoted

TAG = "winloss"
_EVENTS = ("form_response", "form_response_partial")


def wanted(programme: Settings) -> dict[str, Any] | None:
    """The webhook to register with every form, or nothing without `[receiver] url`.

    Holds the secret: never print it. Raises SettingsError when the secret is not set or
    the address cannot be one.
    """
    url, secret = programme.receiver.url, programme.webhook_secret.get_secret_value()
    if not url:
        return None
    shape = _shape(url)
    if not secret:
        raise SettingsError(
            "WINLOSS_WEBHOOK_SECRET is not set, and a webhook without a secret would take "
            "anybody's word. Make one up, set it here and where `winloss serve` runs."
        )
    return shape | {"secret": secret}


def differing(found: Mapping[str, Any] | None, url: str) -> Iterator[Difference]:
    """How the registered webhook differs from the one wanted; its secret is never shown.

    Raises SettingsError when the address cannot be one.
    """
    shape = _shape(url)
    if found is None:
        text = f"the webhook {TAG} is not registered; responses come with the next pull alone"
        yield Difference(What.WEBHOOK, "", text)
        return
    if found.get("url") != url:
        text = f"the webhook sends to {quoted(str(found.get('url')))}, not to {quoted(url)}"
        yield Difference(What.WEBHOOK, "", text)
    if found.get("enabled") is not True:
        yield Difference(What.WEBHOOK, "", "the webhook is switched off")
    if found.get("verify_ssl") is False and shape["verify_ssl"]:
        text = "the webhook does not check whom it sends to (verify_ssl is off)"
        yield Difference(What.WEBHOOK, "", text)
    events = found.get("event_types")
    for event in _EVENTS:
        if not (isinstance(events, dict) and events.get(event)):
            yield Difference(What.WEBHOOK, "", f"the webhook does not send {event}")


def _shape(url: str) -> dict[str, Any]:
    is_here = _is_loopback(checked(url))
    return {
        "url": url,
        "enabled": True,
        "verify_ssl": not is_here,
        "event_types": dict.fromkeys(_EVENTS, True),
    }


def checked(url: str) -> str:
    """The host of an address that Typeform may send to: https, on this machine also http.

    Raises SettingsError otherwise: what customers wrote does not travel open.
    """
    try:
        address = urlsplit(url)
        host = address.hostname or ""
    except ValueError:
        address, host = urlsplit(""), ""
    if address.scheme not in ("http", "https") or not host:
        raise SettingsError(
            f"receiver.url {url!r} is not an address such as https://winloss.example.com/typeform."
        )
    if address.scheme == "http" and not _is_loopback(host):
        raise SettingsError(
            f"receiver.url {url!r} is not https, so what customers write would travel open. Put "
            "`winloss serve` behind a server with a certificate and set url under [receiver] to "
            "its https address."
        )
    return host


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
