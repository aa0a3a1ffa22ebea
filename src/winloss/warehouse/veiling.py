"""What the published models read beside the work file: words as printed, and where codes stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import polars as pl

from winloss.quotes import Masked
from winloss.warehouse import models
from winloss.warehouse.database import frame
from winloss.warehouse.lending import lending

_VIEWS = ("masked_verbatims", "masked_promises", "masked_spans")


@contextmanager
def veiled(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let `sql/published` read the `_VIEWS` and `standing_quotes`.

    Views of the attached work file, whose `ops.masks` must fit it. Words are published only
    where their mask is known: none is taken as it was typed for want of one.
    """
    moved = _moved(frame(connection, models.sql("steps/masks_moved")))
    standing = _standing(frame(connection, models.sql("steps/sent_quotes")))
    with (
        lending(connection, "moved_spans", moved),
        lending(connection, "standing_quotes", standing),
    ):
        for name in _VIEWS:
            connection.execute(f"create temp view {name} as\n{models.sql(f'steps/{name}')}")
        yield
        for name in _VIEWS:
            connection.execute(f"drop view {name}")


def _moved(spans: pl.DataFrame) -> pl.DataFrame:
    """Where each span stands in the text as printed: grain and keys as in.

    One that lies inside a mask keeps its first code point.
    """
    rows = []
    for *key, start, end, marks in spans.iter_rows():
        masked = _masked("", marks)
        begin = masked.offset(start)
        rows.append((*key, begin, max(masked.offset(end), begin + 1)))
    return pl.DataFrame(rows, schema=dict(list(spans.schema.items())[:-1]), orient="row")


def _standing(quotes: pl.DataFrame) -> pl.DataFrame:
    """Which of the quotes sent are what would be printed now: edition, lens and position."""
    rows = [
        key
        for *key, quote, start, end, text, marks in quotes.iter_rows()
        if _masked(text, marks).slice(start, end) == quote
    ]
    keys = ("edition_id", "lens", "position")
    return pl.DataFrame(rows, schema={name: quotes.schema[name] for name in keys}, orient="row")


def _masked(text: str, marks: list[dict[str, Any]]) -> Masked:
    return Masked(text, tuple(tuple(mark.values()) for mark in marks))
