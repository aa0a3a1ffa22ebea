"""Masks what must not be printed: addresses, numbers of people, and names we know.

Only names on record are masked, never guessed ones: a guesser takes products and rivals for
people. What a mask hides is replaced by a visible word in brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from winloss.quotes.names import Found, Mark, Names
from winloss.quotes.split import Span

_EMAIL = re.compile(
    r"[^\s@<>()\[\]{},;:\"]{1,64}@[^\s@<>()\[\]{},;:\"]{1,255}"
    r"|[^\s@<>()\[\]{},;:\"]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
_SPOKEN_EMAIL = re.compile(
    r"\b[\w.+-]{1,64}\s*[\[(]\s*at\s*[\])]\s*[\w-]{1,63}(?:\s*[\[(]?\s*(?:dot|\.)\s*[\])]?\s*\w{2,24})+",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|eu|de|fr|nl|uk|es|it|ch|at|biz|info|app|dev|ai)"
    r"\b(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{1,40}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,$€£])\+?\(?\d(?:[ ./()\-\u00a0\u2010-\u2013]{0,3}\d){5,18}(?!\w)")
_DAY = re.compile(r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})")
_YEARS = re.compile(r"(?:19|20)\d\d\W+(?:19|20)\d\d")


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
    found = sorted(
        (*_patterns(text), *names.find(text)), key=lambda item: (item[0], -item[1], item[2])
    )
    marks: list[Found] = []
    for start, end, mark in found:
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]), marks[-1][2])
        else:
            marks.append((start, end, mark))
    return Masked(text, tuple(marks))


def _patterns(text: str) -> Iterator[Found]:
    """Spans of everything that is recognised by its shape."""
    for match in _IBAN.finditer(text):
        if end := _iban_end(match[0]):
            yield match.start(), match.start() + end, "account number"
    for match in _NUMBER.finditer(text):
        if mark := _number_mark(match[0]):
            yield *match.span(), mark
    for pattern, mark in _SHAPES:
        for match in pattern.finditer(text):
            yield *_without_stop(match), mark


_SHAPES: tuple[tuple[re.Pattern[str], Mark], ...] = (
    (_EMAIL, "e-mail"),
    (_SPOKEN_EMAIL, "e-mail"),
    (_LINK, "link"),
    (_HANDLE, "handle"),
)


def _without_stop(match: re.Match[str]) -> Span:
    """The span without the punctuation that ends the sentence."""
    return match.start(), match.start() + len(match[0].rstrip(".,!?'’"))


def _number_mark(number: str) -> Mark | None:
    """What a run of digits is: a card, a phone, or None for a date, a year or an amount."""
    digits = re.sub(r"\D", "", number)
    if len(digits) >= 13 and _is_luhn(digits):  # noqa: PLR2004 - the shortest card has 13
        return "card"
    if _DAY.fullmatch(number) or _YEARS.fullmatch(number):
        return None
    return "phone" if _is_phone(number, digits) else None


def _is_phone(number: str, digits: str) -> bool:
    """National and international shapes; a seven-figure amount written in thousands is not one."""
    if number.startswith(("+", "(", "0")) or len(digits) >= 9:  # noqa: PLR2004
        return len(digits) >= 6  # noqa: PLR2004
    return len(digits) >= 7 and not re.fullmatch(  # noqa: PLR2004
        r"\d{1,3}(?:[ .\u00a0]\d{3})+", number
    )


def _is_luhn(digits: str) -> bool:
    """The check of card numbers (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def _iban_end(text: str) -> int:
    """Length of the account number the text begins with; 0 when there is none.

    The check of ISO 13616: modulo 97 leaves 1. The words that follow may look like part of it.
    """
    ends = [match.end() for match in re.finditer(r"[A-Z0-9](?![A-Z0-9])", text, re.IGNORECASE)]
    return max((end for end in ends if _is_iban(text[:end])), default=0)


def _is_iban(text: str) -> bool:
    plain = re.sub(r"[ -]", "", text).upper()
    if not plain.isascii() or len(plain) < 15:  # noqa: PLR2004 - the shortest, Norway's
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
