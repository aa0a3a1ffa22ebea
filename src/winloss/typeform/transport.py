"""One bounded loop around every request: paced, retried where waiting may help, translated.

The loop is our own because urllib3's Retry ends at the headers: it sees neither a body that
breaks off nor one that is not JSON.
"""

import json
import re
import threading
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from winloss.errors import SettingsError, TypeformMissing, TypeformRefused, TypeformUnreachable
from winloss.settings import TypeformSettings

_PASSING = {408, 425, 429, 499}
_LONGEST_BACKOFF = 60.0
_LONGEST_OBEYED_WAIT = 300.0
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadRequest(TypeformRefused):
    """Typeform does not accept these parameters."""


class _Passing(Exception):  # noqa: N818 (not an error yet: it may pass)
    """What went wrong this time; trying again may help, after `wait` seconds if given."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class Transport:
    """Asks one account about its forms; safe to share between threads."""

    def __init__(self, settings: TypeformSettings, token: str) -> None:
        """Raises SettingsError when the token cannot be one."""
        self._settings = settings
        self._base = settings.base_url.rstrip("/")
        self._pace = _Pace(settings.requests_per_second)
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        # A proxy from the environment cannot reach our own loopback.
        self._session.trust_env = urlsplit(self._base).hostname not in _LOOPBACK

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(self, form_id: str, path: str, parameters: dict[str, str], *, needs: str) -> bytes:
        """The body of an answer that is a JSON object with the key `needs`.

        Raises BadRequest, TypeformRefused, TypeformMissing, SettingsError for an address
        that cannot be one, and TypeformUnreachable after `retries` more tries.
        """
        url = f"{self._base}/forms/{quote(form_id, safe='')}{path}"
        tries = self._settings.retries + 1
        last = _Passing("nothing tried")
        for attempt in range(tries):
            self._pace.wait()
            try:
                answer = self._send(url, parameters)
                _judge(answer, form_id, self._base)
                _check_body(answer.content, needs)
            except _Passing as passing:
                last = passing
                self._pace.hold(self._patience(attempt, passing.wait))
            else:
                return answer.content
        raise TypeformUnreachable(
            f"{self._base} gave no useful answer about form {form_id} in {tries} tries "
            f"(last: {last}). Check typeform.base_url in winloss.toml and the network."
        ) from last

    def _send(self, url: str, parameters: dict[str, str]) -> requests.Response:
        try:
            return self._session.get(url, params=parameters, timeout=self._settings.timeout_seconds)
        except (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
        ) as error:
            raise SettingsError(
                f"typeform.base_url {self._base!r} is not an address such as "
                "https://api.typeform.com."
            ) from error
        except requests.Timeout as error:
            seconds = self._settings.timeout_seconds
            raise _Passing(f"no answer within {seconds:g} seconds") from error
        except requests.exceptions.SSLError as error:
            raise _Passing("no secure connection") from error
        except requests.ConnectionError as error:
            raise _Passing("no connection") from error
        except requests.RequestException as error:
            raise _Passing("the answer broke off") from error

    def _patience(self, attempt: int, told: float | None) -> float:
        backoff = min(self._settings.backoff_seconds * 2.0**attempt, _LONGEST_BACKOFF)
        return max(backoff, min(told or 0.0, _LONGEST_OBEYED_WAIT))


class _Bearer(requests.auth.AuthBase):
    """The token as a header, put on last so that no .netrc can replace it."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token.strip()}"
        # Checked here because http.client would print a header it refuses.
        if not re.fullmatch(r"Bearer [!-~]+", self._header):
            raise SettingsError(
                "WINLOSS_TYPEFORM_TOKEN is not set or holds characters no token has. "
                "Make a personal token in Typeform with forms:read and responses:read."
            )

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._header
        return request


class _Pace:
    """Hands out moments to send, evenly spaced over all threads."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second
        self._next = time.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Sleep until it is this caller's turn."""
        with self._lock:
            turn = max(self._next, time.monotonic())
            self._next = turn + self._interval
        time.sleep(max(0.0, turn - time.monotonic()))

    def hold(self, seconds: float) -> None:
        """Let nobody send for a while: the limit is the account's, not the caller's."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)


def _judge(answer: requests.Response, form_id: str, base: str) -> None:
    """Map a status to what the operator should do."""
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    said = f"{status} {_code(answer.content)}".strip()
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _Passing(said, _retry_after(answer.headers.get("Retry-After")))
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise TypeformRefused(
            f"Typeform refused the token for form {form_id} ({said}). Check "
            "WINLOSS_TYPEFORM_TOKEN; it needs the scopes forms:read and responses:read."
        )
    if status == HTTPStatus.NOT_FOUND:
        raise TypeformMissing(
            f"There is no form {form_id} at {base} ({said}). If it was deleted, take it out "
            "of typeform.forms in winloss.toml; if not, check typeform.base_url."
        )
    raise BadRequest(
        f"Typeform refused the request for form {form_id} ({said}). "
        "Check typeform.forms and typeform.base_url in winloss.toml."
    )


def _retry_after(header: str | None) -> float | None:
    if header is None:
        return None
    try:
        return Retry().parse_retry_after(header)
    except InvalidHeader:
        return None


def _code(body: bytes) -> str:
    """Typeform's own name for an error, when the body is one of its error bodies."""
    try:
        code = tolerant(body)["code"]
    except (ValueError, TypeError, KeyError):
        return ""
    return code if isinstance(code, str) and re.fullmatch(r"[A-Z_]{1,60}", code) else ""


def tolerant(body: bytes) -> Any:  # noqa: ANN401 (JSON is anything)
    """Read JSON that a strict reader refuses, only to find our way through it.

    Numbers stay text: one of five thousand digits would be refused.
    """
    return json.loads(body.decode("utf-8-sig", "replace"), strict=False, parse_int=str)


def _check_body(body: bytes, needs: str) -> None:
    if not body.strip():
        raise _Passing("an empty answer")
    try:
        found = tolerant(body)
    except ValueError as error:
        raise _Passing("an answer that is not JSON") from error
    if not isinstance(found, dict) or needs not in found:
        raise _Passing(f"JSON without {needs}")
