"""Brings an older work file to the present schema, and refuses a newer one.

`sql/raw` and `sql/ops` state the present shape; `sql/migrations/<n>.sql` turns schema n - 1 into
n. Each runs in a transaction of its own, and before the first a copy of the file is kept beside
it. What can be built again from raw is dropped, but for what coders said.
"""

import filecmp
import logging
import subprocess
import sys
from pathlib import Path

import duckdb

from winloss import files, resources
from winloss.errors import WarehouseError
from winloss.warehouse.troubles import explained, unusable

log = logging.getLogger("winloss")

SCHEMA_VERSION = 2
"""What this winloss reads and writes; one more with each file of `sql/migrations`."""

_VERSION_COLUMN = """
select count(*) from duckdb_columns()
where schema_name = 'ops' and table_name = 'programme' and column_name = 'schema_version'
    and database_name = current_database()
"""

# In a process of its own: to close a file is to drop all locks that this process holds on it.
_COPY = """
import os, shutil, sys
shutil.copyfile(*sys.argv[1:])
shutil.copymode(*sys.argv[1:])
with open(sys.argv[2], "rb") as copy:
    os.fsync(copy.fileno())
"""


def schema_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    """The schema a work file has; None where it is empty.

    Raises WarehouseError for a file that another programme, or a later winloss, has filled.
    """
    if not _has_tables(connection):
        return None
    if connection.execute(_VERSION_COLUMN).fetchall() != [(1,)]:
        raise WarehouseError(
            f"{path} is not a warehouse of winloss; nothing was changed. Name another file, or "
            "move this one away."
        )
    version = _version(connection)
    if version is not None and version > SCHEMA_VERSION:
        raise WarehouseError(
            f"{path} has schema {version}, this winloss knows {SCHEMA_VERSION}; nothing was "
            "changed. Use the version of winloss that wrote it."
        )
    return version


def bring_up(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the work file at `path`, open as `connection`, to the present schema, if it is older.

    Raises WarehouseError, leaving the file as it was, where it is not ours, is newer, or cannot
    be copied or brought up.
    """
    version = schema_version(connection, path)
    if version is None or version == SCHEMA_VERSION:
        return
    backup = _keep(connection, path, version)
    log.info("bringing %s to schema %s; kept before: %s", path.name, SCHEMA_VERSION, backup.name)
    for target in range(version + 1, SCHEMA_VERSION + 1):
        _migrate(connection, path, target, backup)


def _migrate(connection: duckdb.DuckDBPyConnection, path: Path, target: int, backup: Path) -> None:
    text = (resources.folder("sql") / "migrations" / f"{target}.sql").read_text(encoding="utf-8")
    connection.execute("begin")
    try:
        connection.execute(text)
        connection.execute("update ops.programme set schema_version = ?", [target])
        connection.execute("commit")
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise WarehouseError(
            f"{path} could not be brought to schema {target} ({reason}). It is as it was, and so "
            f"is its copy {backup}; make room or use the version of winloss that wrote it."
        ) from error


def _keep(connection: duckdb.DuckDBPyConnection, path: Path, version: int) -> Path:
    """Copy the file as it is beside it, under a name that nothing had; gives where."""
    part = path.with_name(f".{path.name}.part")
    try:
        connection.execute("checkpoint")
        _copy(path, part)
        _verify(connection, part)
        backup = _free(path, part, version)
        part.replace(backup)
        files.flush(path.parent)
    except OSError as error:
        raise unusable(part, error) from error
    finally:
        part.unlink(missing_ok=True)
    return backup


def _copy(path: Path, part: Path) -> None:
    done = subprocess.run(  # noqa: S603 (our own words, and two paths)
        [sys.executable, "-I", "-S", "-c", _COPY, str(path), str(part)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OSError(done.stderr.strip().rpartition("\n")[2])


def _free(path: Path, part: Path, version: int) -> Path:
    """A name that is free, or that of a backup with the same content."""
    count = 1
    while True:
        mark = f"schema-{version}" if count == 1 else f"schema-{version}-{count}"
        backup = path.with_name(f"{path.stem}.{mark}{path.suffix}")
        if not backup.exists() or filecmp.cmp(part, backup, shallow=False):
            return backup
        count += 1


def _verify(connection: duckdb.DuckDBPyConnection, copy: Path) -> None:
    try:
        with duckdb.connect(str(copy), read_only=True) as copied:
            is_whole = _row_counts(copied) == _row_counts(connection)
    except duckdb.Error as error:
        raise explained(copy, error) from error
    if not is_whole:
        raise WarehouseError(
            f"The copy {copy} does not hold what was written to it. Nothing was changed; check the "
            "disk, then run this again."
        )


def _row_counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    names = connection.execute(
        "select format('{}.\"{}\"', schema_name, table_name) from duckdb_tables()"
        " where database_name = current_database() and not temporary order by all"
    ).fetchall()
    return [
        (name, connection.execute(f"select count(*) from {name}").fetchall()[0][0])
        for (name,) in names
    ]


def _has_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    query = "select count(*) > 0 from duckdb_tables() where database_name = current_database()"
    return connection.execute(query).fetchall() == [(True,)]


def _version(connection: duckdb.DuckDBPyConnection) -> int | None:
    rows: list[tuple[int | None]] = connection.execute(
        "select max(schema_version) from ops.programme"
    ).fetchall()
    return rows[0][0]
