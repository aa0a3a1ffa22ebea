"""The warehouse as it was at an earlier instant, in memory.

Everything above raw is a function of raw and of the instant. To make an old edition again, raw
and ops are copied up to that instant and the same models run on them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from winloss.warehouse import coding, models
from winloss.warehouse.build import build
from winloss.warehouse.database import in_memory
from winloss.warehouse.staging import Recipe

_SEEN_AT = {
    "raw": "fetched_at",
    "rejects": "rejected_at",
    "alerts": "as_of",
    "codebooks": "taken_up_at",
    "editions": "as_of",
    "findings": "as_of",
    "past_codes": "left_at",
    "printed_quotes": "as_of",
    "programme": None,
}


@contextmanager
def as_of(
    work: Path, recipe: Recipe, instant: datetime, *, zone: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse that knows nothing later than `instant`, built from the closed work file."""
    connection = in_memory(zone)
    try:
        connection.execute(f"attach {models.quoted(str(work))} as work (read_only)")
        _copy(connection, instant)
        connection.execute("detach work")
        build(connection, recipe, as_of=instant, is_past=True)
        yield connection
    finally:
        connection.close()


def _copy(connection: duckdb.DuckDBPyConnection, instant: datetime) -> None:
    rows = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = 'work' and schema_name in ('raw', 'ops')"
    ).fetchall()
    for layer, table in rows:
        seen_at = _SEEN_AT["raw"] if layer == "raw" else _SEEN_AT.get(table, "")
        if seen_at == "":
            continue
        connection.execute(f"delete from {layer}.{table}")
        condition = "" if seen_at is None else f" where {seen_at} <= $instant"
        connection.execute(
            f"insert into {layer}.{table} by name from work.{layer}.{table}{condition}",
            {"instant": instant} if condition else None,
        )
    _copy_codings(connection)
    connection.execute("update ops.programme set unfolded_with = ''")
    salt = connection.execute("select salt from ops.programme").fetchall()[0][0]
    connection.execute("set variable salt = ?", [salt])


def _copy_codings(connection: duckdb.DuckDBPyConnection) -> None:
    """Spare the coder what it has read: a coding follows from words and versions alone."""
    coding.make_tables(connection)
    rows = connection.execute(
        "select table_name from duckdb_tables()"
        " where database_name = 'work' and schema_name = 'staging' and table_name in $tables",
        {"tables": coding.TABLES},
    ).fetchall()
    for (table,) in rows:
        connection.execute(f"insert into staging.{table} by name from work.staging.{table}")
