"""Cells that no spreadsheet runs, whatever it takes for the border of a cell.

A cell that begins like a formula is run (OWASP, "CSV Injection"). A spreadsheet that was told, or
guesses, another separator begins a cell wherever that stands in a text; so each such place is
guarded by an apostrophe, also behind white space, quotation marks and what is invisible.
"""

import re

SIGNS = "=+@＝＋－＠-"
"""What a formula begins with, in letters of ordinary and of full width; for a set in a pattern."""
BORDERS = ";,\t\r\n"
SKIPPED = r""";,\s"'\u00ad\u200b-\u200f\u2060-\u2064\ufeff"""
"""What may stand between a border and a sign, and borders; for a set in a pattern."""

_BEFORE_SIGN = re.compile(rf"(?<![{SKIPPED}])[{SKIPPED}]*(?=[{SIGNS}])")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before each sign that might begin a formula."""
    return _BEFORE_SIGN.sub(lambda found: found[0] + "'" * _is_place(found), cell)


def bare(cell: str) -> str:
    """A guarded cell as it was before; a guard that somebody removed is not missed."""
    return _BEFORE_SIGN.sub(_without_guard, cell)


def _without_guard(found: re.Match[str]) -> str:
    is_guarded = found[0].endswith("'") and _is_place(found)
    return found[0][:-1] if is_guarded else found[0]


def _is_place(found: re.Match[str]) -> bool:
    """Whether a cell might begin somewhere before the sign."""
    return found.start() == 0 or any(border in found[0] for border in BORDERS)
