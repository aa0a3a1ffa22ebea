"""CSV files a person opens in a spreadsheet: nothing in them runs, and none is half written."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from winloss.surveying.writing import write_whole

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*")


@dataclass(frozen=True)
class Sheet:
    """Rows of text under a header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_both(path: Path, sheet: Sheet, beside: Path, other: Sheet | None) -> None:
    """Write two sheets, the second first: who sees the first knows what it left out.

    Without a second, a file of an earlier run under its name goes. Raises FormError when one
    cannot be written; each file is whole or untouched.
    """
    if other is None:
        beside.unlink(missing_ok=True)
    else:
        _write(beside, other)
    _write(path, sheet)


def _write(path: Path, sheet: Sheet) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in (sheet.header, *sheet.rows))
    write_whole(path, text.getvalue())


def _safe(cell: str) -> str:
    """The cell as text: a spreadsheet would run what begins like a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
