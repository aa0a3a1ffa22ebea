"""What we promised leaves the work file without names, and only where somebody speaks of it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss import warehouse
from winloss.crm import shape
from winloss.quotes import Names

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
NAMES = Names.of(people=["Pippa Ravensdale"], companies=["Fernhill Foods"])


@pytest.fixture
def work(tmp_path: Path, recipe: warehouse.Recipe) -> Path:
    """The work file of a programme with one decision and one promise, heard by nobody."""
    path = tmp_path / "work.duckdb"
    decision = {
        "decision_id": "d1",
        "account_id": "a1",
        "decision_kind": "lost",
        "decided_on": date(2026, 5, 1),
    }
    promise = {
        "promise_id": "p1",
        "decision_id": "d1",
        "promise_text": "Pippa rings Fernhill Foods weekly",
        "remedy": "Pippa pays the lunch",
        "recorded_at": datetime(2026, 4, 1, 9, tzinfo=UTC),
    }
    with warehouse.writing(path, zone="UTC") as connection:
        for entity, row, of in (
            ("decisions", decision, shape.DECISIONS),
            ("promises", promise, shape.PROMISES),
        ):
            frame = pl.DataFrame([row], schema=of.columns)
            warehouse.load_records(connection, entity, frame, key=of.key, now=AT)
        warehouse.build(connection, recipe, as_of=AT)
    return path


def published(work: Path) -> list[tuple[Any, ...]]:
    """The promises of the analysts' copy; the remedy stays at home."""
    public = work.with_name("public.duckdb")
    warehouse.publish(work, public, names=lambda _: NAMES, as_of=AT, zone="UTC")
    with duckdb.connect(str(public), read_only=True) as connection:
        assert "remedy" not in connection.table("marts.promises").columns
        return connection.execute(
            "select decision_id, account_id, promise_text, has_remedy, standing from marts.promises"
        ).fetchall()


def test_masked(work: Path) -> None:
    """Our own words name neither the seller nor the account."""
    with duckdb.connect(str(work)) as connection:
        connection.execute(
            "insert into marts.responses (response_key, decision_id, vote_key, may_see, may_quote)"
            " values ('f/r', 'd1', 'v1', true, 'named')"
        )
        connection.execute("update marts.promises set response_key = 'f/r', standing = 'open'")

    assert published(work) == [("d1", "a1", "[name] rings [company] weekly", True, "open")]


def test_bare_where_nobody_speaks_of_it(work: Path) -> None:
    """Were it shown, a promise that is missing would be one spoken of in confidence."""
    assert published(work) == [(None, None, None, None, "unheard")]
