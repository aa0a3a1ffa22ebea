"""What the prompt remembers of earlier lines, and how it completes words."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

_MOST_LINES = 1_000
_BETWEEN_WORDS = " \t\n(),;=<>+*/"
_PRIVATE = 0o600
_FILE = ".winloss_sql_history"


def _editor() -> ModuleType | None:
    """The terminal's line editor; None where Python was built without one, as on Windows."""
    try:
        import readline
    except ImportError:
        return None
    return readline


def of_this_person() -> Path | None:
    """Where a person's lines are kept, whichever programme they ask; None without a home."""
    try:
        return Path.home() / _FILE
    except RuntimeError:
        return None


class History:
    """Lines of earlier sessions in a file that only their owner may read.

    Without a line editor it remembers nothing, and the prompt works all the same.
    """

    def __init__(self, path: Path | None, words: Sequence[str]) -> None:
        """`words` are what may be completed; without a path nothing is kept."""
        self._path = path
        self._words = words
        self._editor = _editor()
        self._found: list[str] = []

    def __enter__(self) -> Self:
        """Take up what was typed before."""
        if self._editor is not None:
            self._editor.set_completer_delims(_BETWEEN_WORDS)
            self._editor.clear_history()
        if self._editor is not None and self._path is not None:
            with suppress(OSError):  # none yet, or not one that may be read
                self._editor.read_history_file(str(self._path))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was typed, where the folder can be written."""
        if self._editor is None or self._path is None:
            return
        self._editor.set_history_length(_MOST_LINES)
        with suppress(OSError):  # a home that cannot be written only forgets
            self._path.touch(_PRIVATE)
            self._path.chmod(_PRIVATE)
            self._editor.write_history_file(str(self._path))
            self._path.chmod(_PRIVATE)

    def complete(self, text: str, state: int) -> str | None:
        """The word number `state` that begins with `text`, whatever its capitals."""
        if state == 0:
            begun = text.casefold()
            self._found = [word for word in self._words if word.casefold().startswith(begun)]
        return self._found[state] if state < len(self._found) else None
