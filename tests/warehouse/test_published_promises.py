"""What we promised leaves the work file without names, and without whom it was promised in vain."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from winloss import warehouse
from winloss.crm import shape
from winloss.quotes import Names

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
NAMES = Names.of(people=["Pippa Ravensdale"], companies=["Fernhill Foods"])


@pytest.fixture
def published(tmp_path: Path, recipe: warehouse.Recipe) -> Path:
    """The analysts' copy of a programme with one decision and one promise, heard by nobody."""
    work, public = tmp_path / "work.duckdb", tmp_path / "public.duckdb"
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
    with warehouse.writing(work, zone="UTC") as connection:
        for entity, row, of in (
            ("decisions", decision, shape.DECISIONS),
            ("promises", promise, shape.PROMISES),
        ):
            frame = pl.DataFrame([row], schema=of.columns)
            warehouse.load_records(connection, entity, frame, key=of.key, now=AT)
        warehouse.build(connection, recipe, as_of=AT)
    warehouse.publish(work, public, names=NAMES, as_of=AT, codebook_version="v", zone="UTC")
    return public


def test_masked(published: Path) -> None:
    """Our own words name neither the seller nor the account, and the remedy stays at home."""
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(
            "select decision_id, account_id, promise_text, has_remedy, standing from marts.promises"
        ).fetchall()
        columns = set(connection.table("marts.promises").columns)

    assert rows == [("d1", "a1", "[name] rings [company] weekly", True, "unheard")]
    assert "remedy" not in columns
