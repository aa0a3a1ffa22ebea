"""What the analysts' copy holds of loyalty and trust ties no confidence to anybody."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


@pytest.fixture
def both(finished: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The work file, with the analysts' copy attached as `published`."""
    with duckdb.connect(str(finished / "warehouse.duckdb"), read_only=True) as connection:
        copy = finished / "published" / "winloss.duckdb"
        connection.execute(f"attach '{copy}' as published (read_only)")
        yield connection


def count(both: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(both.execute(f"select count(*) from {query}").fetchall()[0][0])


@pytest.mark.parametrize("fact", ["rival", "days_since", "is_current"])
def test_no_fact_of_a_confidence(both: duckdb.DuckDBPyConnection, fact: str) -> None:
    """What would tell the decision or the account stands only beside an open answer."""
    rows = f"published.marts.loyalty join marts.heard using (response_key) where {fact} is not null"

    assert count(both, f"{rows} and not heard.may_see") == 0
    assert count(both, f"{rows} and heard.may_see") > 0


def test_nothing_of_an_earlier_confidence(both: duckdb.DuckDBPyConnection) -> None:
    """What an account said before is shown only where all its pulses are open."""
    confided = "select account_id from marts.heard where form_kind = 'pulse' and not may_see"
    rows = (
        "published.marts.loyalty join marts.heard using (response_key) "
        "where previous_would_move is not null and account_id"
    )

    assert count(both, f"{rows} in ({confided})") == 0
    assert count(both, f"{rows} not in ({confided})") > 0


@pytest.mark.parametrize("lens", ["loyalty", "trust"])
def test_every_answer_is_counted(both: duckdb.DuckDBPyConnection, lens: str) -> None:
    """A confidence is in the totals: every response has its row."""
    assert count(both, f"published.marts.{lens}") == count(both, f"marts.{lens}") > 0
