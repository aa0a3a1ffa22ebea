"""Masks what must not be printed: addresses, numbers of people, and names we know.

Only names on record are masked, never guessed ones: a guesser takes products and rivals for
people. What a mask hides is replaced by a visible word in brackets.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from winloss.quotes.names import Found, Names
from winloss.quotes.plain import Plain, joined, plain
from winloss.quotes.shapes import shapes


@dataclass(frozen=True)
class Masked:
    """A text with its masks, and the way from a span of the original to what is printed."""

    original: str
    marks: tuple[Found, ...]

    @property
    def text(self) -> str:
        """The whole text as printed."""
        return self.slice(0, len(self.original))

    def slice(self, start: int, end: int) -> str:
        """`original[start:end]` as printed; a mask that is only partly inside is printed whole."""
        parts, position = [], start
        for left, right, mark in self.marks:
            if left < end and right > start:
                parts += [self.original[position : max(left, position)], f"[{mark}]"]
                position = max(right, position)
        return "".join([*parts, self.original[position:end]])

    def offset(self, position: int) -> int:
        """Where a code point of the original stands in `text`; inside a mask, the mask's start."""
        shift = 0
        for left, right, mark in self.marks:
            if position <= left:
                break
            if position < right:
                return left + shift
            shift += len(mark) + 2 - (right - left)
        return position + shift

    def cuts(self, start: int, end: int) -> bool:
        """True when an end of the span lies inside a mask."""
        return any(left < edge < right for left, right, _ in self.marks for edge in (start, end))


def mask(text: str, names: Names) -> Masked:
    """The text with addresses, numbers of people and known names masked.

    Where two findings overlap the one that begins first, then the longer, hides both.
    """
    read = plain(text)
    found = {*_shown(read, shapes), *_shown(read, names.find)}
    if divided := joined(read):
        found |= set(_shown(divided, names.find))
    return covered(text, found)


def covered(text: str, found: Iterable[Found]) -> Masked:
    """The text with everything found masked, by the mask that begins first where two overlap."""
    marks: list[Found] = []
    for start, end, mark in sorted(found, key=_order):
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]), marks[-1][2])
        else:
            marks.append((start, end, mark))
    return Masked(text, tuple(marks))


def _shown(read: Plain, finder: Callable[[str], Iterable[Found]]) -> Iterator[Found]:
    """What is found in the text as it reads, placed in the text as it was typed."""
    return ((*read.typed(start, end), mark) for start, end, mark in finder(read.text))


def _order(found: Found) -> tuple[int, int, str]:
    start, end, mark = found
    return start, -end, mark
