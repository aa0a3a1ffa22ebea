"""Unfolds responses into typed answers: those that changed, in bounded memory; gone ones leave."""

from collections.abc import Callable

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame, one_thread

UNFOLDED = ("responses", "answers")

STEPS = (
    "steps/current",
    "steps/outdated",
    "steps/changed",
    "macros/staging",
)
"""What decides how a response is unfolded, beside the models themselves."""

Signatures = Callable[[pl.DataFrame], pl.DataFrame]

_SIGNATURES = {"form_id": pl.String, "response_id": pl.String, "signature": pl.String}

_LEAVING = """
delete from staging.{name} where (form_id, response_id) in (
    select (form_id, response_id) from outdated
    union all
    select (form_id, response_id) from staging.responses
    anti join current using (form_id, response_id)
)
"""

_HIDDEN = "select form_id, response_id, hidden from changed"


def unfold(connection: duckdb.DuckDBPyConnection, signatures: Signatures) -> int:
    """Bring `staging.responses` and `staging.answers` up to raw.

    Only responses whose current line is not as unfolded last are unfolded; returns how many. What
    is the same for all is `staging.questions` and the seeds.
    """
    _step(connection, "current")
    _make_tables(connection)
    _step(connection, "outdated")
    for name in reversed(UNFOLDED):
        connection.execute(_LEAVING.format(name=name))
    _look_at_changed(connection)
    hidden = frame(connection, _HIDDEN).cast(pl.String)
    connection.register("signatures", signatures(hidden).to_arrow())
    _insert(connection)
    connection.unregister("signatures")
    connection.execute("drop view temp.changed")
    for name in ("current", "outdated"):
        connection.execute(f"drop table if exists temp.{name}")
    return hidden.height


def _insert(connection: duckdb.DuckDBPyConnection) -> None:
    with one_thread(connection):
        for name in UNFOLDED:
            text = models.sql(f"staging/{name}")
            connection.execute(f"insert into staging.{name} by name\n{text}")


def _step(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    text = models.sql(f"steps/{name}")
    connection.execute(f"create or replace temp table {name} as\n{text}")


def _look_at_changed(connection: duckdb.DuckDBPyConnection) -> None:
    # A view: lines stream through it, so that memory does not grow with their number.
    text = models.sql("steps/changed")
    connection.execute(f"create or replace temp view changed as\n{text}")


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables as their models would, without a row, unless they are there."""
    connection.execute("create or replace temp table outdated as from current limit 0")
    _look_at_changed(connection)
    connection.register("signatures", pl.DataFrame(schema=_SIGNATURES).to_arrow())
    for name in UNFOLDED:
        text = models.sql(f"staging/{name}")
        connection.execute(f"create table if not exists staging.{name} as\n{text}\nlimit 0")
    connection.unregister("signatures")
