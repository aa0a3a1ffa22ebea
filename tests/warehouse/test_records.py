"""Rows of our own systems: append-only, one version each, whatever is exported again."""

from datetime import UTC, datetime, timedelta

import duckdb
import polars as pl

from winloss import warehouse

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
SCHEMA = pl.Schema(
    {
        "decision_id": pl.String(),
        "seller_value": pl.String(),
        "recorded_at": pl.Datetime("us", "UTC"),
    }
)
EARLY = ("d1", "price", AT - timedelta(days=9))
LATE = ("d1", "onboarding", AT - timedelta(days=3))


def load(
    connection: duckdb.DuckDBPyConnection, rows: list[tuple[str, str, datetime]], week: int
) -> int:
    """Load an export of logged reasons, `week` weeks after the first."""
    return warehouse.load_records(
        connection,
        "seller_reasons",
        pl.DataFrame(rows, schema=SCHEMA, orient="row"),
        key="decision_id",
        now=AT + timedelta(weeks=week),
    )


def test_same_export_adds_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """Several reasons of one decision, exported again every week, stay as many as they are."""
    counts = [load(connection, [EARLY, LATE], week) for week in range(3)]

    assert counts == [2, 0, 0]


def test_a_value_that_came_back_is_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Price, then onboarding, then price again: the last export is what counts."""
    counts = [
        load(connection, [EARLY], 0),
        load(connection, [LATE], 1),
        load(connection, [EARLY], 2),
        load(connection, [EARLY], 3),
    ]

    assert counts == [1, 1, 1, 0]


def test_an_added_reason_leaves_the_others(connection: duckdb.DuckDBPyConnection) -> None:
    """A second reason is one row more, not the first one again."""
    counts = [load(connection, [EARLY], 0), load(connection, [EARLY, LATE], 1)]

    assert counts == [1, 1]


def test_a_clock_that_jumps_back_rewrites_no_edition(connection: duckdb.DuckDBPyConnection) -> None:
    """What is loaded after an edition was opened was not known to it, whatever the clock says."""
    opened_at = AT + timedelta(weeks=1)
    connection.execute(
        "insert into ops.editions values ('e', 'weekly', '2026-W41', 'all', ?, null)", [opened_at]
    )

    assert warehouse.learned_at(connection, AT) > opened_at
    assert warehouse.learned_at(connection, opened_at + timedelta(hours=1)) == (
        opened_at + timedelta(hours=1)
    )
