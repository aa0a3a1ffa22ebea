"""Who was heard in confidence about an earlier time of a decision is not told apart in the copy."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests.warehouse import words
from tests.warehouse.words import AT, PRICE, SLOW

from winloss import warehouse
from winloss.quotes import Names
from winloss.warehouse import veiling

KEYS = ("response_key", "response_id", "vote_key")
SEEN = [
    f"update marts.{mart} set may_see = true where response_id = 'r1'"
    for mart in ("responses", "decision_reasons")
]


def export(connection: duckdb.DuckDBPyConnection, kind: str, *, days: int, on: int | None) -> None:
    """One decision as an export says so many days on, and another that was taken once."""
    rows = [
        {"decision_id": "d", "decision_kind": kind, "decided_on": on and AT + timedelta(days=on)},
        {"decision_id": "once", "decision_kind": "lost", "decided_on": AT},
    ]
    frame = pl.DataFrame(rows).with_columns(pl.col("decided_on").dt.date())
    at = AT + timedelta(days=days)
    warehouse.load_records(connection, "decisions", frame, key="decision_id", now=at)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, recipe: warehouse.Recipe) -> Path:
    """A loss heard in confidence, reopened and lost again; and another heard as r2 was."""
    home = tmp_path_factory.mktemp("times")
    with warehouse.writing(home / "work.duckdb") as connection:
        export(connection, "lost", days=1, on=1)
        words.land(home / "landing", {"r1": PRICE}, days=5, decision_id="d")
        words.land(home / "landing", {"r2": SLOW}, days=5, decision_id="once")
        words.build(connection, recipe, home / "landing", days=6)
        export(connection, "open", days=20, on=None)
        export(connection, "lost", days=41, on=40)
        words.build(connection, recipe, home / "landing", days=60)
    return home / "work.duckdb"


def keyed(connection: duckdb.DuckDBPyConnection, found: dict[str, str]) -> dict[str, set[str]]:
    """Which relations of the copy hold one of the keys, by what the key is."""
    columns = connection.execute(
        "select column_name, table_name from duckdb_columns() where schema_name = 'marts'"
    ).fetchall()
    return {
        key: {
            table
            for column, table in columns
            if column == key
            and connection.execute(
                f"select count(*) from marts.{table} where {key} = ?", [found[key]]
            ).fetchall()
            != [(0,)]
        }
        for key in KEYS
    }


def published(work: Path, response_id: str, *changes: str) -> dict[str, set[str]]:
    """Which relations of the copy hold a response of the work file."""
    public = work.with_name("public.duckdb")
    with duckdb.connect(str(work)) as connection:
        for change in changes:
            connection.execute(change)
        row = connection.execute(
            f"select {', '.join(KEYS)} from marts.responses where response_id = ?", [response_id]
        ).fetchall()[0]
    warehouse.publish(work, public, names=lambda _: Names.of(), as_of=AT, zone="UTC")
    with duckdb.connect(str(public), read_only=True) as connection:
        return keyed(connection, dict(zip(KEYS, row, strict=True)))


def test_an_earlier_time_in_confidence(work: Path) -> None:
    """Nothing of it is there: else it alone would be no driver and no departure."""
    ordinary, earlier = published(work, "r2"), published(work, "r1")

    assert {"responses", "heard", "decision_reasons", "answers", "drivers"} <= ordinary[KEYS[0]]
    # As of any loss that nobody was heard about.
    assert earlier == {"response_key": set(), "response_id": set(), "vote_key": {"coverage"}}


def test_an_earlier_time_told_openly(work: Path) -> None:
    """What they allow to be seen stands there, though it is no reason for the time that stands."""
    held = published(work, "r1", *SEEN)

    assert {"responses", "heard", "decision_reasons", "answers"} <= held["response_key"]
    assert "drivers" not in held["response_key"]


@pytest.fixture
def many() -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy beside a work file of very many responses, of which every third is left out."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("attach ':memory:' as work")
        connection.execute("create schema work.marts")
        connection.execute(
            "create table work.marts.responses as select i % 3 as vote_key, false as may_see,"
            " 0 as retaken_count, md5(i::varchar) as response_key from range(400000) as rows (i)"
        )
        connection.execute(
            "create table work.marts.decisions as"
            " select i as vote_key, if(i = 0, 1, 0) as retaken_count from range(3) as rows (i)"
        )
        yield connection


def test_the_order_stays(many: duckdb.DuckDBPyConnection) -> None:
    """A row tells nothing by its place either; what has no key, such as a word, stays."""
    query = (
        "select nullif(response_key, md5('7')) as response_key, response_key as place"
        " from work.marts.responses order by place"
    )
    with veiling.untold(many) as told:
        many.execute(f"create table copy as {told(query)}")

    places = many.sql("select place from copy").pl()["place"]
    assert places.is_sorted()
    assert (
        len(places)
        == many.execute("select count(*) from work.marts.responses where vote_key != 0").fetchall()[
            0
        ][0]
    )
