"""Who is silent, counted again from what went in."""

from collections import Counter, defaultdict
from statistics import median

import pytest
from tests.e2e.figures.given import DUE, TO, TODAY, WEEK_FROM, Decision, Inputs
from tests.e2e.figures.page import Printed, counted

from winloss import numbers

KINDS = {"lost deals": "lost", "cancellations": "cancelled"}
OUTCOMES = {
    "chose a competitor": "competitor",
    "left things as they are": "no_decision",
    "does it themselves": "in_house",
    "nobody knows": "unknown",
    "no outcome on record": None,
}


def state(decision: Decision, heard: set[str]) -> str:
    """How far asking had got on the day of the edition."""
    if decision.decision_id in heard:
        return "answered"
    if decision.invited_on:
        return "open" if decision.closes_on >= TODAY else "closed_silent"
    return "not_due" if decision.decided_on + DUE >= TODAY else "never_asked"


def states(given: Inputs, *, is_closed: bool) -> dict[str, list[Decision]]:
    """The exits whose survey closed in the window, or runs still, by how far asking got."""
    heard = {each.voter for each in given.customers if each.decision}
    found: dict[str, list[Decision]] = defaultdict(list)
    for each in given.decisions.values():
        is_wanted = each.is_window if is_closed else each.closes_on > TO
        if each.is_defection and is_wanted:
            found[state(each, heard)].append(each)
    return found


def test_closed(given: Inputs, printed: Printed) -> None:
    """Answered, silent and never asked, of the exits whose survey closed in the window."""
    found = states(given, is_closed=True)
    total = sum(len(each) for each in found.values())

    told = printed.sections.coverage

    counts = {each.name: counted(each) for each in told.closed}
    names = ("answered", "closed_silent", "never_asked", "unknown")
    assert counts == {name: (len(found[name]), total) for name in names}
    page = printed.page.said("coverage")
    assert all(numbers.spoken(each) in page for each in told.closed if each.count)
    assert told.silence in page


def test_running(given: Inputs, printed: Printed) -> None:
    """How far asking has got for surveys that still run."""
    found = states(given, is_closed=False)

    assert dict(printed.sections.coverage.running) == {
        name: len(decisions) for name, decisions in found.items()
    }


def test_surveys_open(given: Inputs, printed: Printed) -> None:
    """How many surveys are open and unanswered, one of them the lost one of above."""
    running = dict(printed.sections.coverage.running)
    found = states(given, is_closed=False)

    assert sum(running.values()) == sum(len(each) for each in found.values())
    assert running["never_asked"] == len(found["never_asked"])
    assert running["not_due"] == len(found["not_due"])


def groups(printed: Printed, panel: str) -> dict[str, tuple[int, int, int]]:
    """Label -> closed, answered and asked, as printed."""
    found = {}
    for label, row in printed.rows("coverage", panel).items():
        figure = row.cells[3].figure
        assert figure is not None
        for cell in row.cells:
            printed.check("coverage", cell)
        assert row.cells[4].said == str(figure.total - figure.count)
        found[label] = (figure.total, figure.count, int(row.cells[2].said))
    return found


def expected(given: Inputs, name: str, wanted: object) -> tuple[int, int, int]:
    """The same for one group of exits, counted again."""
    found = {
        state: sum(getattr(each, name) == wanted for each in decisions)
        for state, decisions in states(given, is_closed=True).items()
    }
    answered, silent = found.get("answered", 0), found.get("closed_silent", 0)
    return sum(found.values()), answered, answered + silent


def test_by_kind_and_outcome(given: Inputs, printed: Printed) -> None:
    """Who answers, by kind of exit and by how it ended."""
    kinds = groups(printed, "heard_by_kind")
    outcomes = groups(printed, "heard_by_outcome")

    assert kinds == {label: expected(given, "kind", kind) for label, kind in KINDS.items()}
    assert outcomes == {
        label: expected(given, "outcome", outcome) for label, outcome in OUTCOMES.items()
    }


@pytest.mark.parametrize("split", ["segment", "team"])
def test_by_group(split: str, given: Inputs, printed: Printed) -> None:
    """Who answers, by segment and by team."""
    told = groups(printed, f"heard_by_{split}")

    everybody = [each for found in states(given, is_closed=True).values() for each in found]
    assert set(told) == {getattr(each, split) for each in everybody}
    assert told == {label: expected(given, split, label) for label in told}


def test_by_value(given: Inputs, printed: Printed) -> None:
    """Who answers, by value: three groups as large as one another, and all exits in them."""
    found = states(given, is_closed=True)
    amounts = sorted(
        (each.amount, state == "answered")
        for state, decisions in found.items()
        for each in decisions
        if each.amount is not None
    )
    third = len(amounts) / 3

    told = list(groups(printed, "heard_by_value").values())

    assert all(abs(closed - third) <= 1 for closed, _, _ in told)
    place = 0
    for closed, answered, _ in told:
        assert answered == sum(is_heard for _, is_heard in amounts[place : place + closed])
        place += closed


def test_days_to_answer(given: Inputs, printed: Printed) -> None:
    """From the decision to the first answer, of those who answered."""
    days = []
    for people in given.heard().values():
        decision = people[0].decision
        assert decision
        days.append((min(each.on for each in people) - decision.decided_on).days)

    rows = printed.rows("coverage", "days")

    assert rows["median"].cells[0].said.startswith(f"{median(days):.0f} days;")
    told = printed.counts("coverage", "days")
    for limit in (7, 14, 30):
        assert told[f"within {limit} days"] == (sum(each <= limit for each in days), len(days))


def test_new_exits(given: Inputs, printed: Printed) -> None:
    """The exits of the week, and what they were worth."""
    week = [
        each
        for each in given.decisions.values()
        if each.is_defection and WEEK_FROM <= each.decided_on <= TO
    ]
    worth = sum(each.amount or 0 for each in week)

    told = printed.sections.coverage

    assert told.exit_count == len(week)
    assert told.exits.endswith(f"worth ${worth / 1000:.0f}k.")
    assert told.exits in printed.page.said("coverage")


def test_set_aside(given: Inputs, printed: Printed) -> None:
    """What came by no link of ours was set aside: two of those who finished."""
    finished = {name for name, item in given.raw.items() if item["response_type"] == "completed"}
    unsigned = finished - {each.response_id for each in given.everybody}

    causes = Counter(dict(printed.sections.coverage.rejects))

    assert sum(count for cause, count in causes.items() if "signature" in cause) == len(unsigned)
