"""How far a coding of many texts is, and how long it will take."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

_TOO_SHORT = 1.0

log = logging.getLogger(__name__)


class Pace:
    """Says how many texts are coded, how fast, and for how long still."""

    def __init__(self, count: int) -> None:
        """Of `count` texts in all; the clock starts with the first, when all is learned."""
        self._count = count
        self._first: tuple[float, int] | None = None

    def after(self, before: int) -> Callable[[int, int], None]:
        """What a coder tells its progress to, when `before` texts were coded already."""

        def tell(done: int, _: int) -> None:
            self.say(before + done)

        return tell

    def say(self, done: int) -> None:
        """Tell that `done` texts are coded; a rate is told once it says something."""
        self._first = self._first or (time.monotonic(), done)
        began, before = self._first
        seconds = time.monotonic() - began
        said = f"{done:,} of {self._count:,} texts"
        if seconds >= _TOO_SHORT and before < done < self._count:
            rate = (done - before) / seconds
            left = timedelta(seconds=round((self._count - done) / rate))
            said += f", {rate:,.0f} a second, {left} left"
        log.info("%s", said, extra={"share": done / self._count})
