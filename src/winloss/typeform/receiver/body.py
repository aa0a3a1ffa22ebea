"""Takes a webhook's body in: bounded in bytes, in seconds and in memory, signed or refused."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request

SIGNATURE = "Typeform-Signature"


@dataclass(frozen=True)
class Bounds:
    """The most that one body may take."""

    byte_count: int
    seconds: float


class Refused(Exception):  # noqa: N818 (an answer, not an error of ours)
    """Why a body is not taken."""

    def __init__(self, status: HTTPStatus) -> None:
        """`status` says it to the sender."""
        super().__init__(status)
        self.status = status


class Room:
    """The memory for all bodies at once.

    It counts bytes, not requests, so that who sends drop by drop takes drops away.
    """

    def __init__(self, byte_count: int) -> None:
        """All of it is free."""
        self.free = byte_count

    @contextmanager
    def share(self) -> Iterator["Share"]:
        """One request's share, given back when the block ends."""
        share = Share(self)
        try:
            yield share
        finally:
            share.give_back()


class Share:
    """What one request holds of the room."""

    def __init__(self, room: Room) -> None:
        """Nothing of it yet."""
        self._room = room
        self.byte_count = 0

    def take(self, byte_count: int) -> bool:
        """Take so much more; False, and nothing taken, where there is no room for it."""
        if byte_count > self._room.free:
            return False
        self._room.free -= byte_count
        self.byte_count += byte_count
        return True

    def give_back(self) -> None:
        """Take nothing any more."""
        self._room.free += self.byte_count
        self.byte_count = 0


async def signed_body(request: Request, secret: bytes, bounds: Bounds, share: Share) -> bytearray:
    """The body as sent, once its signature holds over every byte of it.

    The signature is that of typeform.com/developers/webhooks/secure-your-webhooks. Raises
    Refused with 413 (too large), 503 (no room now), 408 (too slow) or 401 (the signature is
    missing or wrong), and starlette's ClientDisconnect.
    """
    intake = _Intake(hmac.new(secret, digestmod=hashlib.sha256), bounds, share)
    try:
        async with asyncio.timeout(bounds.seconds):
            # To its end even when refused: closed earlier, the connection would be reset, and
            # the sender would not see the answer.
            async for chunk in request.stream():
                intake.take(chunk)
    except TimeoutError as error:
        raise Refused(intake.refusal or HTTPStatus.REQUEST_TIMEOUT) from error
    if intake.refusal:
        raise Refused(intake.refusal)
    given = request.headers.get(SIGNATURE, "").encode("latin-1")
    if not hmac.compare_digest(intake.expected, given):
        raise Refused(HTTPStatus.UNAUTHORIZED)
    return intake.body


class _Intake:
    """A body on its way in, signed chunk by chunk: no large one holds the others up."""

    def __init__(self, signature: hmac.HMAC, bounds: Bounds, share: Share) -> None:
        self._signature = signature
        self._bounds = bounds
        self._share = share
        self.body = bytearray()
        self.refusal: HTTPStatus | None = None

    @property
    def expected(self) -> bytes:
        return b"sha256=" + base64.b64encode(self._signature.digest())

    def take(self, chunk: bytes) -> None:
        if self.refusal:
            return
        if len(self.body) + len(chunk) > self._bounds.byte_count:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif not self._share.take(len(chunk)):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self.body += chunk
            self._signature.update(chunk)

    def _refuse(self, status: HTTPStatus) -> None:
        self.refusal = status
        self.body.clear()
        self._share.give_back()
