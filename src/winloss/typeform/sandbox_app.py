"""The loopback Typeform's addresses: who may ask, and what is answered."""

import json
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from winloss.typeform import sandbox_rules as rules
from winloss.typeform.sandbox_rules import Refusal
from winloss.typeform.sandbox_store import Json, Store, complete

Fault = Literal["429", "429_later", "499", "500", "503", "cut", "empty", "html", "no_items"]
Handler = Callable[[Request], Awaitable[Response]]


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
    faults: deque[Fault] = field(default_factory=deque)
    """Each spoils one answer, in order."""
    requests: list[str] = field(default_factory=list)
    """Method, path and query of every request so far."""


def create(store: Store, behaviour: Behaviour) -> Starlette:
    """The whole of it as an ASGI application."""
    account = _Account(store, behaviour)
    door = _Door(behaviour)
    addresses: list[tuple[str, str, Handler]] = [
        ("GET", "/me", account.me),
        ("GET", "/forms", account.forms),
        ("POST", "/forms", account.create),
        ("GET", "/forms/{form_id}", account.form),
        ("PUT", "/forms/{form_id}", account.replace),
        ("DELETE", "/forms/{form_id}", account.delete),
        ("GET", "/forms/{form_id}/responses", account.responses),
        ("DELETE", "/forms/{form_id}/responses", account.delete_responses),
    ]
    return Starlette(
        routes=[Route(path, door.guard(act), methods=[verb]) for verb, path, act in addresses]
    )


class _Account:
    """The answers, for one account's forms."""

    def __init__(self, store: Store, behaviour: Behaviour) -> None:
        self._store = store
        self._behaviour = behaviour

    async def me(self, _: Request) -> Response:
        return _json({"alias": "Sandbox", "email": "sandbox@example.invalid", "language": "en"})

    async def forms(self, request: Request) -> Response:
        given = request.query_params
        size = rules.number(given, "page_size", default=10, most=200)
        number = rules.number(given, "page", default=1, most=10**8)
        found = rules.listed(self._store.forms(), given)
        shown = [_summary(form) for form in found[(number - 1) * size : number * size]]
        pages = math.ceil(len(found) / size)
        return _json({"total_items": len(found), "page_count": pages, "items": shown})

    async def create(self, request: Request) -> Response:
        form_id = self._store.new_id()
        self._store.put_form(form_id, complete(form_id, await _form_in(request)))
        made = _json(self._known(form_id), 201)
        made.headers["Location"] = f"{request.url}/{form_id}"
        return made

    async def form(self, request: Request) -> Response:
        return _json(self._known(_form_id(request)))

    async def replace(self, request: Request) -> Response:
        form_id = _form_id(request)
        self._known(form_id)
        self._store.put_form(form_id, complete(form_id, await _form_in(request)))
        return _json(self._known(form_id))

    async def delete(self, request: Request) -> Response:
        form_id = _form_id(request)
        self._known(form_id)
        self._store.drop_form(form_id)
        return Response(status_code=204)

    async def responses(self, request: Request) -> Response:
        form_id = _form_id(request)
        self._known(form_id)
        asked = rules.query(
            self._as_heard(request.query_params),
            refuses_window_with_cursor=self._behaviour.refuses_window_with_cursor,
            most_per_page=self._behaviour.most_per_page,
        )
        return _text(rules.page(self._store.responses(form_id), asked))

    async def delete_responses(self, request: Request) -> Response:
        form_id = _form_id(request)
        self._known(form_id)
        for token in rules.doomed(request.query_params):
            self._store.drop(form_id, token)
        return Response(status_code=200)

    def _known(self, form_id: str) -> Json:
        form = self._store.form(form_id)
        if form is None:
            raise Refusal(404, "FORM_NOT_FOUND", "Form not found")
        return form

    def _as_heard(self, given: Mapping[str, str]) -> dict[str, str]:
        unheard = {"before", "after"} if self._behaviour.ignores_cursor else set()
        return {name: value for name, value in given.items() if name not in unheard}


class _Door:
    """Checks the token and the limit, and lets faults in, before any address answers."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._credit = 2.0
        self._counted_at = time.monotonic()

    def guard(self, act: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            query = f"?{request.url.query}" if request.url.query else ""
            self._behaviour.requests.append(f"{request.method} {request.url.path}{query}")
            if self._behaviour.faults:
                return _spoilt(self._behaviour.faults.popleft())
            try:
                self._check_token(request.headers.get("Authorization", ""))
                self._check_limit()
                return await act(request)
            except Refusal as refusal:
                return _refused(refusal)

        return guarded

    def _check_token(self, header: str) -> None:
        scheme, _, token = header.partition(" ")
        if scheme.casefold() != "bearer" or not token:
            raise Refusal(401, "INVALID_AUTHORIZATION", "Authorization header is missing")
        if token != self._behaviour.token:
            raise Refusal(403, "AUTHENTICATION_ERROR", "The token is not valid")

    def _check_limit(self) -> None:
        """A bucket that holds one second's worth."""
        rate = self._behaviour.requests_per_second
        if rate is None:
            return
        now = time.monotonic()
        self._credit = min(max(rate, 1), self._credit + (now - self._counted_at) * rate)
        self._counted_at = now
        if self._credit < 1:
            raise Refusal(429, "TOO_MANY_REQUESTS", "Too many requests")
        self._credit -= 1


class _Cut(Response):
    """An answer that breaks off in the middle of its body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"total_items":', "more_body": True})


def _spoilt(fault: Fault) -> Response:
    if fault == "cut":
        return _Cut()
    if fault == "empty":
        return _text("")
    if fault == "html":
        return Response("<html><body>One moment</body></html>", media_type="text/html")
    if fault == "no_items":
        return _json({})
    refusal = Refusal(int(fault[:3]), "TOO_MANY_REQUESTS", "Try again later")
    return _refused(refusal, is_dated=fault == "429_later")


def _refused(refusal: Refusal, *, is_dated: bool = True) -> Response:
    answer = _json(refusal.body, refusal.status)
    if refusal.status == 429 and is_dated:  # noqa: PLR2004 (a status, not a magic number)
        answer.headers["Retry-After"] = "1"
    return answer


def _json(value: object, status: int = 200) -> Response:
    return _text(json.dumps(value, ensure_ascii=False), status)


def _text(text: str, status: int = 200) -> Response:
    """JSON as UTF-8; only lone surrogates cannot be, and are escaped as JSON escapes them."""
    body = text.encode("utf-8", "backslashreplace")
    return Response(body, status, media_type="application/json")


def _form_id(request: Request) -> str:
    return str(request.path_params["form_id"])


async def _form_in(request: Request) -> Json:
    try:
        given = json.loads(await request.body())
    except ValueError as error:
        raise Refusal(400, "INVALID_JSON", "The body is not JSON") from error
    if not isinstance(given, dict) or not isinstance(given.get("title"), str):
        raise Refusal(400, "VALIDATION_ERROR", "A form needs a title", "title")
    return given


def _summary(form: Json) -> Json:
    names = ("id", "type", "title", "last_updated_at", "created_at", "settings", "_links")
    link = {"self": {"href": f"https://api.typeform.com/forms/{form['id']}"}}
    return {name: form[name] for name in names if name in form} | link
