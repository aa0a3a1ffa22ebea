"""Reads the text of a cell as a date, an instant, a number or a yes or no; never guesses."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ISO_DATE = "%Y-%m-%d"

_ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?", re.ASCII)
_SIGNS = "$€£¥"
_YES = frozenset({"true", "yes", "y", "t", "1"})
_NO = frozenset({"false", "no", "n", "f", "0"})

Reader = Callable[[str], object]
"""Text of a cell -> its value, or None where it cannot be read."""


def instant(text: str, pattern: str, zone: ZoneInfo) -> datetime | None:
    """The instant in UTC; one without an offset is taken in the programme's `zone`.

    Under the default pattern a full ISO 8601 instant is read too, as it says the same.
    """
    try:
        if pattern == ISO_DATE and _ISO_INSTANT.fullmatch(text):
            found = datetime.fromisoformat(text)
        else:
            found = datetime.strptime(text, pattern)  # noqa: DTZ007 (the zone follows)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day(text: str, pattern: str, zone: ZoneInfo) -> date | None:
    """The day; when the pattern has an offset, the day it was in the programme's `zone`."""
    try:
        found = datetime.strptime(text, pattern)  # noqa: DTZ007 (the zone follows)
        return (found.astimezone(zone) if found.tzinfo else found).date()
    except (ValueError, OverflowError):
        return None


def number(text: str) -> float | None:
    """`1,234.50` and `$ 1234.5` are read, `1.234,50` is not."""
    bare = text.replace("\u00a0", " ").strip().strip(_SIGNS).strip()
    if text.startswith("-") and bare[1:2] in _SIGNS:
        bare = "-" + bare[1:].lstrip(_SIGNS).strip()
    found = float(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else math.inf
    return found if math.isfinite(found) else None


def share(text: str) -> float | None:
    """A number from 0 to 1."""
    found = number(text)
    return found if found is not None and 0 <= found <= 1 else None


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
