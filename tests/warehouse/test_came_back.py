"""A decision that was lost, reopened and lost again keeps its past, also when made anew."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from tests.warehouse import words
from tests.warehouse.words import AT, PRICE, SLOW

from winloss import warehouse
from winloss.warehouse import models

pytestmark = pytest.mark.slow

Rows = list[tuple[Any, ...]]
OPEN_DAYS, AGAIN, LATEST = 20, 40, 60
"""Days after the first loss: reopened, lost again, and the last export."""


def export(connection: duckdb.DuckDBPyConnection, kind: str, *, days: int, on: int | None) -> None:
    """The decision as an export says so many days after the first loss."""
    row = {
        "decision_id": "d",
        "decision_kind": kind,
        "decided_on": None if on is None else (AT + timedelta(days=on)).date(),
    }
    frame = pl.DataFrame([row], schema_overrides={"decided_on": pl.Date})
    at = AT + timedelta(days=days)
    warehouse.load_records(connection, "decisions", frame, key="decision_id", now=at)


def log(connection: duckdb.DuckDBPyConnection, value: str, *, days: int) -> None:
    """The reason our side logged, so many days after the first loss."""
    at = AT + timedelta(days=days)
    row = {"decision_id": "d", "seller_id": "s", "seller_value": value, "recorded_at": at}
    frame = pl.DataFrame([row])
    warehouse.load_records(connection, "seller_reasons", frame, key="decision_id", now=at)


@pytest.fixture
def work(tmp_path: Path, recipe: warehouse.Recipe) -> Path:
    """The work file of a programme in which a deal was lost, reopened and lost again."""
    path = tmp_path / "work.duckdb"
    landing = tmp_path / "landing"
    with warehouse.writing(path) as connection:
        export(connection, "lost", days=1, on=0)
        log(connection, "price", days=1)
        words.land(landing, {"r1": PRICE}, days=5, decision_id="d")
        words.build(connection, recipe, landing, days=6)
        export(connection, "open", days=OPEN_DAYS, on=None)
        export(connection, "lost", days=AGAIN + 1, on=AGAIN)
        log(connection, "support", days=AGAIN + 2)
        words.land(landing, {"r2": SLOW}, days=AGAIN + 5, decision_id="d")
        words.build(connection, recipe, landing, days=LATEST)
    return path


def history(connection: duckdb.DuckDBPyConnection) -> Rows:
    """Every state, by the days after the first loss between which it held."""
    rows = connection.execute(
        "select decision_kind, holds_from, holds_until, retaken_count from marts.decision_history"
        " order by holds_from"
    ).fetchall()
    return [(kind, day(start), end and day(end), count) for kind, start, end, count in rows]


def day(at: datetime) -> int:
    """How many days after that of the first loss."""
    return (at.date() - AT.date()).days


def compared(connection: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    """Our reason, and the response whose reason stands beside it."""
    query = """
        select distinct decisions.seller_reason, decision_reasons.response_id
        from marts.decisions
        inner join marts.decision_reasons using (decision_id)
        where decision_reasons.is_theirs
    """
    ((ours, theirs),) = connection.execute(query).fetchall()
    return ours, theirs


def test_every_state_is_kept(work: Path) -> None:
    """What it was, from when until when, and how often it was taken again."""
    with warehouse.reading(work) as connection:
        assert history(connection) == [
            ("lost", 0, OPEN_DAYS, 0),
            ("open", OPEN_DAYS, AGAIN, 0),
            ("lost", AGAIN, None, 1),
        ]


def test_the_verdict_is_of_the_time(work: Path, recipe: warehouse.Recipe) -> None:
    """The new loss is compared with what was logged for it; an old edition with its own time."""
    with warehouse.reading(work) as connection:
        now = compared(connection)
    with warehouse.as_of(work, recipe, AT + timedelta(days=10), zone="UTC") as connection:
        then, states = compared(connection), history(connection)

    assert now == ("support", "r2")
    assert then == ("price_level", "r1")
    assert states == [("lost", 0, None, 0)]


def asked(connection: duckdb.DuckDBPyConnection) -> Rows:
    """How far asking got for the decision, by days after the first loss, and what was found."""
    query = """
        select retaken_count, ask_state, verdict, days_to_answer, closes_on from marts.decisions
    """
    rows = connection.execute(query).fetchall()
    return [(*row, (closes_on - AT.date()).days) for *row, closes_on in rows]


def rated(connection: duckdb.DuckDBPyConnection, *, days: int) -> Rows:
    """What a report counts whose thirteen weeks end so many days after the first loss."""
    to = (AT + timedelta(days=days)).date()
    values = {
        "from": to - timedelta(days=91),
        "to": to,
        "as_of": AT + timedelta(days=days),
        "team": None,
        "zone": "UTC",
    }
    rows = connection.execute(models.sql("reports/coverage"), values).fetchall()
    return [row[:3] for row in rows]


def invite(connection: duckdb.DuckDBPyConnection, *, days: int) -> None:
    """Ask about the decision, so many days after the first loss, until thirty days later."""
    at = AT + timedelta(days=days)
    row = {
        "invitation_id": f"i{days}",
        "form_kind": "lost_deal",
        "decision_id": "d",
        "respondent": "p",
        "sent_at": at,
        "closes_at": at + timedelta(days=30),
    }
    frame = pl.DataFrame([row])
    warehouse.load_records(connection, "invitations", frame, key="invitation_id", now=at)


@pytest.mark.parametrize("is_heard", [False, True])
def test_lost_again_is_not_silent(
    tmp_path: Path, recipe: warehouse.Recipe, *, is_heard: bool
) -> None:
    """Neither an invitation nor an answer of the first loss is one of the second."""
    landing = tmp_path / "landing"
    path = tmp_path / "work.duckdb"
    with warehouse.writing(path) as connection:
        export(connection, "lost", days=1, on=0)
        invite(connection, days=1)
        if is_heard:
            words.land(landing, {"r1": PRICE}, days=5, decision_id="d")
        export(connection, "open", days=60, on=None)
        export(connection, "lost", days=202, on=200)
        words.build(connection, recipe, landing, days=202)
        fresh = asked(connection), rated(connection, days=202)
        words.build(connection, recipe, landing, days=250)
        over = asked(connection), rated(connection, days=250)
    with warehouse.as_of(path, recipe, AT + timedelta(days=50), zone="UTC") as connection:
        before = asked(connection)

    assert before[0][:2] == (0, "answered" if is_heard else "closed_silent")
    assert fresh == ([(1, "not_due", None, None, 245)], [(False, "not_due", 1)])
    assert over == ([(1, "never_asked", "silent", None, 245)], [(True, "never_asked", 1)])


def test_asked_again(tmp_path: Path, recipe: warehouse.Recipe) -> None:
    """Invited and heard about the second loss, it counts by that alone."""
    landing = tmp_path / "landing"
    with warehouse.writing(tmp_path / "work.duckdb") as connection:
        export(connection, "lost", days=1, on=0)
        invite(connection, days=1)
        words.land(landing, {"r1": PRICE}, days=5, decision_id="d")
        export(connection, "open", days=60, on=None)
        export(connection, "lost", days=202, on=200)
        invite(connection, days=203)
        words.build(connection, recipe, landing, days=204)
        running = asked(connection)
        words.land(landing, {"r2": SLOW}, days=206, decision_id="d")
        words.build(connection, recipe, landing, days=207)
        heard = asked(connection)

    assert running == [(1, "open", None, None, 233)]
    assert heard == [(1, "answered", "unstated", 6, 233)]


def test_another_kind_without_reopening(tmp_path: Path, recipe: warehouse.Recipe) -> None:
    """Lost, won, then lost again is taken three times, and an old answer is of the first."""
    landing = tmp_path / "landing"
    with warehouse.writing(tmp_path / "work.duckdb") as connection:
        export(connection, "lost", days=1, on=0)
        words.land(landing, {"r1": PRICE}, days=5, decision_id="d")
        export(connection, "won", days=61, on=60)
        export(connection, "lost", days=202, on=200)
        words.build(connection, recipe, landing, days=220)

        assert [(kind, count) for kind, *_, count in history(connection)] == [
            ("lost", 0),
            ("won", 1),
            ("lost", 2),
        ]
        assert asked(connection) == [(2, "unknown", "silent", None, 245)]
