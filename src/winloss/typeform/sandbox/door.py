"""Checks the token and the limits, and lets faults in, before any address answers."""

import time
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from winloss.typeform.sandbox.behaviour import (
    Behaviour,
    Dripping,
    page_of_a_gateway,
    refused,
    spoilt,
)
from winloss.typeform.sandbox.query import Refusal

Handler = Callable[[Request], Awaitable[Response]]


class Door:
    """What every request passes."""

    def __init__(self, behaviour: Behaviour) -> None:
        """The limit counts from now on."""
        self._behaviour = behaviour
        self._credit = 2.0
        self._counted_at = time.monotonic()

    def guard(self, act: Handler) -> Handler:
        """An address's answer, given only to whom it is due."""

        async def guarded(request: Request) -> Response:
            answer = await self._answer(act, request)
            seconds = self._behaviour.drip_seconds
            return Dripping(answer, seconds) if seconds and answer.body else answer

        return guarded

    async def _answer(self, act: Handler, request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        self._behaviour.requests.append(f"{request.method} {request.url.path}{query}")
        if self._behaviour.faults:
            return await self._spoilt(act, request)
        if self._behaviour.refuses_account:
            return page_of_a_gateway(403, "Forbidden")
        try:
            self._check_token(request.headers.get("Authorization", ""))
            self._check_limit()
            return await act(request)
        except Refusal as refusal:
            return refused(refusal)

    async def _spoilt(self, act: Handler, request: Request) -> Response:
        fault = self._behaviour.faults.popleft()
        if fault == "lost":
            await act(request)
        return spoilt(fault)

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


class Forwarded:
    """Takes whole addresses too, as a proxy is sent them: so Typeform's own hosts end here."""

    def __init__(self, application: ASGIApp) -> None:
        """What answers once the host is taken off the path."""
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        path = str(scope.get("path", ""))
        if path.startswith("http://"):
            scope = dict(scope) | {"path": "/" + path.split("/", 3)[3]}
        await self._application(scope, receive, send)
