"""Alerts: which cases each tells of, kept so that no case is told twice."""

from datetime import UTC, datetime

import duckdb
import polars as pl

from winloss.reporting import Edition
from winloss.warehouse.editions import opened
from winloss.warehouse.lending import lending
from winloss.weeks import Week


def open_alert(
    connection: duckdb.DuckDBPyConnection, edition: Edition, cases: pl.DataFrame
) -> None:
    """Open an alert's edition and bind its cases (`response_key`, `harm`) to it, at once."""
    connection.execute("begin")
    opened(connection, edition)
    bound = cases.select(
        "response_key",
        "harm",
        edition_id=pl.lit(edition.edition_id),
        as_of=pl.lit(edition.as_of),
    )
    with lending(connection, "bound", bound):
        connection.execute("insert into ops.alerts by name from bound")
    connection.execute("commit")


def untold(connection: duckdb.DuckDBPyConnection) -> tuple[Edition, ...]:
    """The alerts opened and not told to everybody yet, the oldest first."""
    rows = connection.execute(
        "select report, week, audience, as_of from ops.editions where edition_id in"
        " (select edition_id from ops.alerts where told_at is null) order by as_of, edition_id"
    ).fetchall()
    return tuple(
        Edition(report, Week.parse(week), audience, as_of.astimezone(UTC))
        for report, week, audience, as_of in rows
    )


def told(connection: duckdb.DuckDBPyConnection, edition: Edition, now: datetime) -> None:
    """Note that every reader has this alert, or may have it."""
    connection.execute(
        "update ops.alerts set told_at = ? where edition_id = ?", [now, edition.edition_id]
    )
