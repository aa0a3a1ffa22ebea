"""Sheets as CSV: what a spreadsheet opens without running it, and whatever it saves, read back."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from winloss.errors import ReviewError
from winloss.reviewing.rows import Opinion, Row, Suggestion

COLUMNS = (
    *("row", "question", "decision", "text", "suggested"),
    *("reasons", "polarity", "evidence", "check", "people", "comment"),
)
FILLED_IN = ("reasons", "polarity", "evidence", "people", "comment")
"""The columns a person fills."""
_MUST = ("row", "reasons")

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"'(?=[=+\-@\t\r])")
_SEPARATORS = (",", ";", "\t")


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
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        """True where nothing was filled in but, perhaps, a comment."""
        return not (self.reasons or self.polarity or self.evidence or self.people)


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
        *("", "", "", check, "", ""),
    )
    return tuple(map(_harmless, words))


def read(path: Path) -> tuple[Filled, ...]:
    """The rows of a sheet, with commas, semicolons or tabs between, in any order of columns.

    Raises ReviewError for a file that is no sheet.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReviewError(
            f"{path} cannot be read: {error.strerror}; name the sheet as it was saved."
        ) from error
    text = _decoded(path, data)
    first = text.partition("\n")[0]
    for separator in _SEPARATORS:
        header = [cell.strip(' "\r').casefold() for cell in first.split(separator)]
        if all(name in header for name in _MUST):
            return _filled(path, header, _records(path, text, separator)[1:])
    raise ReviewError(
        f"{path} is no review sheet: its first row lacks the columns row and reasons. Keep the "
        "first row as exported."
    )


def _opinion(opinion: Opinion) -> str:
    who = "one person" if opinion.person == 1 else "another"
    return f"{who}: {_listed(opinion.suggestions) or 'none'}"


def _listed(suggestions: Sequence[Suggestion]) -> str:
    return "; ".join(
        f"{each.reason} (a guess)" if each.is_guess else each.reason for each in suggestions
    )


def _harmless(cell: str) -> str:
    """The cell as words: a spreadsheet would run what begins like a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _decoded(path: Path, data: bytes) -> str:
    """The file's text, whichever way a spreadsheet saved it."""
    if data[:2] == b"PK":
        raise ReviewError(f"{path} is a workbook. Save it as CSV (UTF-8) and import that file.")
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:5].lower() == b"<!doc":
        raise ReviewError(f"{path} is the page itself. Open it, press Save and import that file.")
    # Windows-1252 is what Excel saves in western Europe where nobody chose UTF-8.
    guesses = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in guesses:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReviewError(f"{path} is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV (UTF-8).")


def _records(path: Path, text: str, separator: str) -> list[list[str]]:
    """Every row, also empty ones: a person counts those too."""
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ReviewError(
            f"{path} is cut off or not CSV ({error}); save it once more as CSV (UTF-8)."
        ) from error


def _filled(path: Path, header: list[str], records: list[list[str]]) -> tuple[Filled, ...]:
    for name in (*_MUST, *FILLED_IN):
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
    return (
        _HARMLESS.sub("", cell.strip(), count=1) if _HARMLESS.match(cell.strip()) else cell.strip()
    )
