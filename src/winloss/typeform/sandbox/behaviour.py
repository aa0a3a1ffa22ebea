"""How the loopback Typeform misbehaves, and the answers that are spoilt."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from winloss.typeform.sandbox.query import Refusal

Fault = Literal[
    "429", "429_later", "499", "500", "503", "cut", "empty", "html", "no_items", "hollow", "lost"
]
"""429_later says with Retry-After how long to wait; cut breaks off in the middle of the JSON;
no_items is JSON that is no page; hollow is a page without items that says there are some; lost
does what was asked, and its answer is cut."""

_SAID = {
    429: ("TOO_MANY_REQUESTS", "Too many requests"),
    499: ("CLIENT_CLOSED_REQUEST", "The request has been waiting for too long"),
    500: ("INTERNAL_SERVER_ERROR", "Something went wrong"),
    503: ("SERVICE_UNAVAILABLE", "The service is not available"),
}
_DROP_COUNT = 20


@dataclass
class Behaviour:
    """How the loopback Typeform behaves, and the requests it has seen."""

    token: str = field(repr=False)
    requests_per_second: float | None = None
    """The account-wide limit, when it is on."""
    refuses_window_with_cursor: bool = False
    ignores_cursor: bool = False
    most_per_page: int = 1000
    """Fewer than asked for are sent, without a word, when this is lower."""
    refuses_account: bool = False
    """Every request is answered 403, whatever its token."""
    told_total: int | None = None
    """Said as total_items of every page, whatever is there."""
    now: datetime | None = None
    """The sandbox's own clock; this machine's when nothing is set."""
    lag: timedelta = timedelta(0)
    """How long after its moment a response appears, by the sandbox's own clock."""
    drip_seconds: float = 0.0
    """How long every answer's body takes, sent drop by drop."""
    faults: deque[Fault] = field(default_factory=deque)
    """Each spoils one answer, in order."""
    requests: list[str] = field(default_factory=list)
    """Method, path and query of every request so far."""

    def instant(self) -> datetime:
        """What time it is here."""
        return self.now or datetime.now(UTC)

    def shown_until(self) -> datetime | None:
        """The moment of the newest response that has appeared; nothing means all have."""
        return self.instant() - self.lag if self.lag else None


def spoilt(fault: Fault) -> Response:
    """The answer that is sent instead of the true one."""
    if fault in ("cut", "lost"):
        return _Cut()
    if fault == "empty":
        return text_answer("")
    if fault == "html":
        return page_of_a_gateway(200, "One moment")
    if fault == "no_items":
        return json_answer({})
    if fault == "hollow":
        return json_answer({"total_items": 471, "page_count": 1, "items": []})
    status = int(fault[:3])
    return refused(Refusal(status, *_SAID[status]), is_dated=fault == "429_later")


def refused(refusal: Refusal, *, is_dated: bool = True) -> Response:
    """An error body; a 429 says how long to wait, unless it is not dated."""
    answer = json_answer(refusal.body, refusal.status)
    if refusal.status == 429 and is_dated:  # noqa: PLR2004 (a status, not a magic number)
        answer.headers["Retry-After"] = "1"
    return answer


def page_of_a_gateway(status: int, words: str) -> Response:
    """What something before Typeform answers: a page for people."""
    return Response(f"<html><body>{words}</body></html>", status, media_type="text/html")


def json_answer(value: object, status: int = 200) -> Response:
    """A JSON body."""
    return text_answer(json.dumps(value, ensure_ascii=False), status)


def text_answer(text: str, status: int = 200) -> Response:
    """JSON as UTF-8; only lone surrogates cannot be, and are escaped as JSON escapes them."""
    body = text.encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="application/json")


class Dripping(Response):
    """An answer whose body comes drop by drop, all of it in the end."""

    def __init__(self, whole: Response, seconds: float) -> None:
        """`seconds` is the time between the first drop and the last."""
        super().__init__(bytes(whole.body), whole.status_code, dict(whole.headers))
        self._pause = seconds / _DROP_COUNT

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send(start | {"headers": self.raw_headers})
        body = bytes(self.body)
        size = len(body) // _DROP_COUNT + 1
        for place in range(0, len(body), size):
            drop = body[place : place + size]
            await send({"type": "http.response.body", "body": drop, "more_body": True})
            await asyncio.sleep(self._pause)
        await send({"type": "http.response.body", "body": b""})


class _Cut(Response):
    """An answer that breaks off in the middle of its body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"total_items":', "more_body": True})
