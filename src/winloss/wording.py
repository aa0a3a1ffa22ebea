"""How counts, lists, money and days are said, the same way in every report."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from winloss.weeks import Week

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MOST_SHOWN = 400
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TIMES = ("never", "once", "twice")


def number(count: int) -> str:
    """A count as a word up to ten, with digits and thousands separators beyond."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun, such as `one exit` and `12 exits`; `many` defaults to `one` + s."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """`once`, `twice`, `three times`."""
    return _TIMES[count] if count < len(_TIMES) else f"{number(count)} times"


def listed(items: Sequence[str], *, most: int | None = None) -> str:
    """`a, b and c`; beyond `most` items the rest is counted: `a, b and 4 more`."""
    shown = list(items)
    if most is not None and len(shown) > most:
        shown = [*shown[:most], f"{len(items) - most} more"]
    if len(shown) < 2:  # noqa: PLR2004 (one item needs no "and")
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def sentence(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def plain(text: str, most: int = _MOST_SHOWN) -> str:
    """Somebody else's text as it may be shown on a terminal: one line, its letters and no more.

    A sign stands for each control character and mark of direction, which could clear the screen,
    colour it or turn words round; what is longer than `most` characters ends with an ellipsis.
    """
    line = " ".join(text.split())
    shown = "".join("\N{REPLACEMENT CHARACTER}" if _is_command(each) else each for each in line)
    return shown if len(shown) <= most else f"{shown[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _is_command(letter: str) -> bool:
    return letter in _DIRECTIONS or unicodedata.category(letter) in ("Cc", "Cs")


def usd(amount: float) -> str:
    """Dollars as a reader says them: `$950`, `$214k`, `$1.2m`."""
    if abs(amount) < 1_000:  # noqa: PLR2004 (a thousand)
        return f"${amount:,.0f}"
    if abs(amount) < 999_500:  # noqa: PLR2004 (rounds up to a million)
        return f"${amount / 1_000:,.0f}k"
    return f"${amount / 1_000_000:,.1f}m"


def day(on: date) -> str:
    """`4 October`, with no year: the report says which year it is about."""
    return f"{on.day} {on:%B}"


def period(week: Week) -> str:
    """`week 40, 28 September to 4 October`."""
    first, last = week.monday, week.sunday
    start = f"{first.day}" if first.month == last.month else day(first)
    return f"week {first.isocalendar().week}, {start} to {day(last)}"
