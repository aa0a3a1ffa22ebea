"""Opens the work file: one writer at a time, its layers in place, one time zone."""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import resources
from winloss.errors import WarehouseBusy, WarehouseError

SCHEMAS = ("raw", "staging", "seeds", "marts", "ops")
SCHEMA_VERSION = 1

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Readable by every tool of the 1.5 line, although this process may be newer.
    "storage_compatibility_version": "v1.5.0",
    # DuckDB otherwise keeps whatever fits into 80 % of the machine, so that memory grows with the
    # number of responses. What is above this goes to a folder beside the file, until it is closed.
    "memory_limit": "512MB",
}
_POLL_SECONDS = 0.2
_INTERRUPTED = "Query interrupted"


@contextmanager
def writing(
    path: Path, *, zone: str = "UTC", wait_seconds: float = 60
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the work file as its only writer, with every layer in place.

    Waits up to `wait_seconds` for another writer, then raises WarehouseBusy. Raises
    WarehouseError for a file that is not ours, is damaged or comes from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _explained(path, error) from error
    connection = _open(path, wait_seconds)
    try:
        _recognise(connection, path)
        prepare(connection, zone)
        with _interruptible():
            yield connection
    finally:
        connection.close()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C within a query is Ctrl-C, though DuckDB calls it an error, and so the rollback's."""
    try:
        yield
    except (RuntimeError, duckdb.Error) as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, KeyboardInterrupt) or _INTERRUPTED in str(cause):
                raise KeyboardInterrupt from error
            cause = cause.__cause__ or cause.__context__
        raise


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

    Raises WarehouseError where there is none, WarehouseBusy while somebody writes it.
    """
    if not path.is_file():
        raise WarehouseError(f"There is no warehouse at {path}; run `winloss run` first.")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise _explained(path, error) from error
    try:
        _set_zone(connection, zone)
        yield connection
    finally:
        connection.close()


def frame(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    """The rows of a query; `values` are its named parameters, all of them and no other."""
    found: pl.DataFrame = connection.sql(query, params=dict(values) if values else None).pl()
    return found


def hold(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    query: str,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Let SQL read the rows of a query under a name, until that is unregistered.

    For what is large and soon replaced: a temporary table that is dropped or replaced keeps its
    memory until the transaction ends, and these rows do not.
    """
    # Otherwise JSON would come back as words, to be read again before it is stored.
    connection.execute("set arrow_lossless_conversion = true")
    try:
        rows = connection.sql(query, params=dict(values) if values else None).to_arrow_table()
    finally:
        connection.execute("reset arrow_lossless_conversion")
    connection.register(name, rows)


@contextmanager
def one_thread(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Insert with one thread, what the same transaction is to read.

    Rows that several threads inserted, a million of them, DuckDB 2.0 shows only after the commit.
    """
    connection.execute("set threads = 1")
    try:
        yield
    finally:
        connection.execute("reset threads")


def _set_zone(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    connection.execute(f"set timezone = '{zone}'")


def _open(path: Path, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(path), config=CONFIG)
        except duckdb.Error as error:
            problem = _explained(path, error)
            if not isinstance(problem, WarehouseBusy) or time.monotonic() > deadline:
                raise problem from error
        time.sleep(_POLL_SECONDS)


def _recognise(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a file that another programme, or a later winloss, has filled."""
    tables = {
        f"{schema}.{name}"
        for schema, name in connection.execute(
            "select schema_name, table_name from duckdb_tables()"
        ).fetchall()
    }
    if tables and "ops.programme" not in tables:
        raise WarehouseError(
            f"{path} is not a warehouse of winloss; nothing was changed. Name another file, or "
            "move this one away."
        )
    for (version,) in _versions(connection) if tables else ():
        if version != SCHEMA_VERSION:
            raise WarehouseError(
                f"{path} has schema {version}, this winloss knows {SCHEMA_VERSION}; nothing was "
                "changed. Use the version of winloss that wrote it."
            )


def _versions(connection: duckdb.DuckDBPyConnection) -> list[tuple[int]]:
    return connection.execute("select schema_version from ops.programme").fetchall()


def _explained(path: Path, error: duckdb.Error | OSError) -> WarehouseError:
    text = str(error)
    if "Could not set lock on file" in text:
        return WarehouseBusy(
            f"Another process is writing {path}. Wait for it to end, then run this again."
        )
    if "version number" in text:
        return WarehouseError(
            f"{path} was written by a newer version. Upgrade winloss, or restore an older backup."
        )
    reason = text.partition("\n")[0]
    return WarehouseError(
        f"{path} cannot be opened as a warehouse ({reason}). Nothing was changed."
    )


def _know_programme(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("select salt from ops.programme").fetchall()
    if not rows:
        rows = [(secrets.token_hex(16),)]
        connection.execute(
            "insert into ops.programme (schema_version, salt) values (?, ?)",
            [SCHEMA_VERSION, rows[0][0]],
        )
    connection.execute("set variable salt = ?", [rows[0][0]])
