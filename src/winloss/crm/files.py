"""Reads CSV exports: bytes to text under our names."""

from pathlib import Path

import polars as pl

from winloss.crm import mapping, records, values
from winloss.crm.shape import Shape
from winloss.crm.told import FAULTS, Formats, Told
from winloss.errors import CrmError
from winloss.settings import CrmFile


def told(home: Path, shape: Shape, file: CrmFile) -> Told:
    """What the file says; its path starts at the programme's folder `home`.

    Raises CrmError, naming the setting to change, for a file that as a whole cannot be used.
    """
    formats = Formats(file.date_formats, file.decimal)
    _check_dates(shape, formats)
    parsed = _parsed(home / file.path, shape, file)
    name = file.path.name
    if not parsed.header:
        return Told(name, _nothing(shape), caveats=(f"{name} is empty.",))
    mapped = mapping.apply(parsed, shape, file)
    return Told(
        name,
        mapped.frame,
        faults=_unreadable(parsed, shape, file),
        caveats=_caveats(parsed, mapped, file),
        formats=formats,
        is_one_row_per_record=file.one_row_per_record,
        place="line",
    )


def _nothing(shape: Shape) -> pl.DataFrame:
    return pl.DataFrame(schema={mapping.LINE: pl.Int64} | dict.fromkeys(shape.columns, pl.String))


def _check_dates(shape: Shape, formats: Formats) -> None:
    for pattern in formats.dates:
        if not values.is_pattern(pattern):
            raise CrmError(
                f"crm.{shape.entity}.date_format: {pattern!r} does not say a whole date; "
                "write it like %m/%d/%Y."
            )


def _parsed(path: Path, shape: Shape, file: CrmFile) -> records.Records:
    setting = f"crm.{shape.entity}"
    try:
        return records.parse(path.read_bytes(), encoding=file.encoding, separator=file.separator)
    except OSError as error:
        raise CrmError(
            f"{path} could not be read ({error.strerror}); check {setting}.path."
        ) from error
    except LookupError as error:
        raise CrmError(
            f"{setting}.encoding: {file.encoding!r} is no text encoding; try utf-8 or cp1252."
        ) from error
    except (TypeError, ValueError) as error:
        raise CrmError(
            f"{setting}.separator: {file.separator!r} must be one character such as a comma."
        ) from error


def _unreadable(parsed: records.Records, shape: Shape, file: CrmFile) -> pl.DataFrame:
    wanted = file.columns.get(shape.id_column, shape.id_column)
    place = parsed.header.index(wanted) if wanted in parsed.header else None
    rows = [(f.at_line, _clean_id(f.cells, place), f.reason) for f in parsed.faults]
    return pl.DataFrame(rows, schema=FAULTS, orient="row")


def _clean_id(cells: tuple[str, ...], place: int | None) -> str | None:
    text = cells[place].strip() if cells and place is not None else ""
    return None if records.BROKEN in text or "\0" in text else text or None


def _caveats(parsed: records.Records, mapped: mapping.Mapped, file: CrmFile) -> tuple[str, ...]:
    said = [
        f"{file.path.name} has no column {file.columns[name]!r}, so {name} is empty."
        for name in mapped.absent
    ]
    if not parsed.rows and not parsed.faults:
        said.append(f"{file.path.name} has a header and no rows.")
    return tuple(said)
