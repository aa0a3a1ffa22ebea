"""Unfolds responses into typed answers: those that changed, in bounded memory; gone ones leave."""

from collections.abc import Callable

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame

UNFOLDED = ("responses", "answers")

STEPS = (
    "steps/current",
    "steps/outdated",
    "steps/changed",
    "steps/received",
    "macros/staging",
)
"""What decides how a response is unfolded, beside the models themselves."""

Signatures = Callable[[pl.DataFrame], pl.DataFrame]

_SIGNATURES = {"form_id": pl.String, "response_id": pl.String, "signature": pl.String}

_BATCHES = """
select batch, min(line) as first_line, max(line) as last_line from outdated
group by batch order by batch
"""

_LEAVING = """
delete from staging.{name} where (form_id, response_id) in (
    select (form_id, response_id) from outdated
    union all
    select (form_id, response_id) from staging.responses
    anti join current using (form_id, response_id)
)
"""

_HIDDEN = """
select form_id, response_id, cast(item -> '$.hidden' as varchar) as hidden from changed
"""


def unfold(connection: duckdb.DuckDBPyConnection, signatures: Signatures) -> int:
    """Bring `staging.responses` and `staging.answers` up to raw.

    Only responses whose current line is not as unfolded last are unfolded, a batch of lines at a
    time; returns how many. What is the same for all is `staging.questions` and the seeds.
    """
    _step(connection, "current")
    _make_tables(connection)
    _step(connection, "outdated")
    for name in reversed(UNFOLDED):
        connection.execute(_LEAVING.format(name=name))
    count = 0
    for batch, first_line, last_line in connection.execute(_BATCHES).fetchall():
        _step(connection, "changed", batch=batch, first_line=first_line, last_line=last_line)
        _step(connection, "received")
        hidden = frame(connection, _HIDDEN).cast(pl.String)
        connection.register("signatures", signatures(hidden).to_arrow())
        for name in UNFOLDED:
            text = models.sql(f"staging/{name}")
            connection.execute(f"insert into staging.{name} by name\n{text}")
        connection.unregister("signatures")
        count += hidden.height
    for name in ("current", "outdated", "changed", "received"):
        connection.execute(f"drop table if exists temp.{name}")
    return count


def _step(connection: duckdb.DuckDBPyConnection, name: str, **values: int) -> None:
    text = models.sql(f"steps/{name}")
    connection.execute(f"create or replace temp table {name} as\n{text}", values or None)


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables as their models would, without a row, unless they are there."""
    connection.execute("create or replace temp table outdated as select *, 0 as batch from current")
    connection.execute("delete from outdated")
    _step(connection, "changed", batch=0, first_line=0, last_line=-1)
    _step(connection, "received")
    connection.register("signatures", pl.DataFrame(schema=_SIGNATURES).to_arrow())
    for name in UNFOLDED:
        text = models.sql(f"staging/{name}")
        connection.execute(f"create table if not exists staging.{name} as\n{text}\nlimit 0")
    connection.unregister("signatures")
