"""A session with a CRM: patient where waiting may help, and saying so; no answer goes unjudged.

The vendors' clients know the addresses and the shapes; waiting, limits and time are one matter
for both, and theirs wait for nothing or for ever.
"""

import logging
import re
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry

from winloss.errors import CrmUnreachable
from winloss.settings import ConnectorSettings

log = logging.getLogger("winloss")

_LONGEST_CONNECT = 10.0
_LONGEST_BACKOFF = 60.0
_LONGEST_OBEYED_WAIT = 300.0
_LOCKED, _MIGRATING = 423, 477
_PASSING = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    _LOCKED,
    _MIGRATING,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
"""HubSpot asks to wait with 423 and 477 too
(https://developers.hubspot.com/docs/api-reference/error-handling)."""
_ERROR_NAMES = ("errorCode", "category", "errorType", "policyName", "error")
_NAME = re.compile(r"\w{1,60}", re.ASCII)


class CrmSession(requests.Session):
    """A requests session for one CRM; what it cannot get in time raises CrmUnreachable."""

    def __init__(self, vendor: str, address: str, settings: ConnectorSettings) -> None:
        """Opens nothing yet; `vendor` is its name for messages."""
        super().__init__()
        self._vendor = vendor
        self._address = address
        self._silence = settings.timeout_seconds
        self.mount("http://", HTTPAdapter(max_retries=_patience(vendor, settings)))
        self.mount("https://", HTTPAdapter(max_retries=_patience(vendor, settings)))
        # A proxy from the environment cannot reach our own loopback.
        self.trust_env = urlsplit(address).scheme == "https"
        # The client puts the key on; without this a .netrc would replace it.
        self.auth = _as_it_is

    def request(self, *arguments: Any, **named: Any) -> requests.Response:  # noqa: ANN401
        """The whole answer, whatever its status; a redirect is not followed: it takes the key."""
        named["timeout"] = (min(self._silence, _LONGEST_CONNECT), self._silence)
        named["allow_redirects"] = False
        try:
            answer = super().request(*arguments, **named)
        except requests.RequestException as error:
            raise CrmUnreachable(
                f"{self._vendor} gave no useful answer at {self._address} ({_reason(error)}). "
                "Check the network and the address in winloss.toml, then run this again."
            ) from error
        if answer.status_code in _PASSING:
            raise CrmUnreachable(
                f"{self._vendor} gave no useful answer at {self._address} "
                f"({answer.status_code} {said_in(answer)}). Run this again later."
            )
        return answer


def said_in(answer: requests.Response) -> str:
    """What the vendor calls that which went wrong, such as RATE_LIMIT."""
    try:
        return names_in(answer.json()) or answer.reason
    except requests.JSONDecodeError:
        return answer.reason


def names_in(body: object) -> str:
    """The names of errors in the body of an answer, never its sentences.

    A sentence may repeat what was asked, a key or a customer's value included.
    """
    first = body[0] if isinstance(body, list) and body else body
    if not isinstance(first, dict):
        return ""
    named = (first.get(key) for key in _ERROR_NAMES)
    return " ".join(name for name in named if isinstance(name, str) and _NAME.fullmatch(name))


def _as_it_is(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    return prepared


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the answer broke off"
    return "no connection"


def _patience(vendor: str, settings: ConnectorSettings) -> "_Patience":
    patience = _Patience(
        total=settings.retries,
        status_forcelist=_PASSING,
        allowed_methods=None,
        backoff_factor=settings.backoff_seconds,
        backoff_max=_LONGEST_BACKOFF,
        raise_on_status=False,
        respect_retry_after_header=True,
    )
    return patience.of(vendor)


class _Patience(Retry):
    """urllib3's own, which also says that it waits, and for how long it will not."""

    vendor = ""

    def of(self, vendor: str) -> Self:
        self.vendor = vendor
        return self

    def new(self, **changed: Any) -> Self:  # noqa: ANN401 (urllib3's own types)
        """What is left after a try."""
        return super().new(**changed).of(self.vendor)

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait before the next try; raises CrmUnreachable when that is asked to be too long."""
        wait = (self.get_retry_after(response) if response else None) or self.get_backoff_time()
        if wait > _LONGEST_OBEYED_WAIT:
            # How much longer is not said: urllib3 takes six hours for the most.
            raise CrmUnreachable(
                f"{self.vendor} asks us to wait longer than {_LONGEST_OBEYED_WAIT:.0f} seconds. "
                "Run this again later."
            )
        if wait >= 1:
            log.info("%s: waiting %.0f s before the next try", self.vendor, wait)
        super().sleep(response)
