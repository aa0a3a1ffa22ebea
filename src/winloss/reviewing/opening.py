"""A saved sheet as a table, whatever spreadsheet saved it and however it had opened it."""

import csv
import io
from pathlib import Path

from winloss.errors import ReviewError

MUST = ("row", "reasons")
_SEPARATORS = (",", ";", "\t")

Records = list[list[str]]


def table(path: Path) -> tuple[list[str], Records]:
    """The header in small letters and every row below it, also empty ones: people count those.

    With commas, semicolons or tabs between. Raises ReviewError for a file that is no sheet.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReviewError(
            f"{path} cannot be read: {error.strerror}; name the sheet as it was saved."
        ) from error
    text = _decoded(path, data)
    for each in (text, _unwrapped(text)):
        found = _parted(path, each)
        if found and not _is_wrapped(found[1]):
            return found
    if all(name in text.partition("\n")[0].casefold() for name in MUST):
        raise ReviewError(
            f"{path} was opened with the wrong separator, and its columns are mixed up. Open the "
            "sheet as exported through your spreadsheet's import, with the comma as the "
            "separator, fill it in and save it as CSV (UTF-8); or fill in the page."
        )
    raise ReviewError(
        f"{path} is no review sheet: its first row lacks the columns row and reasons. Keep the "
        "first row as exported."
    )


def _parted(path: Path, text: str) -> tuple[list[str], Records] | None:
    """The table, where some separator gives its header; else None."""
    first = text.partition("\n")[0]
    for separator in _SEPARATORS:
        cells = next(csv.reader([first], delimiter=separator), [])
        header = [cell.strip().casefold() for cell in cells]
        if all(name in header for name in MUST):
            return header, _records(path, text, separator)[1:]
    return None


def _is_wrapped(records: Records) -> bool:
    """Whether a row of ours stands in one cell: a spreadsheet quotes it where it holds a quote."""
    return any(
        len(record) == 1
        and record[0].lstrip('"')[:8].isdigit()
        and any(map(record[0].__contains__, _SEPARATORS))
        for record in records
    )


def _unwrapped(text: str) -> str:
    """What stood in the only filled cell of each line; empty where a line has several."""
    for separator in _SEPARATORS:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        if lines and all(not any(cells[1:]) for cells in lines):
            return "\n".join(cells[0] if cells else "" for cells in lines)
    return ""


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
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        csv.field_size_limit(max(len(text), csv.field_size_limit()))
        return text
    raise ReviewError(f"{path} is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV (UTF-8).")


def _records(path: Path, text: str, separator: str) -> Records:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ReviewError(
            f"{path} is cut off or not CSV ({error}); save it once more as CSV (UTF-8)."
        ) from error
