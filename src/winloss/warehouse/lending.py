"""Lets SQL read rows that Python holds, under a name, for a while."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

if TYPE_CHECKING:
    import pyarrow as pa


class _Lent:
    """Rows that can be taken back.

    DuckDB keeps what was registered until the transaction ends, even once it is unregistered, and
    with it its rows: a million responses that pass in batches would all stay in memory.
    """

    def __init__(self, rows: "pa.Table") -> None:
        self._rows: pa.Table | None = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """As the Arrow PyCapsule interface has it; https://arrow.apache.org/docs/format."""
        if self._rows is None:
            raise LookupError("these rows were taken back")
        return self._rows.__arrow_c_stream__(requested_schema)

    def take_back(self) -> None:
        self._rows = None


@contextmanager
def lending(
    connection: duckdb.DuckDBPyConnection, name: str, rows: "pl.DataFrame | pa.Table"
) -> Iterator[None]:
    """Let SQL read `rows` as `name`; afterwards neither name nor rows are kept.

    DuckDB does not know how many rows it is lent, and takes them for few.
    """
    lent = _Lent(rows.to_arrow() if isinstance(rows, pl.DataFrame) else rows)
    connection.register(name, lent)
    try:
        yield
    finally:
        connection.unregister(name)
        lent.take_back()


def held(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    values: Mapping[str, Any] | None = None,
    *,
    batch_rows: int | None = None,
) -> "pa.Table":
    """The rows of a query, made by several threads, to be lent as often as they are read.

    For what is large and soon replaced: a temporary table that is dropped or replaced keeps its
    memory until the transaction ends, and these rows do not. DuckDB shares rows held in Arrow
    among threads by their batches, of `batch_rows`.
    """
    # Otherwise JSON would come back as words, to be read again before it is stored.
    connection.execute("set arrow_lossless_conversion = true")
    try:
        found = connection.sql(query, params=dict(values) if values else None)
        return found.to_arrow_table(batch_rows) if batch_rows else found.to_arrow_table()
    finally:
        connection.execute("reset arrow_lossless_conversion")
