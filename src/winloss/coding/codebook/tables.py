"""Reads one CSV file of a codebook, and says everything that keeps it from being a table."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from winloss import wording


@dataclass(frozen=True)
class Finding:
    """Something wrong with a codebook, or worth a look."""

    file: str
    row: int | None
    """As a spreadsheet counts them, the header being 1; None where it is about the file."""
    what: str
    to_do: str

    def __str__(self) -> str:
        """In one line, as an error says it."""
        where = self.file if self.row is None else f"{self.file} row {self.row}"
        return f"{where}: {self.what}; {self.to_do}."


@dataclass(frozen=True)
class Table:
    """The rows of a file with any cell filled, cells trimmed, and what is wrong with it."""

    name: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, dict[str, str]], ...] = ()
    """The number of each row, and its cells; a column that is not there is empty."""
    findings: tuple[Finding, ...] = ()

    def finding(self, row: int | None, what: str, to_do: str) -> Finding:
        """One more finding in this file."""
        return Finding(self.name, row, what, to_do)


def table(path: Path, columns: tuple[str, ...], must: tuple[str, ...]) -> Table:
    """The file as a table of `columns`; without those of `must` it has no rows."""
    nothing = Table(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        return _with(nothing, row, "not written in UTF-8", "save it as “CSV UTF-8”")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        to_do = f"check that it lies at {path} and may be read"
        return _with(nothing, None, f"cannot be read ({why})", to_do)
    except csv.Error as error:
        return _with(nothing, None, f"cannot be read as CSV ({error})", "save it as CSV anew")
    header = tuple(cell.strip() for cell in lines[0]) if lines else ()
    found = tuple(_of_header(nothing, header, columns, must))
    if found:
        return Table(path.name, header, findings=found)
    return _filled(path.name, header, lines[1:], columns)


def near(word: str, words: Iterable[str]) -> str:
    """What may have been meant, as “ (near it: 'price')”; empty where nothing is near."""
    found = get_close_matches(word, list(words), n=2, cutoff=0.6)
    return f" (near it: {', '.join(map(repr, found))})" if found else ""


def _with(table: Table, row: int | None, what: str, to_do: str) -> Table:
    return Table(table.name, findings=(table.finding(row, what, to_do),))


def _of_header(
    table: Table, header: tuple[str, ...], columns: tuple[str, ...], must: tuple[str, ...]
) -> Iterator[Finding]:
    if len(header) == 1 and ";" in header[0]:
        yield table.finding(1, "the columns are separated by ;", "save it with commas between them")
        return
    for name in must:
        if name not in header:
            yield table.finding(1, f"the column {name!r} is missing", "add it to the header")
    for name in columns:
        if header.count(name) > 1:
            yield table.finding(1, f"the column {name!r} is there twice", "remove one")


def _filled(
    name: str, header: tuple[str, ...], lines: list[list[str]], columns: tuple[str, ...]
) -> Table:
    """The rows, each with a cell for every one of `columns`."""
    rows, findings = [], []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) == len(header):
            named = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            rows.append((number, {column: named.get(column, "") for column in columns}))
            continue
        what = f"has {wording.counted(len(cells), 'cell')}, the header has {len(header):,}"
        to_do = "put quotes around a text with commas, and leave no cell out"
        findings.append(Finding(name, number, what, to_do))
    return Table(name, header, tuple(rows), tuple(findings))
