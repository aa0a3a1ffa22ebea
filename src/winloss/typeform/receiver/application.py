"""Takes Typeform's webhooks over HTTP: signed, bounded, landed before they are acknowledged.

What an answer makes Typeform do (typeform.com/developers/webhooks): 200 ends it; 408 and 503
are repeated every two or three minutes for ten hours; 400, 401, 413 and 500 a few times, less
and less often. 404 and 410 would switch the webhook off at once, so that a POST is taken
whatever its path.
"""

import asyncio
import logging
import traceback
from concurrent.futures import Executor
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from winloss.settings import ReceiverSettings
from winloss.typeform.receiver.answer import Answer, Landing, settle
from winloss.typeform.receiver.body import Bounds, Refused, Room, signed_body

log = logging.getLogger("winloss.receiver")

BODIES_AT_ONCE = 4
"""So many of the largest size find room in memory at once, or thousands of the usual size."""

_REFUSALS = {
    HTTPStatus.UNAUTHORIZED: "refused, the signature is missing or wrong",
    HTTPStatus.REQUEST_TIMEOUT: "refused, it came too slowly; Typeform repeats it",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "refused, it is larger than receiver.most_megabytes; "
    "a pull brings it",
    HTTPStatus.SERVICE_UNAVAILABLE: "refused, too much came at once; Typeform repeats it",
}


def application(
    secret: bytes, landing: Landing, limits: ReceiverSettings, threads: Executor
) -> Starlette:
    """The receiver as an ASGI application, which reads and lands signed bodies in `threads`."""
    bounds = Bounds(int(limits.most_megabytes * 1_000_000), limits.patience_seconds)
    door = _Door(secret, landing, bounds, threads)
    return Starlette(
        routes=[
            Route("/health", _health, methods=["GET"]),
            Route("/{path:path}", door.take, methods=["POST"]),
        ],
        exception_handlers={Exception: _broken},
    )


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _broken(_: Request, error: Exception) -> Response:
    """A bug of ours: where it is, without its message, which may hold a customer's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    log.error("500 %s in %s, line %s", type(error).__name__, last.filename, last.lineno)
    return PlainTextResponse("internal error\n", HTTPStatus.INTERNAL_SERVER_ERROR)


class _Door:
    def __init__(self, secret: bytes, landing: Landing, bounds: Bounds, threads: Executor) -> None:
        self._secret = secret
        self._landing = landing
        self._bounds = bounds
        self._threads = threads
        self._room = Room(BODIES_AT_ONCE * bounds.byte_count)

    async def take(self, request: Request) -> Response:
        answer = await self._answer(request, datetime.now(UTC))
        log.info("%s", answer)
        return PlainTextResponse(f"{answer.outcome}\n", answer.status)

    async def _answer(self, request: Request, received_at: datetime) -> Answer:
        with self._room.share() as share:
            try:
                body = await signed_body(request, self._secret, self._bounds, share)
            except Refused as refused:
                return Answer(refused.status, _REFUSALS[refused.status])
            except ClientDisconnect:
                return Answer(HTTPStatus.REQUEST_TIMEOUT, "it broke off; Typeform repeats it")
            work = partial(settle, body, self._landing, received_at)
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
