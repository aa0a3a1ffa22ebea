"""Did they trust us, counted again from what went in."""

from statistics import mean

import pytest
from tests.e2e.figures.given import Inputs, Response, warning
from tests.e2e.figures.page import Printed, counted

FOUR = {
    "trust_business": "Knew their business",
    "trust_products": "Knew the products, spared surprises",
    "trust_politics": "Sensed what mattered to whom",
    "trust_together": "Put it together, gave good counsel",
}
ABLE = {"ability": "Able to do what they needed", "commitment": "Committed to them"}
LEFT = {"lost_deal", "cancellation"}
ADVISED = "advised_against"
ENOUGH = 15


def lowest(people: list[Response], ref: str) -> float | None:
    """Of colleagues the lower rating."""
    return min((each.answers[ref] for each in people if ref in each.answers), default=None)


def points(found: list[float]) -> str:
    """A mean and how many gave it, as the page says it."""
    return f"{mean(found):.1f} ({len(found)} ratings)"


@pytest.mark.parametrize("ref", FOUR)
def test_four(ref: str, given: Inputs, printed: Printed) -> None:
    """Us, the supplier they chose, and the gap, by those who rated both; of all time."""
    asked = given.shown(ref, [each for each in given.customers if each.kind in LEFT])
    chosen = f"{ref}_chosen"
    pairs = []
    for people in asked.values():
        both = [
            (each.answers[ref], each.answers[chosen])
            for each in people
            if {ref, chosen} <= set(each.answers)
        ]
        # Of colleagues the pair that is worst for us.
        pairs += sorted(both, key=lambda pair: (pair[0] - pair[1], pair[0]))[:1]
    assert len([v for v, people in asked.items() if any(e.is_window for e in people)]) < ENOUGH
    us, theirs = (mean(side) for side in zip(*pairs, strict=True))

    cells = printed.rows("trust", "four")[FOUR[ref]].cells

    assert cells[0].said == f"{us:.1f}"
    assert cells[1].said == f"{theirs:.1f}"
    gap = f"{mean(ours - other for ours, other in pairs):+.1f}".replace("-", "−")
    assert cells[2].said.startswith(f"{gap} ({len(pairs)} pairs")
    assert cells[2].figure is not None
    assert counted(cells[2].figure) == (len(pairs), len(asked))
    for cell in cells:
        printed.check("trust", cell)


@pytest.mark.parametrize("ref", ABLE)
def test_able_and_committed(ref: str, given: Inputs, printed: Printed) -> None:
    """How those we lost rate us, one decision one vote; of all time."""
    asked = given.shown(ref, [each for each in given.customers if each.kind in LEFT])
    rated = [found for people in asked.values() if (found := lowest(people, ref)) is not None]

    cell = printed.rows("trust", "able")[ABLE[ref]].cells[0]

    assert cell.said == points(rated)
    assert cell.figure is not None
    assert counted(cell.figure) == (len(rated), len(asked))
    printed.check("trust", cell)


@pytest.mark.parametrize("ref", [*ABLE, *FOUR])
def test_sides(ref: str, given: Inputs, printed: Printed) -> None:
    """How those who stay rate us beside those we lost; of all time."""
    cells = printed.rows("trust", "sides")[(ABLE | FOUR)[ref]].cells

    for cell, is_left in zip(cells, (False, True), strict=True):
        among = [each for each in given.customers if (each.kind in LEFT) == is_left]
        asked = given.shown(ref, among)
        rated = [found for people in asked.values() if (found := lowest(people, ref)) is not None]
        assert cell.said == points(rated)
        assert cell.figure is not None
        assert counted(cell.figure) == (len(rated), len(asked))
        printed.check("trust", cell)


def test_tested(given: Inputs, printed: Printed) -> None:
    """Were we there when they needed us most, and how many of those we lost."""
    among = [each for each in given.customers if each.is_window]
    asked = given.shown("tested_passed", among)
    said = {
        voter: warning((each.choice("tested_passed") for each in people), ("no", "never", "yes"))
        for voter, people in asked.items()
    }
    assert sum(each is not None for each in said.values()) >= ENOUGH
    labels = {
        "We were not there": "no",
        "We were there": "yes",
        "It never came to that": "never",
    }

    told, lost = (printed.counts("trust", "tested", column) for column in (0, 1))

    for label, choice in labels.items():
        voters = [voter for voter, found in said.items() if found == choice]
        gone = [voter for voter in voters if asked[voter][0].kind in LEFT]
        assert told[label] == (len(voters), len(asked)), label
        assert lost[label] == (len(gone), len(voters)), label


def test_ammunition(given: Inputs, printed: Printed) -> None:
    """Had our contact what it takes to convince the others, of deals lost; of all time."""
    lost = [each for each in given.customers if each.kind == "lost_deal"]
    asked = given.shown("ammunition", lost)
    said = [
        warning((each.choice("ammunition") for each in people), ("no", "partly", "alone", "yes"))
        for people in asked.values()
    ]
    labels = {"No": "no", "Some of it": "partly", "Yes": "yes", "Nobody else had to agree": "alone"}

    told = printed.counts("trust", "ammunition")

    assert told == {label: (said.count(ref), len(asked)) for label, ref in labels.items()}


def test_advised_against(given: Inputs, printed: Printed) -> None:
    """Did we ever advise against ourselves; of all time."""
    asked = given.shown("advised_against", given.customers)
    said = [
        all(answers)
        for people in asked.values()
        if (answers := [e.answers[ref] for e in people for ref in (ADVISED,) if ref in e.answers])
    ]

    told = printed.counts("trust", "advised")

    assert told == {
        "Yes": (said.count(True), len(asked)),
        "No": (said.count(False), len(asked)),
    }
