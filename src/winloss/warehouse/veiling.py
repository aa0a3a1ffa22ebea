"""What the published models read beside the work file: words as printed, and where codes stand."""

import duckdb
import polars as pl

from winloss.quotes import Masked
from winloss.warehouse import models
from winloss.warehouse.database import frame

_VIEWS = ("masked_verbatims", "masked_promises", "masked_spans")


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Let `sql/published` read `masked_verbatims`, `masked_promises` and `masked_spans`.

    Views of the attached work file, whose `ops.masks` must fit it. Words are published only
    where their mask is known: none is taken as it was typed for want of one.
    """
    moved = _moved(frame(connection, models.sql("steps/masks_moved")))
    connection.register("moved_spans", moved.to_arrow())
    for name in _VIEWS:
        connection.execute(f"create temp view {name} as\n{models.sql(f'steps/{name}')}")


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Take back what `make` has made."""
    for name in _VIEWS:
        connection.execute(f"drop view {name}")
    connection.unregister("moved_spans")


def _moved(spans: pl.DataFrame) -> pl.DataFrame:
    """Where each span stands in the text as printed: grain and keys as in.

    One that lies inside a mask keeps its first code point.
    """
    rows = []
    for *key, start, end, marks in spans.iter_rows():
        masked = Masked("", tuple(tuple(mark.values()) for mark in marks))
        begin = masked.offset(start)
        rows.append((*key, begin, max(masked.offset(end), begin + 1)))
    return pl.DataFrame(rows, schema=dict(list(spans.schema.items())[:-1]), orient="row")
