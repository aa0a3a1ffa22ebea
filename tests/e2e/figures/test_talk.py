"""How do we speak of them, counted again from what went in."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.e2e.figures import page
from tests.e2e.figures.files import BERLIN, seed
from tests.e2e.figures.given import FROM, TO, Inputs, Logged, Response
from tests.e2e.figures.page import Printed, counted

from winloss import numbers

AREAS = {
    "of customers": "talk_customers",
    "of what we do": "talk_value",
    "of one another": "talk_team",
}
RUNGS = ("disappoint", "deliver", "delight", "defend")


@pytest.mark.parametrize("area", AREAS)
def test_what_customers_hear(area: str, given: Inputs, printed: Printed) -> None:
    """The lower rating of colleagues, the last pulse asked; thin, so of all time."""
    ref = AREAS[area]
    among = given.last_pulses(
        each
        for each in given.customers
        if ref in each.shown and each.counted_on and each.counted_on <= TO
    )
    asked = given.shown(ref, among)
    rated = [
        min(said)
        for people in asked.values()
        if (said := [each.answers[ref] for each in people if ref in each.answers])
    ]
    assert sum(each.is_window for each in among) < 15

    high, low = (printed.counts("talk", "outside", column) for column in (0, 1))

    assert high[area] == (sum(each >= 4 for each in rated), len(asked))
    assert low[area] == (sum(each <= 2 for each in rated), len(asked))


def quarter_end(on: date) -> date:
    """The last day of a day's quarter."""
    last = (on.month + 2) // 3 * 3
    return date(on.year, last, 30 if last in {6, 9} else 31)


def staff(given: Inputs) -> list[Response]:
    """Staff answers of the quarters that were over by the end of the week, of a year."""
    return [
        each
        for each in given.everybody
        if each.kind == "staff" and TO - timedelta(days=365) <= quarter_end(each.on) <= TO
    ]


@pytest.mark.parametrize("area", AREAS)
def test_what_staff_say(area: str, given: Inputs, printed: Printed) -> None:
    """Staff answer by finished quarters."""
    ref = AREAS[area]
    rated = [each.answers[ref] for each in staff(given) if ref in each.answers]

    high, low = (printed.counts("talk", "inside", column) for column in (0, 1))

    assert high[area] == (sum(each >= 4 for each in rated), len(rated))
    assert low[area] == (sum(each <= 2 for each in rated), len(rated))


def test_an_unfinished_quarter_waits(finished: Path, given: Inputs) -> None:
    """A week before its end, the third quarter is not told yet."""
    before = TO - timedelta(days=7)
    over = [each for each in staff(given) if quarter_end(each.on) <= before]

    told = page.printed(finished, "2026-W39", has_page=False).counts("talk", "inside")

    assert len(over) < len(staff(given))
    for area, ref in AREAS.items():
        rated = [each.answers[ref] for each in over if ref in each.answers]
        assert told[area] == (sum(each >= 4 for each in rated), len(rated)), area


def test_staff_by_team(given: Inputs, printed: Printed) -> None:
    """A team stands alone only from five answers on."""
    for team, row in printed.rows("talk", "teams").items():
        for cell, ref in zip(row.cells, AREAS.values(), strict=True):
            said = [e.answers[ref] for e in staff(given) if e.team == team and ref in e.answers]
            assert cell.figure is not None
            assert counted(cell.figure) == (sum(each >= 4 for each in said), len(said)), team
            assert len(said) >= numbers.FLOOR


def phrases(words: str) -> list[str]:
    """The phrases of our list that a note holds."""
    bare = " ".join(re.findall(r"[\w']+", words.lower()))
    found = []
    for row in seed("talk_terms"):
        rest = f" {bare} "
        for harmless in filter(None, row["unless"].split(";")):
            rest = re.sub(rf"\b{harmless}s?\b", " ", rest)
        if re.search(rf"(?<![\w']){row['term']}(s|es)?(?![\w'])", rest):
            found.append(row["term"])
    return found


def notes(given: Inputs) -> list[Logged]:
    """What our side wrote in the window."""
    return [
        each
        for each in given.logged()
        if FROM <= each.at.astimezone(BERLIN).date() <= TO and re.search(r"\w", each.words)
    ]


def test_notes(given: Inputs, printed: Printed) -> None:
    """Our notes of the window and the phrases in them, of all, by team, and per 100."""
    written = notes(given)
    held = [(each, phrases(each.words)) for each in written]
    flags = sum(len(found) for _, found in held)

    told = printed.counts("talk", "notes")

    assert told.pop("all our notes") == (sum(bool(found) for _, found in held), len(written))
    for team, counts in told.items():
        mine = [found for each, found in held if each.decision.team == team]
        assert counts == (sum(bool(found) for found in mine), len(mine)), team
    line = next(line for line in printed.sections["talk"].lines if line.startswith("Our "))
    assert line.startswith(f"Our {len(written)} notes of 13 weeks hold ")
    assert f"({100 * flags / len(written):.1f} per 100)" in line
    assert line in printed.page.said("talk")
    terms = Counter(term for _, found in held for term in found)
    rows = printed.rows("talk", "notes")
    assert {f"“{term}”": str(count) for term, count in terms.items()} == {
        label: row.cells[1].said for label, row in rows.items() if label.startswith("“")
    }


def test_conviction(given: Inputs, printed: Printed) -> None:
    """Whether the seller was sure of us, by the lower rung on which the customer stands."""
    sure = {
        each.decision.decision_id: each.answers["conviction"]
        for each in sorted(given.everybody, key=lambda each: each.at)
        if each.kind == "seller" and each.decision and "conviction" in each.answers
    }
    rungs: dict[str, list[str]] = defaultdict(list)
    for each in given.customers:
        rung = each.choice("ladder_rung")
        if rung and each.decision and each.decision.closes_on <= TO:
            rungs[each.decision.decision_id].append(rung)
    crossed: dict[str, Counter[int]] = defaultdict(Counter)
    for decision_id, said in rungs.items():
        if decision_id in sure:
            held = sure[decision_id]
            how = "not sure that we would" if held <= 2 else "sure that we would"
            how = "neither sure nor not" if held == 3 else how
            crossed[how][min(*map(RUNGS.index, said), 2)] += 1

    rows = printed.rows("talk", "conviction")

    assert set(rows) == {how for how, by in crossed.items() if by.total() >= numbers.FLOOR}
    for how, row in rows.items():
        for place, cell in enumerate(row.cells):
            assert cell.figure is not None
            assert counted(cell.figure) == (crossed[how][place], crossed[how].total()), how
            printed.check("talk", cell)
