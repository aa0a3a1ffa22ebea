"""Reads what our own systems say into canonical frames, from files and CRMs alike."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl

from winloss.crm import cells, connectors, files, rules
from winloss.crm.shape import REJECTS, SHAPES, Shape
from winloss.crm.told import LINE, Told
from winloss.errors import CrmError
from winloss.settings import CrmFile, Settings

log = logging.getLogger("winloss")


@dataclass(frozen=True)
class CrmRead:
    """What our own systems said."""

    frames: dict[str, pl.DataFrame]
    """Entity -> its rows in the columns of `crm.shape`; only entities that have a source."""
    rejects: pl.DataFrame
    """One row per row or value set aside, in the columns of `crm.shape.REJECTS`."""
    caveats: tuple[str, ...]
    """Sentences about a source as a whole, such as that it is empty."""


@dataclass(frozen=True)
class EntityRead:
    """What one source said of one entity."""

    entity: str
    source: str
    """A file's name, or the CRM's."""
    row_count: int
    """Rows the source holds, readable or not."""
    silent_count: int
    """Those that state nothing, such as a decision without a reason of ours."""
    frame: pl.DataFrame
    """What lands, in the columns of the entity's shape."""
    rejects: pl.DataFrame
    """One row per row or value set aside, in the columns of `crm.shape.REJECTS`."""
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Unusable:
    """A source that as a whole cannot be used."""

    setting: str
    """Such as `crm.decisions`."""
    why: str


def read(settings: Settings, *, now: datetime) -> CrmRead:
    """Read every source named in `settings.crm`; what is decided after `now` is set aside.

    Where a record stands on many rows they are merged: the last value that is not empty counts.
    Raises CrmError for a source that as a whole cannot be used.
    """
    found = [
        _judged(shape, told, settings.zone, now)
        for name in settings.crm.sources
        for shape, told in _told(settings, name)
    ]
    return CrmRead(
        {each.entity: each.frame for each in found},
        pl.concat([REJECTS.to_frame(), *(each.rejects for each in found)]),
        tuple(f"{each.entity}: {sentence}" for each in found for sentence in each.caveats),
    )


def checked(settings: Settings, *, now: datetime) -> Iterator[EntityRead | Unusable]:
    """What `read` would read, source by source; one that cannot be used stops no other."""
    for name in settings.crm.sources:
        log.info("reading [crm.%s]", name)
        try:
            for shape, told in _told(settings, name):
                yield _judged(shape, told, settings.zone, now)
        except CrmError as error:
            yield Unusable(f"crm.{name}", str(error))


def _told(settings: Settings, name: str) -> Iterator[tuple[Shape, Told]]:
    """What the source under `[crm.<name>]` says of each entity, as text under our names."""
    source = getattr(settings.crm, name)
    if isinstance(source, CrmFile):
        shape = _shape(name)
        yield shape, files.told(settings.home, shape, source)
    else:  # a CRM; there is one at most
        for entity, told in connectors.told(settings):
            yield _shape(entity), told


def _shape(entity: str) -> Shape:
    return next(shape for shape in SHAPES if shape.entity == entity)


def _judged(shape: Shape, told: Told, zone: ZoneInfo, now: datetime) -> EntityRead:
    """Its rows in the shape's types, what of them was set aside, and what is to be said."""
    typed = cells.typed(told.frame, shape, told.formats, zone)
    ours, other_count = rules.of_ours(typed, shape)
    one, said = (ours, []) if told.is_one_row_per_record else _merged(ours, shape, told)
    if other_count:
        said.append(f"{other_count} rows of {told.source} are of another {shape.sieve}, left out.")
    result = rules.sorted_out(one, shape, now=now, zone=zone)
    faults = pl.concat([told.faults, result.faults])
    return EntityRead(
        shape.entity,
        told.source,
        told.frame.height + told.faults.height,
        rules.silent(told.frame, shape).height,
        result.good,
        _rejects(faults, shape, told),
        (*told.caveats, *_signs(shape, told), *said),
    )


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
