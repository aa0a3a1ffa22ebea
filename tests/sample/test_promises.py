"""What Harbourline noted as promised: enough of it, and often not what its customers say."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from winloss import sample


def test_about_ninety(full: Any) -> None:
    """Some ninety promises, by every side of the house, each for a decision that is on record."""
    rows = full.rows("promises.csv")

    assert 75 <= len(rows) <= 110
    assert {row["Made By"] for row in rows} == {"Seller", "Contract", "Service", "Management"}
    assert {row["Opportunity ID"] for row in rows} <= set(full.decisions())
    assert len({row["Promise ID"] for row in rows}) == len(rows)
    assert max(Counter(row["Opportunity ID"] for row in rows).values()) == 2


def test_not_due_is_to_come(full: Any) -> None:
    """Only what lies ahead is not due, and nothing was noted after the sample's Monday."""
    for row in full.rows("promises.csv"):
        is_to_come = date.fromisoformat(row["Due"]) > sample.NOW.date()

        assert (row["Status"] == "Not due") == is_to_come
        assert datetime.fromisoformat(row["Logged At"]).astimezone(UTC) < sample.NOW


def test_some_are_disputed(full: Any) -> None:
    """Of the promises held kept, some customers say late or not at all, and most agree."""
    theirs = {
        item["hidden"]["decision_id"]: full.said(item, "promise_kept")
        for kind, item in full.items()
        if kind in {"lost_deal", "won_deal", "cancellation"} and "decision_id" in item["hidden"]
    }
    kept = [row for row in full.rows("promises.csv") if row["Status"] == "Kept"]
    said = Counter(theirs.get(row["Opportunity ID"]) for row in kept)

    assert said["late"] + said["broken"] >= 6
    assert said["kept"] > 6


def test_a_first_week_has_a_ledger_too(small: Any) -> None:
    """A programme in its first week has promises on record as well."""
    assert {row["Opportunity ID"] for row in small.rows("promises.csv")} <= set(small.decisions())
    assert small.rows("promises.csv")
