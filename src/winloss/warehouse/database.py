"""Opens the work file: one writer at a time, its layers in place, one time zone."""

import logging
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import resources
from winloss.errors import WarehouseBusy, WarehouseError
from winloss.warehouse import migrating
from winloss.warehouse.troubles import explained, interruptible, told

log = logging.getLogger("winloss")

SCHEMAS = ("raw", "staging", "seeds", "marts", "ops")

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Readable by every tool of the 1.5 line, although this process may be newer.
    "storage_compatibility_version": "v1.5.0",
    # DuckDB otherwise keeps whatever fits into 80 % of the machine, so that memory grows with the
    # number of responses. What is above this goes to a folder beside the file, until it is closed.
    "memory_limit": "1200MB",
}
_POLL_SECONDS = 0.2
_HAS_PROGRAMME = """
select true from duckdb_tables()
where schema_name = 'ops' and table_name = 'programme' and database_name = current_database()
"""


@contextmanager
def writing(
    path: Path, *, zone: str = "UTC", wait_seconds: float = 60
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the work file as its only writer, at the present schema, with every layer in place.

    Waits up to `wait_seconds` for another writer, then raises WarehouseBusy. Raises
    WarehouseError for a file that is not ours, is damaged or comes from a newer version, and
    where the disk fails or is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explained(path, error) from error
    connection = _open(path, wait_seconds)
    try:
        with told(path), interruptible():
            migrating.bring_up(connection, path)
            prepare(connection, zone)
            yield connection
    finally:
        connection.close()


def prepare(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    """Put schemas, raw and ops tables, macros and the programme's row in place."""
    _set_zone(connection, zone)
    connection.execute("begin")
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    for folder in ("raw", "ops", "macros"):
        for path in sorted((resources.folder("sql") / folder).glob("*.sql")):
            connection.execute(path.read_text(encoding="utf-8"))
    _know_programme(connection)
    connection.execute("commit")


def in_memory(zone: str = "UTC") -> duckdb.DuckDBPyConnection:
    """An empty warehouse with every layer in place, that leaves no file."""
    connection = duckdb.connect(":memory:")
    prepare(connection, zone)
    return connection


@contextmanager
def reading(path: Path, *, zone: str = "UTC") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB file read-only.

    Raises WarehouseError where there is none, where it is damaged or a work file of another
    schema; WarehouseBusy while somebody writes it.
    """
    if not path.is_file():
        raise WarehouseError(f"There is no warehouse at {path}; run `winloss run` first.")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise explained(path, error) from error
    try:
        _set_zone(connection, zone)
        with told(path):
            _require_present(connection, path)
            yield connection
    finally:
        connection.close()


def frame(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    """The rows of a query; `values` are its named parameters, all of them and no other."""
    found: pl.DataFrame = connection.sql(query, params=dict(values) if values else None).pl()
    return found


@contextmanager
def setting(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> Iterator[None]:
    """Have one of DuckDB's settings at `value` for a while."""
    connection.execute(f"set {name} = {value}")
    try:
        yield
    except BaseException:
        # Nothing can be set in a transaction that failed, and why it failed is what to say.
        with suppress(duckdb.Error):
            connection.execute(f"reset {name}")
        raise
    connection.execute(f"reset {name}")


def one_thread(connection: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
    """Insert with one thread, what the same transaction is to read.

    Rows that several threads inserted, a million of them, DuckDB 2.0 shows only after the commit.
    """
    return setting(connection, "threads", "1")


def _set_zone(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    connection.execute(f"set timezone = '{zone}'")


def _open(path: Path, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    has_waited = False
    while True:
        try:
            return duckdb.connect(str(path), config=CONFIG)
        except duckdb.Error as error:
            problem = explained(path, error)
            if not isinstance(problem, WarehouseBusy) or time.monotonic() > deadline:
                raise problem from error
        if not has_waited:
            log.info("waiting for another process to be done with %s", path)
        has_waited = True
        time.sleep(_POLL_SECONDS)


def _require_present(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse to read a work file that was not brought up; the analysts' copy has no schema."""
    if not connection.execute(_HAS_PROGRAMME).fetchall():
        return
    version = migrating.schema_version(connection, path)
    if version is not None and version < migrating.SCHEMA_VERSION:
        raise WarehouseError(
            f"{path} was written by an older winloss (schema {version}, now "
            f"{migrating.SCHEMA_VERSION}). Run `winloss build`, which brings it up."
        )


def _know_programme(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("select salt from ops.programme").fetchall()
    if not rows:
        rows = [(secrets.token_hex(16),)]
        connection.execute(
            "insert into ops.programme (schema_version, salt) values (?, ?)",
            [migrating.SCHEMA_VERSION, rows[0][0]],
        )
    connection.execute("set variable salt = ?", [rows[0][0]])
