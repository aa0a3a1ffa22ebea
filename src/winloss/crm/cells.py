"""Types the cells of a frame of text: what cannot be read is null, with the reason beside it.

Pure: frames in, frames out.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

import polars as pl

from winloss.crm import values
from winloss.crm.shape import DECISIONS, INSTANT, Shape
from winloss.crm.told import LINE, Formats

FAULT = "fault: "
"""Begins the name of the column that says why a value could not be read."""


def typed(frame: pl.DataFrame, shape: Shape, formats: Formats, zone: ZoneInfo) -> pl.DataFrame:
    """The frame in the shape's types, with one `fault: …` column for each column.

    `frame` is that of a `Told`. A value that could not be read is null, and its fault the reason.
    """
    readers = _readers(shape, formats, zone)
    series = [frame[LINE]]
    for name, dtype in shape.columns.items():
        cells = frame[name]
        if name in shape.states:
            cells = _with_field(frame, name)
            readers[name] = partial(_state, readers=_readers(DECISIONS, formats, zone))
        word = "unknown" if name in shape.choices else "unreadable"
        series += _read(cells, readers.get(name), dtype, word)
    return pl.DataFrame(series)


def _readers(shape: Shape, formats: Formats, zone: ZoneInfo) -> dict[str, values.Reader]:
    by_type: dict[pl.DataType, values.Reader] = {
        pl.Float64(): partial(values.number, decimal=formats.decimal),
        pl.Boolean(): values.flag,
        pl.Date(): partial(values.day, patterns=formats.dates, zone=zone),
        INSTANT: partial(values.instant, patterns=formats.dates, zone=zone),
    }
    by_name: dict[str, values.Reader] = {
        "confidence": partial(values.share, decimal=formats.decimal),
        "usd": partial(values.rate, decimal=formats.decimal),
        "currency": values.currency,
    }
    readers = {name: by_type[type_] for name, type_ in shape.columns.items() if type_ in by_type}
    for name, words in shape.choices.items():
        readers[name] = partial(values.choice, words=words)
    return readers | {name: by_name[name] for name in shape.columns if name in by_name}


def _read(
    cells: pl.Series, reader: values.Reader | None, dtype: pl.DataType, word: str
) -> tuple[pl.Series, pl.Series]:
    """Each cell's value, and why it has none; every text is read once."""
    fault = FAULT + cells.name
    if reader is None:
        return cells, pl.repeat(None, len(cells), dtype=pl.String, eager=True).alias(fault)
    texts = cells.drop_nulls().unique()
    found = [reader(text) for text in texts]
    good = [None if value is values.AMBIGUOUS else value for value in found]
    faults = [_fault(value, cells.name, word) for value in found]
    return (
        cells.replace_strict(texts, pl.Series(good, dtype=dtype), default=None, return_dtype=dtype),
        cells.replace_strict(
            texts, pl.Series(faults, dtype=pl.String), default=None, return_dtype=pl.String
        ).alias(fault),
    )


def _fault(value: object, name: str, word: str) -> str | None:
    if value is values.AMBIGUOUS:
        return f"ambiguous {name}"
    return f"{word} {name}" if value is None else None


def _with_field(frame: pl.DataFrame, name: str) -> pl.Series:
    """What a field held, behind that field's name."""
    field = pl.col("field").fill_null("").str.to_lowercase()
    return frame.select(pl.concat_str(field, pl.col(name), separator="\0").alias(name)).to_series()


def _state(held: str, readers: Mapping[str, values.Reader]) -> object:
    """What a field held, read as that column of a decision and written in one way."""
    field, _, text = held.partition("\0")
    value = readers[field](text) if field in readers else text
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else value
