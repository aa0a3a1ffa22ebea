"""Writes an answer as CSV, JSON or Parquet, or shows it as a table."""

import csv
import io
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, get_args

from winloss import files
from winloss.errors import WarehouseError
from winloss.querying.table import show
from winloss.warehouse.analysing import Answer
from winloss.wording import number

Format = Literal["table", "csv", "json", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".json": "json",
    ".parquet": "parquet",
    ".txt": "table",
}


def format_of(out: Path | None) -> Format:
    """The format that a file's ending stands for; a table where it stands for none."""
    return "table" if out is None else ENDINGS.get(out.suffix.casefold(), "table")


def write_all(
    answers: Iterable[Answer], format_name: Format, out: Path | None, *, width: int | None
) -> None:
    """Write what every statement gives, as `write` does; a file or a pipe of data holds one.

    Raises WarehouseError where one was to be written and several statements give rows.
    """
    if out is None and format_name == "table":
        for place, each in enumerate(each for each in answers if each.columns):
            if place:
                sys.stdout.write("\n")
            write(each, format_name, out, width=width)
        return
    giving = [each for each in answers if each.columns]
    if len(giving) != 1:
        raise WarehouseError(
            f"The query gives {number(len(giving))} answers, and a file holds one; "
            "ask for one at a time."
        )
    write(giving[0], format_name, out, width=width)


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
            f"{out} cannot be written ({error.strerror}); name another file."
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
            page = io.TextIOWrapper(file, encoding="utf-8", write_through=True)
            show(answer, None, page)
            page.detach()  # else it closes the file, which is still to be flushed
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
