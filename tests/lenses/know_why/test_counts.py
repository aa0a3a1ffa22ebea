"""Did we know why, counted: as of an instant, by its moment, one decision one vote."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest
from tests.lenses.harness import PERIOD
from tests.lenses.know_why.judged import SAID, put

from winloss.warehouse import Reader, models


@pytest.fixture
def decided(connection: duckdb.DuckDBPyConnection) -> Callable[..., None]:
    """One defection of the window, heard of on 2 September, with what each side said."""

    def decide(key: str, theirs: list[str], ours: list[dict[str, Any]]) -> None:
        about = {"vote_key": key, "response_id": f"r-{key}", "may_see": True}
        put(
            connection,
            "marts.coverage",
            **about,
            closes_on=date(2026, 9, 1),
            submitted_at=SAID,
            response_fetched_at=SAID,
            decision_fetched_at=SAID,
        )
        for reason in theirs:
            put(
                connection,
                "marts.drivers",
                **about,
                retaken_count=0,
                source="written",
                reason=reason,
                parent=reason,
                label=reason,
                is_primary=True,
                is_theirs=True,
                closes_on=date(2026, 9, 1),
                submitted_at=SAID,
                fetched_at=SAID,
            )
        for said in ours:
            at = said.pop("at")
            row = {"is_knowing": True, "is_before_answer": at < SAID, "recorded_at": at}
            row["retaken_count"] = 0
            reason = said["reason"]
            names = {"parent": reason, "label": reason, "vote_key": key, "fetched_at": at}
            put(connection, "marts.seller_reasons", **{**row, **names, **said})
        models.replace(connection, "marts", "know_why")

    return decide


EARLY = datetime(2026, 8, 1, tzinfo=UTC)
LATE = datetime(2026, 9, 20, tzinfo=UTC)


def report(
    connection: duckdb.DuckDBPyConnection, name: str, **values: Any
) -> list[tuple[Any, ...]]:
    """The rows of a query, without their ids."""
    found = Reader(connection).report(name, **{**PERIOD, **values})
    return found.select(each for each in found.columns if not each.endswith("_ids")).rows()


def test_the_last_word_counts_as_of_then(
    connection: duckdb.DuckDBPyConnection, decided: Callable[..., None]
) -> None:
    """An edition's figures come out again although a seller has thought better of it since."""
    decided(
        "k",
        ["onboarding"],
        [
            {"reason": "price", "at": EARLY, "superseded_at": LATE},
            {"reason": "onboarding", "at": LATE},
        ],
    )

    before = report(connection, "know_why", as_of=datetime(2026, 9, 10, tzinfo=UTC))
    now = report(connection, "know_why")

    assert (before, now) == ([("wrong", 1)], [("right", 1)])
    assert report(connection, "know_why_confusion") == [
        ("onboarding", "onboarding", "onboarding", "onboarding", 1, 1)
    ]


def test_moments(connection: duckdb.DuckDBPyConnection, decided: Callable[..., None]) -> None:
    """Before the answer, between answer and edition, and after it: each decision once."""
    decided("early", ["x"], [{"reason": "x", "at": EARLY}])
    decided("between", ["x"], [{"reason": "x", "at": LATE}])
    decided("shown", ["x"], [{"reason": "x", "at": LATE, "is_knowing": False}])
    decided("nothing", ["x"], [{"reason": None, "at": EARLY}])

    assert report(connection, "know_why_moments") == [("before", 1), ("between", 1), ("after", 1)]


def test_two_who_disagree_count_one_decision(
    connection: duckdb.DuckDBPyConnection, decided: Callable[..., None]
) -> None:
    """Both reasons are theirs, the decision is one, and it is no agreement for chance to judge."""
    decided("k", ["onboarding", "support"], [{"reason": "support", "at": EARLY}])

    assert report(connection, "know_why") == [("partly", 1)]
    assert sorted(report(connection, "know_why_calls")) == [
        ("onboarding", "onboarding", 0, 1, 0, 1),
        ("support", "support", 1, 1, 1, 1),
    ]
    assert {row[-1] for row in report(connection, "know_why_confusion")} == {0}
