"""Unfolds responses into typed answers and words: those that changed, in bounded memory."""

from collections.abc import Callable
from contextlib import nullcontext

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame, one_thread, setting
from winloss.warehouse.lending import held, lending

_TYPED = ("responses", "answers")
UNFOLDED = (*_TYPED, "verbatims")

STEPS = (
    "steps/forms",
    "steps/touched",
    "steps/current",
    "steps/outdated",
    "steps/changed",
    "steps/renewed",
    "macros/staging",
)
"""What decides how a response is unfolded, beside the models themselves."""

Signatures = Callable[[pl.DataFrame], pl.DataFrame]

_SIGNATURES = {"form_id": pl.String, "response_id": pl.String, "signature": pl.String}

# DuckDB shares rows held in Arrow among threads by their batches.
_BATCH_ROWS = 2_048

# How many rows are lent it does not know; it would take them for few, and hash them for each join.
_AS_WRITTEN = "'build_side_probe_side'"

# Of some more that several threads insert, DuckDB 2.0 shows none before the commit.
_MOST_TOGETHER = 100_000

_COUNTS = "select count(*), sum(answer_count) from changed"

_MOST_WORDS = """
select sum(answer_count) from staging.responses semi join renewed using (response_key)
"""

# What landed by other ways, or before lines were read when they land.
_READ = """
update raw.responses set said = staging.said(staging.head(item), item) where said is null
"""

_STAGED = """
select table_name from duckdb_tables()
where schema_name = 'staging' and database_name = current_database()
"""

_NONE_TOUCHED = """
create or replace temp table touched as
select form_id, response_id, 0::ubigint as lines_hash from raw.responses limit 0
"""

_LEAVING = """
create or replace temp table leaving as
select unfolded.response_key from staging.responses as unfolded
where (form_id, response_id) in (
    select (form_id, response_id) from outdated
    union all
    select (form_id, response_id) from touched anti join current using (form_id, response_id)
)
"""

_LEAVE = "delete from staging.{name} where response_key in (from {gone})"

# Of those that stay as they are: it was another of their lines that changed.
_KEEP = """
update staging.responses as unfolded set lines_hash = current.lines_hash from current
where unfolded.form_id = current.form_id and unfolded.response_id = current.response_id
    and unfolded.lines_hash is distinct from current.lines_hash
"""


def staged(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the tables of staging."""
    return {name for (name,) in connection.execute(_STAGED).fetchall()}


def read_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """Read what decides between lines from those that it was not read from when they landed."""
    connection.execute(_READ)


def unfold(connection: duckdb.DuckDBPyConnection, signatures: Signatures) -> int:
    """Bring `staging.responses`, `staging.answers` and `staging.verbatims` up to raw.

    Only responses whose current line is not as unfolded last are unfolded; returns how many. Words
    are also read anew where a decision turned. What is the same for all is `staging.questions`,
    `staging.decisions` and the seeds.
    """
    read_lines(connection)
    _make_tables(connection)
    for name in ("forms", "touched", "current", "outdated"):
        _step(connection, name)
    connection.execute(_LEAVING)
    for name in _TYPED:
        connection.execute(_LEAVE.format(name=name, gone="leaving"))
    connection.execute(_KEEP)
    count = _unfold_batches(connection, signatures)
    _renew_words(connection)
    for name in ("forms", "touched", "current", "leaving", "due", "renewed"):
        connection.execute(f"drop table temp.{name}")
    return count


def _unfold_batches(connection: duckdb.DuckDBPyConnection, signatures: Signatures) -> int:
    """Unfold what is outdated, some of it at a time; returns how many responses it was."""
    connection.execute("alter table temp.outdated rename to due")
    batches = connection.execute("select distinct batch from due order by all").fetchall()
    count = 0
    for (batch,) in batches:
        connection.execute(
            f"create or replace temp view outdated as from due where batch = {batch}"
        )
        count += _unfold_batch(connection, signatures)
    connection.execute("drop view if exists temp.outdated")
    return count


def _unfold_batch(connection: duckdb.DuckDBPyConnection, signatures: Signatures) -> int:
    rows = held(connection, models.sql("steps/changed"), batch_rows=_BATCH_ROWS)
    with lending(connection, "changed", rows):
        del rows
        hidden = frame(connection, "select form_id, response_id, hidden from changed")
        with lending(connection, "signatures", signatures(hidden.cast(pl.String))):
            counts = connection.execute(_COUNTS).fetchall()[0]
            with setting(connection, "disabled_optimizers", _AS_WRITTEN):
                for name, most_rows in zip(_TYPED, counts, strict=True):
                    _insert(connection, name, most_rows or 0)
    return hidden.height


def _renew_words(connection: duckdb.DuckDBPyConnection) -> None:
    _step(connection, "renewed")
    connection.execute(_LEAVE.format(name="verbatims", gone="renewed"))
    if not connection.execute("from staging.verbatims limit 1").fetchall():
        models.replace(connection, "staging", "verbatims")
        return
    most_rows = connection.execute(_MOST_WORDS).fetchall()[0][0]
    _insert(connection, "verbatims", most_rows or 0)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, most_rows: int) -> None:
    with one_thread(connection) if most_rows > _MOST_TOGETHER else nullcontext():
        text = models.sql(f"staging/{name}")
        connection.execute(f"insert into staging.{name} by name\n{text}")


def _step(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    text = models.sql(f"steps/{name}")
    connection.execute(f"create or replace temp table {name} as\n{text}")


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables as their models would, without a row, unless they are there."""
    if set(UNFOLDED) <= staged(connection):
        return
    connection.execute(_NONE_TOUCHED)
    _step(connection, "forms")
    _step(connection, "current")
    connection.execute("create or replace temp table outdated as select *, 0 as batch from current")
    connection.execute(f"create or replace temp view changed as\n{models.sql('steps/changed')}")
    connection.execute("create or replace temp table renewed (response_key varchar)")
    with lending(connection, "signatures", pl.DataFrame(schema=_SIGNATURES)):
        for name in UNFOLDED:
            text = models.sql(f"staging/{name}")
            connection.execute(f"create table if not exists staging.{name} as\n{text}\nlimit 0")
    connection.execute("drop view temp.changed")
