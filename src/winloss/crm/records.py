"""Reads the bytes of a CSV export into records, setting aside only the rows that are broken.

Polars refuses a whole file for one undecodable byte or one unclosed quote, so the standard
library's reader does this part.
"""

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

BROKEN = "\udcff"
"""Stands where bytes could not be decoded; no valid text of any encoding contains it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before those of UTF-16, which begin the same.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATOR_STATED = re.compile(r'"?[sS]ep=(.)"?\r?\n?')

codecs.register_error("winloss.broken", lambda error: (BROKEN, _end(error)))


def _end(error: UnicodeError) -> int:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.end


@dataclass(frozen=True)
class Fault:
    """A row that cannot be read, and why."""

    at_line: int
    reason: str
    cells: tuple[str, ...] = ()
    """What could be read of it, where its cells still stand under their headers."""


@dataclass(frozen=True)
class Records:
    """A CSV file as text: every row as wide as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """The line on which each row begins; the file's first line is 1."""
    faults: tuple[Fault, ...]


def parse(content: bytes, *, encoding: str, separator: str) -> Records:
    """The records of a CSV file; rows without any value are skipped.

    What a file says of itself outranks what is said of it: a byte order mark its encoding, and a
    first line such as `sep=;`, which sheets write to be read back, its separator.

    Raises LookupError for an unknown encoding, and TypeError or ValueError for a separator that
    is not one character.
    """
    codecs.lookup(encoding)
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), encoding)
    text = content.decode(marked, errors="winloss.broken").removeprefix("\ufeff")
    lines = io.StringIO(text, newline="").readlines()
    stated = _SEPARATOR_STATED.fullmatch(lines[0]) if lines else None
    with _fields_of_any_size():
        start, separator = (1, stated[1]) if stated else (0, separator)
        return _sorted_out(_records(lines, start, separator))


@contextmanager
def _fields_of_any_size() -> Iterator[None]:
    limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _sorted_out(records: Iterator[tuple[int, list[str] | None]]) -> Records:
    header: tuple[str, ...] = ()
    rows, lines, faults = [], [], []
    for at_line, cells in records:
        if cells is not None and not any(cells):
            continue
        if not header:
            header = tuple(cell.strip() for cell in cells or ())
            continue
        fault = _fault(at_line, cells, len(header))
        if fault is not None:
            faults.append(fault)
        elif cells is not None:
            rows.append(tuple(cells))
            lines.append(at_line)
    return Records(header, tuple(rows), tuple(lines), tuple(faults))


def _fault(at_line: int, cells: list[str] | None, width: int) -> Fault | None:
    if cells is None:
        return Fault(at_line, "unclosed quote")
    if len(cells) != width:
        return Fault(at_line, "too few fields" if len(cells) < width else "too many fields")
    row = "".join(cells)
    if BROKEN in row:
        return Fault(at_line, "broken encoding", tuple(cells))
    if "\0" in row:
        return Fault(at_line, "NUL byte", tuple(cells))
    return None


def _records(
    lines: list[str], start: int, separator: str
) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the line it begins on; None where its quotes make no sense.

    A quote that is never closed would swallow the rows below it up to the next quote. So a
    record over several lines is believed only when its quotes are strictly right and it is
    as wide as the first; otherwise reading goes on with the very next line.
    """
    header: list[str] = []
    while start < len(lines):
        at = start
        try:
            for found, end in _strict(lines, start, separator):
                cells = _fitted(found, header)
                if header and len(cells) != len(header) and end - at > 1:
                    break
                header = header or (cells if any(cells) else [])
                yield at + 1, cells
                at = end
        except csv.Error:
            pass
        if at < len(lines):
            alone = _alone(lines[at], separator)
            yield at + 1, alone and _fitted(alone, header)
        start = at + 1


def _fitted(cells: list[str], header: list[str]) -> list[str]:
    """As wide as the header, where all that differs are empty cells without a title.

    Sheets write columns that were once used, now in the header and now below it.
    """
    if not header or len(cells) == len(header):
        return cells
    surplus, lacking = cells[len(header) :], header[len(cells) :]
    return cells if any(surplus) or any(lacking) else [*cells[: len(header)], *lacking]


def _strict(lines: list[str], start: int, separator: str) -> Iterator[tuple[list[str], int]]:
    rest = (lines[at] for at in range(start, len(lines)))
    reader = csv.reader(rest, delimiter=separator, strict=True)
    for cells in reader:
        yield cells, start + reader.line_num


def _alone(line: str, separator: str) -> list[str] | None:
    """One line read for itself, forgiving `"Big" Corp`; None when a quote stays open."""
    ended = line.rstrip("\r\n") + "\n"
    cells = next(csv.reader([ended], delimiter=separator))
    return None if cells and cells[-1].endswith("\n") else cells
