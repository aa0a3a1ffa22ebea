"""Clients that never finish: uvicorn itself would wait for the end of a head for ever.

h11 refuses a head that has not ended after 16 KB; a body is bounded by whoever reads it.
"""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_WAITING = 200
"""So many requests may be on their way in; well under the usual limit of open files."""

CROWDED_SECONDS = 1
"""How long a request may take to come in where more than that are on their way."""


class _Impatient(H11Protocol):
    seconds: ClassVar[float]
    waiting: ClassVar[set["_Impatient"]]
    """The connections whose request has not come in whole."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give its head, and in a crowd its whole request, some seconds."""
        super().connection_made(transport)
        self.waiting.add(self)
        self._timers = (
            self.loop.call_later(self.seconds, self._end_without_head),
            self.loop.call_later(CROWDED_SECONDS, self._end_in_a_crowd),
        )

    def handle_events(self) -> None:
        """Read on, and note when the whole request is there."""
        super().handle_events()
        if self.cycle and not self.cycle.more_body:
            self.waiting.discard(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        for timer in self._timers:
            timer.cancel()
        self.waiting.discard(self)
        super().connection_lost(exc)

    def _end_without_head(self) -> None:
        if not self.cycle:
            self.transport.abort()

    def _end_in_a_crowd(self) -> None:
        if self in self.waiting and len(self.waiting) > MOST_WAITING:
            self.waiting.remove(self)  # now: its loss is told to us later, and others come first
            self.transport.abort()


def impatient(patience_seconds: float) -> type[H11Protocol]:
    """The protocol of one server: heads have so many seconds, from the connection on."""

    class Impatient(_Impatient):
        seconds = patience_seconds
        waiting: ClassVar[set[_Impatient]] = set()

    return Impatient
