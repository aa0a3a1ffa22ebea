"""What the published models read beside the work file: words as printed, and where codes stand."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, cast

import duckdb
import polars as pl

from winloss.quotes import Masked
from winloss.warehouse import models
from winloss.warehouse.lending import lending

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 20_000
_VIEWS = ("masked_verbatims", "masked_promises", "masked_spans")


@contextmanager
def veiled(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let `sql/published` read the `_VIEWS` and `standing_quotes`.

    Views of the attached work file, whose `ops.masks` must fit it. Words are published only
    where their mask is known: none is taken as it was typed for want of one.
    """
    with (
        _worked(connection, "moved_spans", "steps/masks_moved", _moved),
        _worked(connection, "standing_quotes", "steps/sent_quotes", _standing),
    ):
        for name in _VIEWS:
            connection.execute(f"create temp view {name} as\n{models.sql(f'steps/{name}')}")
        yield
        for name in _VIEWS:
            connection.execute(f"drop view {name}")


@contextmanager
def untold(connection: duckdb.DuckDBPyConnection) -> Iterator[Callable[[str], str]]:
    """Give the query of a published relation without the responses of `sql/steps/untold`.

    A relation that holds none as it is, and every one as long as there is none to leave out.
    """
    connection.execute(f"create temp table untold as\n{models.sql('steps/untold')}")
    is_any = connection.execute("select exists (from untold)").fetchall() == [(True,)]

    def told(query: str) -> str:
        if not is_any or "response_key" not in connection.sql(query).columns:
            return query
        # A join leaves the order it was given; a row without a key is nobody's.
        return (
            "select * exclude (kept_place) from (select *, row_number() over () as kept_place"
            f" from (\n{query}\n)) as every_row"
            " where coalesce(response_key, '') not in (from untold) order by kept_place"
        )

    yield told
    connection.execute("drop table untold")


@contextmanager
def _worked(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    query: str,
    work: Callable[[pl.DataFrame], pl.DataFrame],
) -> Iterator[None]:
    """Let SQL read what `work` makes of the rows of a query, which never come all at once."""
    # A connection reads one result at a time, and this one writes while the other reads.
    with (
        connection.cursor() as source,
        # Left half read in the trace of an error, it would keep the file from being opened again.
        closing(source.sql(models.sql(query)).to_arrow_reader(_BATCH)) as rows,
    ):
        with lending(connection, "made", work(_frame_of(rows.schema.empty_table()))):
            connection.execute(f"create temp table {name} as from made")
        for batch in rows:
            with lending(connection, "made", work(_frame_of(batch))):
                connection.execute(f"insert into {name} from made")
    yield
    connection.execute(f"drop table {name}")


def _frame_of(rows: "pa.Table | pa.RecordBatch") -> pl.DataFrame:
    return cast("pl.DataFrame", pl.from_arrow(rows))


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
