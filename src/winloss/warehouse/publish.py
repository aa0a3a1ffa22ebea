"""Makes the analysts' copy: new, allowed columns and rows only, swapped in whole.

Built by `create table as` into a new file and never by copying the work file, since deleted
bytes would travel with a copy. Both consents and the masks are applied on the way; what might be
the name of somebody we do not know is masked until a person has looked at it. Who was heard in
confidence about a time of a decision before it was taken again is in no table of it.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from winloss import files, resources
from winloss.errors import WarehouseBusy, WarehouseError
from winloss.quotes import Names
from winloss.warehouse import masking, models, veiling
from winloss.warehouse.database import CONFIG, writing
from winloss.warehouse.editions import built_with
from winloss.warehouse.troubles import explained, interruptible, unusable

log = logging.getLogger("winloss")

_READ_ONLY = 0o444
_MOST_TRIES = 3

_LAST_RUN = "select max(as_of) from {}ops.runs"


@dataclass(frozen=True)
class _Prepared:
    """What the work file was read for: valid as long as nobody builds it again."""

    codebook_version: str
    last_run: datetime | None
    file_state: tuple[int, int]


def publish(
    work: Path,
    public: Path,
    *,
    names: Callable[[duckdb.DuckDBPyConnection], Names],
    as_of: datetime,
    zone: str,
) -> dict[str, int]:
    """Write the published copy of the closed work file; returns the rows of each table.

    `names` reads the names to mask from the open work file. Readers of the copy before finish
    undisturbed. Raises WarehouseError, leaving the copy before in place, when the new file does
    not hold what was written to it, and WarehouseBusy while others keep writing the work file.
    """
    temporary = public.with_name(f".{public.name}.part")
    with _translated(public):
        public.parent.mkdir(parents=True, exist_ok=True)
        try:
            written = _current(work, temporary, names, as_of, zone)
            _verify(temporary, written)
            temporary.chmod(_READ_ONLY)
            files.flush(temporary)
            temporary.replace(public)
        finally:
            _remove(temporary)
        files.flush(public.parent)
    return written


def published_tables() -> list[str]:
    """The marts that are published: one file each in `sql/published`."""
    return sorted(path.stem for path in (resources.folder("sql") / "published").glob("*.sql"))


def _current(
    work: Path,
    temporary: Path,
    names: Callable[[duckdb.DuckDBPyConnection], Names],
    as_of: datetime,
    zone: str,
) -> dict[str, int]:
    """Write the copy of one and the same build: names, masks and rows belong together."""
    for _ in range(_MOST_TRIES):
        _remove(temporary)
        prepared = _prepare(work, names, zone)
        written = _write(work, temporary, prepared, as_of, zone)
        if written is not None:
            return written
    raise WarehouseBusy(
        f"Others built {work} again each time it was to be published; the copy before stays. "
        "Run this again when they are done."
    )


def _prepare(
    work: Path, names: Callable[[duckdb.DuckDBPyConnection], Names], zone: str
) -> _Prepared:
    with writing(work, zone=zone) as connection:
        masking.bring_up(connection, names(connection), progress=_tell)
        codebook_version, last_run = built_with(connection), _last_run(connection)
    return _Prepared(codebook_version, last_run, _state(work))


def _state(work: Path) -> tuple[int, int]:
    """What differs once somebody has written the closed file again, as for the same instant."""
    found = work.stat()
    return found.st_mtime_ns, found.st_size


def _tell(done: int, count: int) -> None:
    log.info("masking texts: %s of %s", f"{done:,}", f"{count:,}", extra={"share": done / count})


def _write(
    work: Path, target: Path, prepared: _Prepared, as_of: datetime, zone: str
) -> dict[str, int] | None:
    """Write the copy; None where somebody has built the work file since."""
    with duckdb.connect(str(target), config=CONFIG) as connection:
        connection.execute(f"set timezone = '{zone}'")
        if not _attach(connection, work, prepared):
            return None
        connection.execute("create schema marts")
        connection.execute("create schema seeds")
        connection.execute(models.sql("macros/marts"))
        with veiling.veiled(connection), veiling.untold(connection) as told:
            for name in published_tables():
                text = told(models.sql(f"published/{name}"))
                connection.execute(f"create table marts.{name} as\n{text}")
        _copy_codebook(connection)
        connection.execute(
            "create table marts.published as select cast(? as timestamptz) as published_at,"
            " ? as codebook_version",
            [as_of, prepared.codebook_version],
        )
        # Hundreds of comments: each in a transaction of its own would take a second.
        connection.execute("begin")
        models.comment(connection, ("marts", "seeds"))
        connection.execute("commit")
        connection.execute("detach work")
        connection.execute("checkpoint")
        return _counts(connection)


def _attach(connection: duckdb.DuckDBPyConnection, work: Path, prepared: _Prepared) -> bool:
    """Read the work file as `work`; False where somebody writes it, or has built it since."""
    try:
        connection.execute(f"attach {models.quoted(str(work))} as work (read_only)")
    except duckdb.IOException as error:
        problem = explained(work, error)
        if isinstance(problem, WarehouseBusy):
            return False
        raise problem from error
    is_same = _last_run(connection, "work.") == prepared.last_run
    return is_same and _state(work) == prepared.file_state


def _last_run(connection: duckdb.DuckDBPyConnection, catalog: str = "") -> datetime | None:
    ((at,),) = connection.execute(_LAST_RUN.format(catalog)).fetchall()
    found: datetime | None = at
    return found


def _copy_codebook(connection: duckdb.DuckDBPyConnection) -> None:
    for name in models.PUBLISHED_SEEDS:
        connection.execute(f"create table seeds.{name} as from work.seeds.{name}")


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {
        name: int(connection.execute(f"select count(*) from marts.{name}").fetchall()[0][0])
        for name in published_tables()
    }


def _verify(path: Path, expected: dict[str, int]) -> None:
    with duckdb.connect(str(path), read_only=True) as connection:
        if _counts(connection) != expected:
            raise WarehouseError(
                f"The new published copy {path} does not hold what was written; the one before "
                "stays. Check the disk, then run this again."
            )


def _remove(temporary: Path) -> None:
    for leftover in (temporary, temporary.with_name(f"{temporary.name}.wal")):
        leftover.unlink(missing_ok=True)
    # What DuckDB had no memory for: words as typed, if a publication was killed.
    shutil.rmtree(temporary.with_name(f"{temporary.name}.tmp"), ignore_errors=True)


@contextmanager
def _translated(public: Path) -> Iterator[None]:
    """Raise WarehouseError where the disk, or whoever else has a file open, stands in the way."""
    try:
        with interruptible():
            yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        raise unusable(public, error) from error
