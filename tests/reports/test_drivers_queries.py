"""What the drivers count by group: one decision one vote, and nobody named who did not allow it."""

from typing import Any

import polars as pl
import pytest

from winloss import resources
from winloss.reporting import Edition
from winloss.settings import Settings


@pytest.fixture
def values(edition: Edition, settings: Settings) -> dict[str, Any]:
    """The parameters of week 40."""
    return dict(resources.load("reports", "sections").parameters(edition, settings))


@pytest.mark.parametrize("split", ["segment", "competitor", "cell"])
def test_groups_add_up(harbourline, values, split: str) -> None:
    """Every split holds all who were heard, and every reason as often as the ranking does."""
    for row in harbourline.rows["marts.decisions"]:
        row["rival"] = "Quayside" if row["decision_id"].endswith("1") else None
        segment = "small" if row["decision_id"].endswith("4") else "large"
        harbourline.add("marts.accounts", account_id=row["account_id"], segment=segment)
    reader = harbourline.reader()

    window = reader.report("drivers", **values).filter(pl.col("reason").is_not_null())
    splits = reader.report("drivers_splits", **values).filter(pl.col("split") == split)

    groups = splits.filter(pl.col("reason").is_null())
    assert groups.height > 1
    assert groups["heard_count"].sum() == window["heard_count"][0]
    named = splits.filter(pl.col("reason").is_not_null()).group_by("reason")
    sums = named.agg(pl.col("decision_count", "primary_count").sum())
    assert sorted(sums.rows()) == sorted(
        window.select("reason", "decision_count", "primary_count").rows()
    )


def test_colleagues_have_one_vote_in_their_group(harbourline, values) -> None:
    """A second respondent of a decision adds no vote, and their reason counts once."""
    reader = harbourline.reader()
    before = reader.report("drivers_splits", **values)
    said = next(row for row in harbourline.rows["marts.responses"] if "old-" in row["response_id"])
    reasons = [
        row
        for row in harbourline.rows["marts.decision_reasons"]
        if row["response_key"] == said["response_key"]
    ]
    harbourline.add("marts.responses", **{**said, "response_key": "form/b", "response_id": "b"})
    for row in reasons:
        harbourline.add("marts.decision_reasons", **{**row, "response_key": "form/b"})

    after = harbourline.reader().report("drivers_splits", **values)

    counts = ["split", "grouped_by", "reason", "decision_count", "primary_count", "heard_count"]
    assert after.select(counts).equals(before.select(counts))


def say(connection, key: str, ref: str, *, number: float | None = None, ref_of: str = "") -> None:
    """What the respondent of a decision answered to one question shown; nothing, left open."""
    connection.execute(
        "insert into marts.answers (response_key, question_ref, number_value, choice_refs)"
        " values (?, ?, ?, ?)",
        [f"form/{key}-said", ref, number, [ref_of] if ref_of else None],
    )


def test_a_rating_left_open_is_no_zero(harbourline, values, connection) -> None:
    """Shown and left open is null, not shown is no row, and a gap needs both."""
    reader = harbourline.reader()
    say(connection, "old-0", "rate_value", number=2)
    say(connection, "old-0", "rate_value_chosen", number=4)
    say(connection, "old-0", "rate_people")
    say(connection, "old-1", "rate_value", number=3)
    say(connection, "old-1", "rate_value_chosen")

    found = reader.report("drivers_ratings", **values)

    assert sorted(found.select("criterion", "us", "chosen", "gap").rows(), key=repr) == [
        ("people", None, None, None),
        ("value", 2.0, 4.0, -2.0),
        ("value", 3.0, None, None),
    ]


@pytest.mark.parametrize(
    ("consents", "names"),
    [
        ({"may_see": True, "may_quote": "named"}, ["Kestrel Freight"]),
        ({"may_see": True, "may_quote": "counted"}, ["Kestrel Freight"]),
        ({"may_see": True, "may_quote": "unnamed"}, None),
        ({"may_see": False, "may_quote": "counted"}, None),
    ],
)
def test_close_calls_name_whom_they_may(
    harbourline, values, connection, consents: dict[str, Any], names: list[str] | None
) -> None:
    """Nobody in confidence, and nobody whose words may stand unnamed elsewhere on the page."""
    harbourline.decide("near", decided="2026-07-15", amount_usd=50_000.0)
    harbourline.answer("near", "So slow.", "onboarding", submitted="2026-07-25", **consents)
    harbourline.add("marts.accounts", account_id="account-near", account_name="Kestrel Freight")
    reader = harbourline.reader()
    say(connection, "near", "decisive", ref_of="yes")

    found = reader.report("drivers_moved", **values)

    assert found.select("decisive", "source", "reason", "decision_count").rows() == [
        ("yes", None, None, 1),
        ("yes", "theirs", "onboarding", 1),
    ]
    assert found["account_names"].to_list() == [names, names]
    assert found["confided_count"].to_list() == [int(not consents["may_see"])] * 2


@pytest.mark.parametrize(
    ("near", "later", "told", "split"),
    [
        ("maybe", {}, "maybe", 0),
        ("yes", {"ref_of": "no"}, "yes", 1),
        ("maybe", {"ref_of": "no"}, "maybe", 1),
    ],
)
def test_who_says_we_could_have_won_speaks_for_the_decision(
    harbourline, values, connection, near: str, later: dict[str, Any], told: str, split: int
) -> None:
    """Of two colleagues the surer one, with that one's reason, also if the other answered later."""
    harbourline.decide("near", decided="2026-07-15")
    harbourline.answer("near", "So slow.", "onboarding", submitted="2026-07-25")
    said = {row["response_id"]: row for row in harbourline.rows["marts.responses"]}["near-said"]
    times = {"submitted_at": values["as_of"], "response_key": "form/later-said"}
    harbourline.add("marts.responses", **{**said, **times, "response_id": "later-said"})
    reader = harbourline.reader()
    say(connection, "near", "decisive", ref_of=near)
    say(connection, "later", "decisive", **later)

    found = reader.report("drivers_moved", **values)

    assert found.select("decisive", "source", "reason", "decision_count").rows() == [
        (told, None, None, 1),
        (told, "theirs", "onboarding", 1),
    ]
    assert found["split_count"].to_list() == [split, split]


def test_win_rates_are_of_decisions_of_the_window(harbourline, values) -> None:
    """Cancelled and renewed are neither won nor lost; what was decided earlier is not counted."""
    won: dict[str, Any] = {"kind": "won", "is_defection": False, "rival": "Quayside"}
    harbourline.decide("w1", decided="2026-08-03", **won)
    harbourline.decide("w2", decided="2026-03-03", **won)
    harbourline.decide("l1", decided="2026-08-04", rival="Quayside")
    harbourline.decide("c1", decided="2026-08-04", kind="cancelled", rival="Quayside")

    found = harbourline.reader().report("drivers_rates", **values)

    quayside = found.filter(pl.col("grouped_by") == "Quayside")
    assert quayside.rows() == [("competitor", "Quayside", 1, 2)]
