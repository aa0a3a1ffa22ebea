"""A text as a sheet shows it, and the way between its letters and those that are stored.

Known names, addresses and numbers of people are masked as in every quote. What a screen would
obey (control characters, marks of direction, halves of letters) is shown as a sign, one for one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from winloss.quotes import Masked, Names, mask

Span = tuple[int, int]

_ALIKE = ("'’‘ʼ`´", '"“”„')
"""Apostrophes, and quotation marks, which programmes exchange for one another."""
_TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_SIGN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Shown:
    """One text of a sheet. Spans are half-open, in code points, here and in what is stored."""

    masked: Masked

    @classmethod
    def of(cls, text: str, names: Names) -> "Shown":
        """The text as shown to somebody who is not to know whom it speaks of."""
        return cls(mask(text, names))

    @cached_property
    def text(self) -> str:
        """What is shown."""
        return "".join(map(_inert, self.masked.text))

    def placed(self, start: int, end: int) -> Span:
        """Where a stored span stands in what is shown; a mask it cuts is inside it."""
        return _moved(start, end, list(self._masks()))

    def stored(self, start: int, end: int) -> Span:
        """The stored span of a piece of what is shown; a mask it cuts is inside it."""
        return _moved(start, end, [(shown, stored) for stored, shown in self._masks()])

    def found(self, words: str) -> Span | None:
        """The stored span where somebody's copied words first stand, else None.

        White space and the kind of apostrophe or quotation mark may differ; nothing else.
        """
        pattern = _pattern(words)
        if pattern is None:
            return None
        if match := pattern.search(self.text):
            return self.stored(*match.span())
        match = pattern.search(self.masked.original)
        return match.span() if match else None

    def _masks(self) -> Iterator[tuple[Span, Span]]:
        """Each mask's span in what is stored and in what is shown, in order."""
        shift = 0
        for start, end, mark in self.masked.marks:
            length = len(mark) + len("[]")
            yield (start, end), (start + shift, start + shift + length)
            shift += length - (end - start)


def _moved(start: int, end: int, pieces: list[tuple[Span, Span]]) -> Span:
    """A span carried from one text into another whose `pieces` are of another length."""
    return _edge(start, pieces, is_end=False), _edge(end, pieces, is_end=True)


def _edge(position: int, pieces: list[tuple[Span, Span]], *, is_end: bool) -> int:
    shift = 0
    for (start, end), (other_start, other_end) in pieces:
        if position <= start:
            break
        if position < end:
            return other_end if is_end else other_start
        shift = other_end - end
    return position + shift


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = ["".join(map(_letter, word)) for word in words.split()]
    return re.compile(r"\s+".join(parts)) if parts else None


def _letter(letter: str) -> str:
    alike = next((letters for letters in _ALIKE if letter in letters), None)
    return f"[{alike}]" if alike else re.escape(letter)


def _inert(letter: str) -> str:
    """The letter, or what stands for one that a screen would obey."""
    if letter in "\n\t":
        return letter
    if letter == "\r":
        return " "
    is_command = unicodedata.category(letter) in ("Cc", "Cs")
    return _SIGN if is_command or unicodedata.bidirectional(letter) in _TURNING else letter
