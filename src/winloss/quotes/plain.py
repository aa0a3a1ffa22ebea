"""A text as it reads: without invisible characters, in letters of ordinary width.

What hides a name from a search must not hide it from a mask, so that masks are sought in what a
reader sees and set in what was typed.
"""

import re
import unicodedata
from dataclasses import dataclass

from winloss.quotes.split import Span

_HIDING = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uff01-\uff5e\uffa0\U000e0000-\U000e0fff]"
)
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*[\r\n]+\s*(?=[^\W\d_])")
"""A word divided at the end of a line."""


@dataclass(frozen=True)
class Plain:
    """What is read, and for each of its code points where it stands in what was typed."""

    text: str
    places: range | tuple[int, ...]

    def typed(self, start: int, end: int) -> Span:
        """The span in what was typed of a span, not empty, of what is read."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """The text without what is invisible, full-width letters made ordinary."""
    if not _HIDING.search(text):
        return Plain(text, range(len(text)))
    read = [
        (_ordinary(letter), place)
        for place, letter in enumerate(text)
        if not _HIDING.match(letter) or "\uff01" <= letter <= "\uff5e"
    ]
    return Plain("".join(letter for letter, _ in read), tuple(place for _, place in read))


def joined(read: Plain) -> Plain | None:
    """The same with words joined that a line end divides; None where there are none."""
    if not _BROKEN.search(read.text):
        return None
    gaps = {place for match in _BROKEN.finditer(read.text) for place in range(*match.span())}
    kept = [place for place in range(len(read.text)) if place not in gaps]
    return Plain("".join(read.text[at] for at in kept), tuple(read.places[at] for at in kept))


def _ordinary(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter) if "\uff01" <= letter <= "\uff5e" else letter
