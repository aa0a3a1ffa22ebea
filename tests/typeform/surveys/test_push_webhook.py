"""The webhook a push registers, and what a check says of the one it finds."""

import json
from typing import Any

import pytest
from pydantic import SecretStr

from winloss.errors import SettingsError
from winloss.settings import ReceiverSettings, Settings
from winloss.typeform.surveys import webhooks

URL = "https://winloss.example.com/typeform"
SECRET = "a long word nobody knows"


def programme(url: str, secret: str = SECRET) -> Settings:
    receiver = ReceiverSettings(url=url)
    return Settings(company="Harbourline", receiver=receiver, webhook_secret=SecretStr(secret))


def registered(**changes: Any) -> dict[str, Any]:
    """What Typeform says of a webhook: everything but its secret."""
    wanted = dict(webhooks.wanted(programme(URL)) or {})
    wanted.pop("secret")
    return wanted | {"id": "01KY", "tag": "winloss", "created_at": "2026-07-21"} | changes


def test_a_webhook_asks_for_finished_and_unfinished_responses_and_signs_them():
    assert webhooks.wanted(programme(URL)) == {
        "url": URL,
        "enabled": True,
        "verify_ssl": True,
        "event_types": {"form_response": True, "form_response_partial": True},
        "secret": SECRET,
    }


@pytest.mark.parametrize(
    ("host", "is_checked"),
    [
        ("127.0.0.1:8766", False),
        ("localhost", False),
        ("[::1]:9", False),
        ("127.0.0.1.evil.test", True),
        ("winloss.example.com", True),
    ],
)
def test_only_on_this_machine_may_the_certificate_go_unchecked(host, is_checked):
    found = webhooks.wanted(programme(f"https://{host}/typeform"))

    assert found is not None
    assert found["verify_ssl"] is is_checked


def test_without_an_address_there_is_none_and_without_a_secret_it_is_refused():
    assert webhooks.wanted(programme("")) is None
    with pytest.raises(SettingsError, match="WINLOSS_WEBHOOK_SECRET is not set"):
        webhooks.wanted(programme(URL, secret=""))
    with pytest.raises(SettingsError, match=r"receiver\.url 'winloss' is not an address"):
        webhooks.wanted(programme("winloss"))


@pytest.mark.parametrize("url", ["http://winloss.example.com/typeform", "http://10.0.0.1/t"])
def test_off_this_machine_only_https_will_do(url):
    for ask in (lambda: webhooks.wanted(programme(url)), lambda: [*webhooks.differing(None, url)]):
        with pytest.raises(SettingsError, match="is not https"):
            ask()


@pytest.mark.parametrize("url", ["http://localhost:8766/t", "http://127.0.0.1/t", "http://[::1]/t"])
def test_on_this_machine_http_is_enough(url):
    assert (webhooks.wanted(programme(url)) or {})["url"] == url


@pytest.mark.parametrize("url", ["http://[::1", "https://", "ftp://winloss.example.com"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(SettingsError, match="is not an address"):
        webhooks.checked(url)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "the webhook winloss is not registered; responses come with the next pull alone"),
        (registered(url="https://old.test"), f'sends to "https://old.test", not to "{URL}"'),
        (registered(enabled=False), "the webhook is switched off"),
        (registered(verify_ssl=False), "does not check whom it sends to (verify_ssl is off)"),
        (registered(event_types={"form_response": True}), "does not send form_response_partial"),
    ],
)
def test_what_differs_is_one_line(found, said):
    (line,) = webhooks.differing(found, URL)

    assert said in line.text


def test_the_recorded_configuration_is_read(shared_data):
    path = shared_data / "typeform" / "webhook_config_2026.json"
    found = json.loads(path.read_text("utf-8"))

    said = [each.text for each in webhooks.differing(found, found["url"])]

    assert said == ["the webhook does not send form_response_partial"]
    assert list(webhooks.differing(registered(), URL)) == []
