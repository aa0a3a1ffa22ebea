"""How far a coding of many texts is, and how fast it goes, for whoever shows it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger("winloss")

_TOO_SHORT = 1.0
_MINUTE = 60


@dataclass(frozen=True)
class Progress:
    """A moment of a coding; says itself in one line."""

    done_count: int
    text_count: int
    seconds: float
    """Since the first text."""

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return self.done_count / self.text_count if self.text_count else 1.0

    def __str__(self) -> str:
        """Such as `8,000 of 21,400 texts coded, 3,900 a second, 3 s left`."""
        said = f"{self.done_count:,} of {self.text_count:,} texts coded"
        if not self.done_count or self.seconds < _TOO_SHORT:
            return said
        rate = self.done_count / self.seconds
        left = round((self.text_count - self.done_count) / rate)
        minutes, seconds = divmod(left, _MINUTE)
        ahead = f"{minutes:,} min {seconds} s" if minutes else f"{seconds} s"
        return f"{said}, {rate:,.0f} a second, {ahead} left"


def told() -> Callable[[int, int], None]:
    """Logs how far it is, given how many texts are done and of how many.

    The clock starts when it is told the first time.
    """
    began: list[float] = []

    def tell(done: int, count: int) -> None:
        now = time.monotonic()
        if not began:
            began.append(now)
        progress = Progress(done, count, now - began[0])
        log.info("%s", progress, extra={"share": progress.share})

    return tell
