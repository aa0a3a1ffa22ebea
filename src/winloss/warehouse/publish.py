"""Makes the analysts' copy: new, allowed columns and rows only, swapped in whole.

Built by `create table as` into a new file and never by copying the work file, since deleted
bytes would travel with a copy. Both consents and the masks are applied on the way; what might be
the name of somebody we do not know is masked until a person has looked at it.
"""

from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from winloss import files, resources
from winloss.errors import WarehouseError
from winloss.quotes import Masked, Names, guarded, mask
from winloss.warehouse import models
from winloss.warehouse.database import CONFIG, frame

_READ_ONLY = 0o444

_WORDS = """
select verbatim_key, text from work.marts.verbatims where may_quote in ('named', 'unnamed')
"""

_PROMISES = "select promise_key, any_value(promise_text) from work.marts.promises group by all"

_SPANS = """
select codes.verbatim_key, codes.reason, codes.is_primary, codes.span_start, codes.span_end
from work.marts.codes inner join work.marts.verbatims using (verbatim_key)
where verbatims.may_quote in ('named', 'unnamed')
"""


def publish(
    work: Path, public: Path, *, names: Names, as_of: datetime, codebook_version: str, zone: str
) -> dict[str, int]:
    """Write the published copy of the closed work file; returns the rows of each table.

    Readers of the copy before finish undisturbed. Raises WarehouseError, leaving the copy
    before in place, when the new file does not hold what was written to it.
    """
    public.parent.mkdir(parents=True, exist_ok=True)
    temporary = public.with_name(f".{public.name}.part")
    for leftover in (temporary, temporary.with_name(temporary.name + ".wal")):
        leftover.unlink(missing_ok=True)
    written = _write(work, temporary, names, as_of, codebook_version, zone)
    _verify(temporary, written)
    temporary.chmod(_READ_ONLY)
    files.flush(temporary)
    temporary.replace(public)
    files.flush(public.parent)
    return written


def published_tables() -> list[str]:
    """The marts that are published: one file each in `sql/published`."""
    return sorted(path.stem for path in (resources.folder("sql") / "published").glob("*.sql"))


def _write(
    work: Path, target: Path, names: Names, as_of: datetime, codebook_version: str, zone: str
) -> dict[str, int]:
    with duckdb.connect(str(target), config=CONFIG) as connection:
        connection.execute(f"set timezone = '{zone}'")
        connection.execute(f"attach {models.quoted(str(work))} as work (read_only)")
        connection.execute("create schema marts")
        connection.execute("create schema seeds")
        connection.execute(models.sql("macros/marts"))
        _register_masked(connection, names)
        for name in published_tables():
            text = models.sql(f"published/{name}")
            connection.execute(f"create table marts.{name} as\n{text}")
        _copy_codebook(connection)
        connection.execute(
            "create table marts.published as select cast(? as timestamptz) as published_at,"
            " ? as codebook_version",
            [as_of, codebook_version],
        )
        models.comment(connection, ("marts", "seeds"))
        connection.unregister("masked_verbatims")
        connection.unregister("masked_spans")
        connection.unregister("masked_promises")
        connection.execute("detach work")
        connection.execute("checkpoint")
        return _counts(connection)


def _copy_codebook(connection: duckdb.DuckDBPyConnection) -> None:
    for name in models.PUBLISHED_SEEDS:
        connection.execute(f"create table seeds.{name} as from work.seeds.{name}")


def _register_masked(connection: duckdb.DuckDBPyConnection, names: Names) -> None:
    words = frame(connection, _WORDS)
    masked = {key: guarded(text, names) for key, text in words.iter_rows()}
    _register_texts(connection, "verbatim", masked)
    ours = frame(connection, _PROMISES).drop_nulls()
    _register_texts(
        connection, "promise", {key: mask(text, names) for key, text in ours.iter_rows()}
    )
    spans = frame(connection, _SPANS)
    moved = [
        (key, reason, primary, *_moved(masked[key], start, end))
        for key, reason, primary, start, end in spans.iter_rows()
    ]
    schema = dict(spans.schema)
    connection.register("masked_spans", pl.DataFrame(moved, schema=schema, orient="row").to_arrow())


def _register_texts(
    connection: duckdb.DuckDBPyConnection, what: str, masked: dict[str, Masked]
) -> None:
    """Let SQL read `masked_<what>s`: one row per key, with its text as printed."""
    schema = {f"{what}_key": pl.String, "text": pl.String}
    rows = [(key, each.text) for key, each in masked.items()]
    connection.register(
        f"masked_{what}s", pl.DataFrame(rows, schema=schema, orient="row").to_arrow()
    )


def _moved(masked: Masked, start: int, end: int) -> tuple[int, int]:
    """A span in the masked text; one that lies inside a mask keeps its first code point."""
    begin = masked.offset(start)
    return begin, max(masked.offset(end), begin + 1)


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
