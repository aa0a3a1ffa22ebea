"""Reads the configured CRM exports into canonical frames."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from winloss.crm import mapping, records, rules, values
from winloss.crm.mapping import LINE
from winloss.crm.shape import REJECTS, SHAPES, Shape
from winloss.errors import CrmError
from winloss.settings import CrmFile, Settings


@dataclass(frozen=True)
class CrmRead:
    """What the exports said."""

    frames: dict[str, pl.DataFrame]
    """Entity -> its rows in the columns of `crm.shape`; only entities that have a file."""
    rejects: pl.DataFrame
    """One row per row or value set aside, in the columns of `crm.shape.REJECTS`."""
    caveats: tuple[str, ...]
    """Sentences about a file as a whole, such as that it is empty."""


def read(settings: Settings, *, now: datetime) -> CrmRead:
    """Read every export named in `settings.crm`; what is decided after `now` is set aside.

    Where `one_row_per_record` is off, rows of one record are merged: the last value that is
    not empty counts. Raises CrmError for a file that as a whole cannot be used.
    """
    frames, rejects, caveats = {}, [REJECTS.to_frame()], []
    for shape in SHAPES:
        file: CrmFile | None = getattr(settings.crm, shape.entity)
        if file is None:
            continue
        frame, faults, said = _entity(shape, file, settings, now)
        frames[shape.entity] = frame
        rejects.append(faults)
        caveats += [f"{shape.entity}: {sentence}" for sentence in said]
    return CrmRead(frames, pl.concat(rejects), tuple(caveats))


def _entity(
    shape: Shape, file: CrmFile, settings: Settings, now: datetime
) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    parsed = _parsed(settings.home / file.path, shape, file)
    name = file.path.name
    if not parsed.header:
        return shape.columns.to_frame(), REJECTS.to_frame(), [f"{name} is empty."]
    mapped = mapping.apply(parsed, shape, file)
    typed = _typed(mapped.frame, shape, file, settings.zone)
    one, said = (typed, []) if file.one_row_per_record else _merged(typed, shape, name)
    result = rules.sorted_out(one, shape, now=now, zone=settings.zone)
    faults = pl.concat([_unreadable(parsed, shape, file), result.faults])
    return (
        result.good,
        _rejects(faults, shape, name),
        [*_caveats(parsed, mapped, shape, file), *said],
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


def _typed(frame: pl.DataFrame, shape: Shape, file: CrmFile, zone: ZoneInfo) -> pl.DataFrame:
    if not values.is_pattern(file.date_format):
        raise CrmError(
            f"crm.{shape.entity}.date_format: {file.date_format!r} does not say a whole date; "
            "write it like %m/%d/%Y."
        )
    return rules.typed(frame, shape, pattern=file.date_format, zone=zone)


def _merged(typed: pl.DataFrame, shape: Shape, name: str) -> tuple[pl.DataFrame, list[str]]:
    named = typed.filter(pl.col(shape.id_column).is_not_null())
    said = []
    if unnamed := typed.height - named.height:
        said.append(f"{unnamed} of {typed.height} rows of {name} name no {shape.id_column}.")
    if not shape.key:
        return named, said
    one, conflicts = rules.merged(named, shape)
    if conflicts:
        said.append(f"{conflicts} records of {name} stand on rows that differ; the last counts.")
    return one, said


def _unreadable(parsed: records.Records, shape: Shape, file: CrmFile) -> pl.DataFrame:
    wanted = file.columns.get(shape.id_column, shape.id_column)
    place = parsed.header.index(wanted) if wanted in parsed.header else None
    rows = [(f.at_line, _clean_id(f.cells, place), f.reason) for f in parsed.faults]
    schema = {LINE: pl.Int64, "record_id": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _clean_id(cells: tuple[str, ...], place: int | None) -> str | None:
    text = cells[place].strip() if cells and place is not None else ""
    return None if records.BROKEN in text or "\0" in text else text or None


def _rejects(faults: pl.DataFrame, shape: Shape, name: str) -> pl.DataFrame:
    where = pl.format("{}, line {}", pl.lit(name), pl.col(LINE))
    return faults.sort(LINE, "reason").select(
        pl.lit("crm").alias("source"),
        pl.lit(shape.entity).alias("entity"),
        pl.col("record_id"),
        pl.col("reason"),
        where.alias("detail"),
        pl.col(LINE),
    )


def _caveats(
    parsed: records.Records, mapped: mapping.Mapped, shape: Shape, file: CrmFile
) -> list[str]:
    said = [
        f"{file.path.name} has no column {file.columns[name]!r}, so {name} is empty."
        for name in mapped.absent
    ]
    if not parsed.rows and not parsed.faults:
        said.append(f"{file.path.name} has a header and no rows.")
    if "amount_usd" in shape.columns:
        for sign, count in rules.signs(mapped.frame["amount_usd"]).items():
            said.append(f"{count} amounts of {file.path.name} carry {sign}, read as dollars.")
    return said
