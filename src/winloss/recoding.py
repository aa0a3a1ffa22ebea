"""Codes what is not coded with the present codebook and models, and shows how far it is."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from winloss import recipes, settings, steps, warehouse

log = logging.getLogger("winloss")

_TOO_SHORT = 1.0
_MINUTE = 60


@dataclass(frozen=True)
class Progress:
    """A moment of a re-coding; says itself in one line."""

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


def recode(home: Path, now: datetime, *, is_all: bool) -> int:
    """Code ahead what the next build needs; returns how many texts were coded.

    Cut off, it goes on where it was when it is run again. `is_all` codes everything anew.
    Raises WarehouseBusy while another process writes.
    """
    programme = settings.read(home)
    steps.check_keys(programme)
    recipe = recipes.recipe(programme)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        log.info("reading what is to be coded")
        return warehouse.recode(connection, recipe, as_of=now, is_all=is_all, progress=_told())


def _told() -> Callable[[int, int], None]:
    """Says how far it is; the clock starts when it is told the first time."""
    began: list[float] = []

    def tell(done: int, count: int) -> None:
        now = time.monotonic()
        if not began:
            began.append(now)
        progress = Progress(done, count, now - began[0])
        log.info("%s", progress, extra={"share": progress.share})

    return tell
