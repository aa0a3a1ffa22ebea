"""Reads the text of a cell as a date, an instant, a number or a yes or no; never guesses.

A date is read in every format its source states. Where two of them read it differently, it is
neither: `AMBIGUOUS`.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

ISO_DATE = "%Y-%m-%d"

AMBIGUOUS: Final = object()
"""What a reader returns for a text that its stated formats read differently."""

_ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)
_SIGNS = "$€£¥"
_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)
_YES = frozenset({"true", "yes", "y", "t", "1"})
_NO = frozenset({"false", "no", "n", "f", "0"})

# Spaces of every width and apostrophes part thousands in some countries, and never decimals.
_BLANKS = "\u0020\u00a0\u2009\u202f'\u2019"
_GROUPED = {
    decimal: re.compile(
        rf"[-+]?(\d{{1,3}}(?P<part>[{group}{_BLANKS}])\d{{3}}((?P=part)\d{{3}})*|\d+)"
        rf"({re.escape(decimal)}\d*)?",
        re.ASCII,
    )
    for decimal, group in ((".", ","), (",", "."))
}
_UNPARTED = {
    ".": str.maketrans("", "", "," + _BLANKS),
    ",": str.maketrans(",", ".", "." + _BLANKS),
}

Reader = Callable[[str], object]
"""Text of a cell -> its value, None where it cannot be read, or `AMBIGUOUS`."""


def instant(text: str, patterns: Iterable[str], zone: ZoneInfo) -> object:
    """The instant in UTC; one without an offset is taken in the programme's `zone`.

    Under the default pattern a full ISO 8601 instant is read too, as it says the same.
    """
    return _agreed(_instant(text, pattern, zone) for pattern in patterns)


def _instant(text: str, pattern: str, zone: ZoneInfo) -> datetime | None:
    try:
        if pattern == ISO_DATE and _ISO_INSTANT.fullmatch(text):
            found = datetime.fromisoformat(text)
        else:
            found = datetime.strptime(text, pattern)  # noqa: DTZ007 (the zone follows)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(text: str, patterns: Iterable[str], zone: ZoneInfo) -> object:
    """The day; when the pattern has an offset, the day it was in the programme's `zone`."""
    return _agreed(_day(text, pattern, zone) for pattern in patterns)


def _day(text: str, pattern: str, zone: ZoneInfo) -> date | None:
    try:
        found = datetime.strptime(text, pattern)  # noqa: DTZ007 (the zone follows)
        return (found.astimezone(zone) if found.tzinfo else found).date()
    except (ValueError, OverflowError):
        return None


def _agreed(readings: Iterable[date | None]) -> object:
    found = {reading for reading in readings if reading is not None}
    return AMBIGUOUS if len(found) > 1 else next(iter(found), None)


def number(text: str, decimal: str = ".") -> float | None:
    """`1,234.50`, `$ 1234.5`, `1 234.5` and `(1,234.50)` for less than nothing.

    With `decimal = ","`, `1.234,50` is read and `1,234.50` is not.
    """
    bare = text.strip()
    is_negative = bare.startswith("(") and bare.endswith(")")
    bare = (bare[1:-1] if is_negative else bare).strip().strip(_SIGNS).strip()
    if bare.startswith("-") and bare[1:2] in _SIGNS:
        bare = "-" + bare[1:].lstrip(_SIGNS).strip()
    if (is_negative and bare.startswith(("-", "+"))) or not _GROUPED[decimal].fullmatch(bare):
        return None
    found = float(bare.translate(_UNPARTED[decimal]))
    return (-found if is_negative else found) if math.isfinite(found) else None


def share(text: str, decimal: str = ".") -> float | None:
    """A number from 0 to 1."""
    found = number(text, decimal)
    return found if found is not None and 0 <= found <= 1 else None


def rate(text: str, decimal: str = ".") -> float | None:
    """A number above 0."""
    found = number(text, decimal)
    return found if found is not None and found > 0 else None


def currency(text: str) -> str | None:
    """The three letters of a currency (ISO 4217), in capitals."""
    return text.upper() if _CURRENCY.fullmatch(text) else None


def choice(text: str, words: tuple[str, ...]) -> str | None:
    """One of `words`, whatever its case."""
    return text.lower() if text.lower() in words else None


def flag(text: str) -> bool | None:
    """Yes or no, in the words exports use."""
    word = text.lower()
    return True if word in _YES else False if word in _NO else None


def is_pattern(pattern: str) -> bool:
    """Whether a date written with `pattern` can be read back with it."""
    sample = datetime(2001, 2, 23, tzinfo=UTC)
    try:
        written = sample.strftime(pattern)
        return datetime.strptime(written, pattern).date() == sample.date()  # noqa: DTZ007
    except ValueError:
        return False
