"""Sheets as CSV: what a spreadsheet opens without running it, and whatever it saves, read back."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from winloss.errors import ReviewError
from winloss.reviewing import opening
from winloss.reviewing.harmless import bare, guarded
from winloss.reviewing.rows import Opinion, Row, Suggestion

COLUMNS = (
    *("row", "question", "decision", "text", "suggested"),
    *("reasons", "polarity", "evidence", "check", "people", "no_names", "comment"),
)
FILLED_IN = ("reasons", "polarity", "evidence", "people", "no_names", "comment")
"""The columns a person fills."""
_SAID = ("reasons", "polarity", "evidence", "people", "no_names")


@dataclass(frozen=True)
class Filled:
    """One row of a sheet as it came back."""

    line: int
    """Its row in a spreadsheet; the header is row 1."""
    name: str
    reasons: str = ""
    polarity: str = ""
    evidence: str = ""
    people: str = ""
    no_names: str = ""
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        """True where nothing was filled in but, perhaps, a comment."""
        return not any(getattr(self, name) for name in _SAID)


def write(rows: Sequence[Row]) -> bytes:
    """The sheet as UTF-8 with a mark of order, which Excel needs to tell it from its own code."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is written, nothing filled in, and nothing in it that a spreadsheet would run."""
    suggested = " | ".join(map(_opinion, row.opinions)) or _listed(row.suggestions)
    check = "; ".join(row.check)
    words = (
        *(row.name, row.question, row.decision, row.text, suggested),
        *("", "", "", check, "", "", ""),
    )
    return tuple(map(guarded, words))


def read(path: Path) -> tuple[Filled, ...]:
    """The rows of a sheet, with commas, semicolons or tabs between, in any order of columns.

    Raises ReviewError for a file that is no sheet.
    """
    return _filled(path, *opening.table(path))


def _opinion(opinion: Opinion) -> str:
    who = "one person" if opinion.person == 1 else "another"
    return f"{who}: {_listed(opinion.suggestions) or 'none'}"


def _listed(suggestions: Sequence[Suggestion]) -> str:
    return "; ".join(
        f"{each.reason} (a guess)" if each.is_guess else each.reason for each in suggestions
    )


def _filled(path: Path, header: list[str], records: list[list[str]]) -> tuple[Filled, ...]:
    for name in ("row", *FILLED_IN):
        if header.count(name) > 1:
            raise ReviewError(f"{path} has two columns {name}; keep one of them.")
    rows = []
    for line, record in enumerate(records, start=2):
        cells = {name: _plain(cell) for name, cell in zip(header, record, strict=False)}
        if not any(cells.values()):
            continue
        given = {name: cells.get(name, "") for name in FILLED_IN}
        rows.append(Filled(line, cells.get("row", ""), **given))
    return tuple(rows)


def _plain(cell: str) -> str:
    """The cell as its writer meant it, without what made it harmless."""
    return bare(cell.strip())
