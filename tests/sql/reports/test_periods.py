"""What loyalty and trust count: one voter one vote, periods, blanks, teams."""

from datetime import date
from typing import Any

import pytest
from tests.sql.reports.marts import CORE, EVERYTHING, LONG_AGO, NAMES, Marts


def test_a_blank_stays_among_those_asked(marts: Marts) -> None:
    """Left empty is counted as open; what was not shown is not counted at all."""
    marts.heard("loyalty", "a", "pulse", shown=CORE, is_satisfied=True, would_move="yes")
    marts.heard("loyalty", "b", "pulse", shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "c", "pulse", shown=CORE, would_move="no")
    marts.heard("loyalty", "d", "pulse", shown=["would_move"], would_move="no")

    found = marts.votes("loyalty", "among", "value", period="window", question_ref="would_move")

    assert found == {("satisfied", "yes"): 1, ("satisfied", "open"): 1, ("open", "no"): 1}


def test_an_account_speaks_once(marts: Marts) -> None:
    """Of several pulses the latest counts; who has left since is no current customer."""
    told: dict[str, Any] = {"shown": CORE, "is_satisfied": True}
    marts.heard("loyalty", "a", "pulse", date(2026, 8, 1), would_move="yes", **told)
    marts.heard("loyalty", "a", "pulse", would_move="no", is_current=True, **told)
    marts.heard("loyalty", "b", "pulse", would_move="yes", is_current=False, **told)

    found = marts.votes("loyalty", "value", period="window", question_ref="would_move")

    assert found == {"no": 1}


@pytest.mark.parametrize(
    ("lens", "shown", "column"),
    [
        ("loyalty", "miss_most", "miss_most"),
        ("trust", "tested_passed", "tested_passed"),
        ("loyalty_both", "stands_up_for_us", "stands_up_for_us"),
        ("loyalty_matrix", "recommend", "attitude"),
        ("trust_ratings", "ability", "ability"),
    ],
)
def test_a_block_stands_until_it_is_asked_again(
    marts: Marts, lens: str, shown: str, column: str
) -> None:
    """A later pulse of another block replaces nothing; a later one of the same does."""
    mart = lens.partition("_")[0]
    first, last = ("no", "yes") if column in ("miss_most", "tested_passed") else (1.0, 5.0)
    marts.heard(mart, "a", "pulse", date(2026, 7, 10), shown=[shown], **{column: first})
    marts.heard(mart, "a", "pulse", date(2026, 8, 10), shown=[shown], **{column: last})
    marts.heard(mart, "a", "pulse", date(2026, 9, 10), shown=CORE)

    rows = marts.report(lens).filter(period="window")
    if "question_ref" in rows.columns:
        rows = rows.filter(question_ref=shown)

    assert rows["voter_count"].to_list() == [1]
    assert rows["response_ids"].to_list() == [["r1"]]


@pytest.mark.parametrize("name", ["loyalty", "loyalty_moves"])
def test_a_pulse_after_the_week_is_not_known_yet(marts: Marts, name: str) -> None:
    """An account stays in last week's edition, though it was heard again on Monday morning."""
    told = EVERYTHING["loyalty"]
    marts.heard("loyalty", "a", "pulse", date(2026, 9, 30), **told)
    marts.heard("loyalty", "a", "pulse", date(2026, 10, 5), **told)
    marts.connection.execute(
        "update marts.heard set submitted_at = timestamptz '2026-10-05 01:00:00Z', "
        "fetched_at = timestamptz '2026-10-05 01:00:00Z' where response_key = 'r1'"
    )

    found = marts.report(name)

    assert set(found["response_ids"].explode()) == {"r0"}


def test_colleagues_who_differ(marts: Marts) -> None:
    """One decision has one vote, on the side that warns; a blank contradicts nobody."""
    for voter, satisfied in (("a", True), ("a", True), ("b", True), ("b", False), ("c", True)):
        marts.heard("loyalty", voter, "cancellation", shown=CORE, is_satisfied=satisfied)
    marts.heard("loyalty", "c", "cancellation", shown=CORE)

    found = marts.votes("loyalty", "value", period="window", question_ref="satisfaction")

    assert found == {"yes": 2, "no": 1}
    rows = marts.report("loyalty").filter(period="window", question_ref="satisfaction")
    assert dict(rows.select("value", "split_count").iter_rows()) == {"yes": 0, "no": 1}


def test_two_clocks(marts: Marts) -> None:
    """A reply of the week is news; a rate waits until the survey has closed."""
    marts.heard("loyalty", "a", "pulse", date(2026, 9, 30), shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "b", "pulse", shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "c", "pulse", date(2026, 5, 1), shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "d", "pulse", LONG_AGO, shown=CORE, is_satisfied=True)
    marts.heard("loyalty", "e", "pulse", date(2026, 10, 5), shown=CORE, is_satisfied=True)

    found = marts.votes("loyalty", "period", question_ref="would_move")

    assert found == {"week": 1, "window": 2, "before": 1, "all": 4}


@pytest.mark.parametrize("late", ["submitted_at", "fetched_at"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_later_than_the_edition(marts: Marts, name: str, late: str) -> None:
    """What was submitted or received after the edition's instant is not read."""
    lens = name.partition("_")[0]
    for kind in ("pulse", "lost_deal"):
        marts.heard(lens, kind, kind, **EVERYTHING[lens])
    before = marts.report(name)

    marts.connection.execute(f"update marts.heard set {late} = timestamptz '2026-10-05 05:00:00Z'")

    assert before.height > 0
    assert marts.report(name).is_empty()


@pytest.mark.parametrize(
    "name", ["loyalty", "loyalty_both", "trust", "trust_ratings", "trust_pairs"]
)
def test_a_team_hears_its_own(marts: Marts, name: str) -> None:
    """Counts of a team are of its decisions; pulses belong to none."""
    told: dict[str, Any] = {"stands_up_for_us": 4.0, "we_stand_up": 2.0, "is_satisfied": True}
    if name.startswith("trust"):
        told = {"ability": 3.0, "commitment": 4.0, "tested_passed": "no"}
    shown = [*CORE, *told]
    marts.heard(name.partition("_")[0], "a", "cancellation", team="North", shown=shown, **told)
    marts.heard(name.partition("_")[0], "b", "cancellation", team="South", shown=shown, **told)
    marts.heard(name.partition("_")[0], "c", "pulse", shown=shown, **told)

    ours, everybody = marts.report(name, team="North"), marts.report(name)

    assert set(ours["response_ids"].explode()) == {"r0"}
    assert set(everybody["response_ids"].explode()) >= {"r0", "r1"}
