"""An analyst who wants to know who said what in confidence finds nothing to hold on to."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

KEYED = ("coverage", "decision_reasons", "drivers", "know_why", "promises", "ratings", "responses")
CONFIDED = "(select vote_key from marts.responses where not may_see and vote_key is not null)"


@pytest.fixture
def published(finished: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The analysts' copy, in the programme's time zone."""
    path = finished / "published" / "winloss.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set timezone = 'Europe/Berlin'")
        yield connection


def days(published: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every column with an opaque key beside it that holds a day or an instant."""
    return published.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
        " and data_type in ('DATE', 'TIMESTAMP WITH TIME ZONE')"
        " and column_name not in ('fetched_at', 'response_fetched_at', 'decision_fetched_at')"
        " and table_name in (select table_name from duckdb_columns()"
        " where schema_name = 'marts' and column_name = 'vote_key')"
    ).fetchall()


def test_no_day_beside_a_confidence(published: duckdb.DuckDBPyConnection) -> None:
    """Beside what was said in confidence stand weeks, never a day that a decision has too."""
    assert len(days(published)) > 5
    for table, column in days(published):
        found = published.execute(
            f"select distinct extract(isodow from {column}), extract(hour from {column}::timestamp)"
            f" from marts.{table} where vote_key in {CONFIDED} and {column} is not null"
        ).fetchall()

        assert set(found) <= {(1, 0)}, (table, column)


def test_no_order_to_read(published: duckdb.DuckDBPyConnection) -> None:
    """Rows lie in the order of opaque keys or response ids, not in that of the decisions."""
    for table in (*KEYED, "seller_reasons"):
        keys = published.execute(f"select * from marts.{table} order by rowid").fetchall()
        first = [str(row[0 if table in ("coverage", "know_why") else 1]) for row in keys]
        if table in ("coverage", "know_why", "seller_reasons"):
            assert first == sorted(first), table
        else:
            ids = published.execute(
                f"select coalesce(response_key, '') from marts.{table}"
            ).fetchall()
            assert ids == sorted(ids), table


def test_our_side_of_a_confidence_is_bare(published: duckdb.DuckDBPyConnection) -> None:
    """Nothing of what we logged tells which decision an opaque key is."""
    logged = published.execute(
        "select distinct decision_id, seller_value, confidence from marts.seller_reasons"
        f" where vote_key in {CONFIDED}"
    ).fetchall()
    shown = published.execute(
        "select count(*) from marts.decisions where ask_state = 'answered' and verdict is null"
        " and answered_at is null and seller_reason is not null"
    ).fetchall()

    assert logged == [(None, None, None)]
    assert shown == [(0,)]


def test_a_rival_is_a_value_not_words(published: duckdb.DuckDBPyConnection) -> None:
    """What a customer typed as the rival's name is published only where the CRM knows it."""
    said = published.execute(
        "select count(*) filter (competitor_said in (select competitor from marts.decisions)),"
        " count(competitor_said) from marts.decisions"
    ).fetchall()[0]

    assert said[1] > 0
    assert said[0] == said[1]


def test_our_promise_to_a_confidant_is_bare(published: duckdb.DuckDBPyConnection) -> None:
    """Beside a confidence stand the verdicts of both sides, not what was promised, when or to whom.

    The decision of a confidence has no promise of its own either, whose absence could be read.
    """
    beside = published.execute(
        "select distinct promise_key, decision_id, account_id, promise_text, promised_by,"
        " promise_due_on, recorded_at from marts.promises"
        " where response_key in (select response_key from marts.responses where not may_see)"
    ).fetchall()
    alone = published.execute(
        "select count(*) from marts.promises where response_key is null"
        " and (not may_see and promise_text is not null or vote_key is not null)"
    ).fetchall()
    shown = published.execute(
        "select count(*) from marts.promises where may_see and promise_text is not null"
    ).fetchall()

    assert beside == [(None,) * 7]
    assert alone == [(0,)]
    assert shown[0][0] > 50
