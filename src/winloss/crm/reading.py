"""Reads what our own systems say into canonical frames, from files and CRMs alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl

from winloss.crm import cells, connectors, files, rules
from winloss.crm.shape import REJECTS, SHAPES, Shape
from winloss.crm.told import LINE, Told
from winloss.settings import CrmFile, Settings


@dataclass(frozen=True)
class CrmRead:
    """What our own systems said."""

    frames: dict[str, pl.DataFrame]
    """Entity -> its rows in the columns of `crm.shape`; only entities that have a source."""
    rejects: pl.DataFrame
    """One row per row or value set aside, in the columns of `crm.shape.REJECTS`."""
    caveats: tuple[str, ...]
    """Sentences about a source as a whole, such as that it is empty."""


def read(settings: Settings, *, now: datetime) -> CrmRead:
    """Read every source named in `settings.crm`; what is decided after `now` is set aside.

    Where a record stands on many rows they are merged: the last value that is not empty counts.
    Raises CrmError for a source that as a whole cannot be used.
    """
    frames, rejects, caveats = {}, [REJECTS.to_frame()], []
    for shape, told in _told(settings):
        frame, faults, said = _judged(shape, told, settings.zone, now)
        frames[shape.entity] = frame
        rejects.append(faults)
        caveats += [f"{shape.entity}: {sentence}" for sentence in said]
    return CrmRead(frames, pl.concat(rejects), tuple(caveats))


def _told(settings: Settings) -> Iterator[tuple[Shape, Told]]:
    """Every entity that has a source, as text under our names."""
    for shape in SHAPES:
        file: CrmFile | None = getattr(settings.crm, shape.entity)
        if file is not None:
            yield shape, files.told(settings.home, shape, file)
    for entity, told in connectors.told(settings):
        yield next(shape for shape in SHAPES if shape.entity == entity), told


def _judged(
    shape: Shape, told: Told, zone: ZoneInfo, now: datetime
) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """Its rows in the shape's types, what of them was set aside, and what is to be said."""
    typed = cells.typed(told.frame, shape, told.formats, zone)
    ours, other_count = rules.of_ours(typed, shape)
    one, said = (ours, []) if told.is_one_row_per_record else _merged(ours, shape, told)
    if other_count:
        said.append(f"{other_count} rows of {told.source} are of another {shape.sieve}, left out.")
    result = rules.sorted_out(one, shape, now=now, zone=zone)
    faults = pl.concat([told.faults, result.faults])
    return result.good, _rejects(faults, shape, told), [*told.caveats, *_signs(shape, told), *said]


def _merged(typed: pl.DataFrame, shape: Shape, told: Told) -> tuple[pl.DataFrame, list[str]]:
    named = typed.filter(pl.col(shape.id_column).is_not_null())
    said = []
    if unnamed := typed.height - named.height:
        said.append(f"{unnamed} of {typed.height} rows of {told.source} name no {shape.id_column}.")
    if not shape.key:
        return named, said
    one, conflicts = rules.merged(named, shape)
    if conflicts:
        said.append(
            f"{conflicts} records of {told.source} stand on rows that differ; the last counts."
        )
    return one, said


def _signs(shape: Shape, told: Told) -> list[str]:
    """Where amounts said to be in dollars carry another sign."""
    if "amount_usd" not in shape.columns:
        return []
    counts = rules.signs(told.frame["amount_usd"])
    return [
        f"{count} amounts of {told.source} carry {sign}, read as dollars; name the column amount "
        "and say its currency."
        for sign, count in counts.items()
    ]


def _rejects(faults: pl.DataFrame, shape: Shape, told: Told) -> pl.DataFrame:
    source = pl.lit(told.source)
    where = pl.format("{}, {} {}", source, pl.lit(told.place), pl.col(LINE))
    return faults.sort(LINE, "reason").select(
        pl.lit("crm").alias("source"),
        pl.lit(shape.entity).alias("entity"),
        pl.col("record_id"),
        pl.col("reason"),
        (where if told.place else source).alias("detail"),
        pl.col(LINE),
    )
