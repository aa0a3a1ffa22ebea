"""What the cards say of a decision that came back: of the time that stands, and no other."""

from datetime import UTC, datetime
from typing import Any

import duckdb
import polars as pl
import pytest
from tests.sql.reports.marts import VALUES

from winloss.warehouse.reader import Reader

BEFORE = datetime(2026, 5, 20, 9, tzinfo=UTC)
SINCE = datetime(2026, 9, 10, 9, tzinfo=UTC)


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Add rows; what is not given is null."""
    connection.register("given", pl.from_dicts(rows, infer_schema_length=None).to_arrow())
    connection.execute(f"insert into {table} by name from given")
    connection.unregister("given")


@pytest.fixture
def card(connection: duckdb.DuckDBPyConnection) -> Reader:
    """Lost, and lost again; the same customer answered, by name, about both."""
    taken = {"decision_id": "d", "vote_key": "k", "retaken_count": 1, "decision_kind": "lost"}
    days = {"decided_on": SINCE.date(), "closes_on": SINCE.date(), "fetched_at": SINCE}
    decision = {"is_defection": True, "outcome": "competitor", "seller_id": "s"}
    state = {"ask_state": "answered", "seller_reason": "price_level"}
    insert(connection, "marts.decisions", [taken | days | decision | state])
    said = {"decision_id": "d", "vote_key": "k", "may_quote": "named", "may_see": True}
    answers = [
        said
        | {"response_key": key, "response_id": key, "form_kind": "lost_deal"}
        | {"retaken_count": count, "submitted_at": at, "fetched_at": at}
        for key, count, at in (("r1", 0, BEFORE), ("r2", 1, SINCE))
    ]
    insert(connection, "marts.responses", answers)
    asked = {"decided_on": SINCE.date(), "closes_on": SINCE.date(), "outcome": "competitor"}
    read = {"decision_fetched_at": SINCE, "response_fetched_at": SINCE, "submitted_at": SINCE}
    heard = {"decision_id": "d", "vote_key": "k", "decision_kind": "lost", "may_see": True}
    answer = {"response_key": "r2", "response_id": "r2", "has_invitations": False}
    insert(connection, "marts.coverage", [asked | read | heard | answer])
    return Reader(connection)


@pytest.mark.parametrize("name", ["know_why_card", "seller_card"])
def test_words_are_of_the_time_that_stands(card: Reader, name: str) -> None:
    """What was said of the first loss is quoted beside no verdict on the second."""
    found = card.report(name, **VALUES, seller="s")

    assert found["named_ids"].to_list() == [["r2"]]
