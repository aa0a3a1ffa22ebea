"""Shows what is being done while it is done, and how far it is."""

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner

_progress = Console(stderr=True, highlight=False)

_BAR_WIDTH = 40
_UNDER_THE_TEXT = (0, 0, 0, 2)
_SECONDS_BETWEEN_LINES = 5


@contextmanager
def progress(first: str) -> Iterator[None]:
    """Show what is being done, from `first` on, until the block ends."""
    log = logging.getLogger("winloss")
    with _Shown(_progress) as shown:
        log.addHandler(shown)
        log.setLevel(logging.INFO)
        log.propagate = False
        log.info(first)
        try:
            yield
        finally:
            log.removeHandler(shown)
            log.setLevel(logging.NOTSET)
            log.propagate = True


class _Shown(logging.Handler):
    """Shows each step's word, and how far it is where the record has a `share`.

    At a terminal as a line that changes, with a bar below; elsewhere as lines, none twice in a
    row, and of a long reading no more than one in five seconds, and its last.
    """

    def __init__(self, console: Console) -> None:
        super().__init__(logging.INFO)
        self._console = console
        self._spinner = Spinner("dots")
        self._live = Live(self._spinner, console=console, transient=True, refresh_per_second=12)
        self._share = 0.0
        self._said_at = -math.inf
        self._said = ""
        self._unsaid = ""

    def __enter__(self) -> Self:
        """The handler, shown."""
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was, and no last line unsaid."""
        self._live.stop()
        self._say_last()

    def emit(self, record: logging.LogRecord) -> None:
        text = escape(record.getMessage())
        if self._console.is_terminal:
            self._draw(text, record)
        elif hasattr(record, "share"):
            self._say_now_and_then(text)
        else:
            self._say_last()
            self._say(text)

    def _draw(self, text: str, record: logging.LogRecord) -> None:
        share = getattr(record, "share", None)
        if share is None:
            self._share = 0.0
            self._spinner.update(text=f"{text} …")
            self._live.update(self._spinner)
            return
        # More may turn up than was told of; a bar that goes back says nothing.
        self._share = max(self._share, share)
        self._spinner.update(text=text)
        bar = ProgressBar(total=1.0, completed=self._share, width=_BAR_WIDTH)
        self._live.update(Group(self._spinner, Padding(bar, _UNDER_THE_TEXT)))

    def _say_now_and_then(self, text: str) -> None:
        if time.monotonic() - self._said_at >= _SECONDS_BETWEEN_LINES:
            self._say(text)
            self._said_at = time.monotonic()
        else:
            self._unsaid = text

    def _say_last(self) -> None:
        if self._unsaid:
            self._say(self._unsaid)
            self._said_at = time.monotonic()

    def _say(self, text: str) -> None:
        if text != self._said:
            self._console.print(text)
        self._said, self._unsaid = text, ""
