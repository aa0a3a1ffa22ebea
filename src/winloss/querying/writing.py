"""Writes an answer as CSV, JSON or Parquet, or shows it as a table."""

import csv
import io
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from winloss import files
from winloss.errors import WarehouseError
from winloss.querying.table import show
from winloss.warehouse.analysing import Answer

Format = Literal["table", "csv", "json", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write(answer: Answer, format_name: Format, out: Path | None, *, width: int | None) -> None:
    """Write the answer to a file, whole or not at all, or else to standard output.

    `width` is that of the terminal, None where there is none. Raises WarehouseError for a
    query that fails, and for a file that cannot be written.
    """
    if out is None:
        _print(answer, format_name, width)
        return
    try:
        _save(answer, format_name, out)
    except OSError as error:
        raise WarehouseError(
            f"{out} cannot be written ({error.strerror}); name another file with --out."
        ) from error


def _print(answer: Answer, format_name: Format, width: int | None) -> None:
    if format_name == "parquet":
        raise WarehouseError("Parquet is no text to print; name a file with --out.")
    if format_name == "table":
        show(answer, width)
        return
    for piece in _pieces(answer, format_name):
        sys.stdout.write(piece)


def _save(answer: Answer, format_name: Format, out: Path) -> None:
    if format_name == "parquet":
        part = out.with_name(f".{out.name}.part")
        try:
            answer.save(part)
            files.flush(part)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        return
    with files.writing(out) as file:
        if format_name == "table":
            show(answer, None, io.TextIOWrapper(file, encoding="utf-8", write_through=True))
            return
        for piece in _pieces(answer, format_name):
            file.write(piece.encode())


def _pieces(answer: Answer, format_name: Format) -> Iterator[str]:
    return _csv(answer) if format_name == "csv" else _json(answer)


def _csv(answer: Answer) -> Iterator[str]:
    """The header and every row; null and an empty text are both left empty."""
    page = io.StringIO()
    sheet = csv.writer(page, lineterminator="\n")
    for row in itertools.chain([answer.columns], answer.rows()):
        sheet.writerow(row)
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def _json(answer: Answer) -> Iterator[str]:
    """One array with an object a row, each on its own line."""
    before = "[\n"
    for each in answer.objects():
        yield f"{before}{each}"
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"
