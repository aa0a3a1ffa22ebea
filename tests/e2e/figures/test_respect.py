"""Do we respect each other, counted again from what went in."""

from collections import Counter, defaultdict

import pytest
from tests.e2e.figures.coded import Codes
from tests.e2e.figures.files import seed
from tests.e2e.figures.given import Inputs, Response
from tests.e2e.figures.page import Printed, counted

from winloss import numbers

LABELS = {row["reason"]: row["label"] for row in seed("reasons")}
PARENTS = {row["reason"]: row["parent"] or row["reason"] for row in seed("reasons")}
HARMS = {"condescended": "talked down to", "misled": "different from what we said"}
NUISANCES = {
    "asking for a better price": "discount",
    "asking for money back": "money_back",
    "asking for a replacement": "replacement",
    "calling on a guarantee": "guarantee",
    "asking about safety": "safety",
    "needing us outside office hours": "odd_hours",
    "something else": "something_else",
    "never": "never",
}
WISHES = {"expected": ("unasked",), "miles": ("mile_1", "mile_2", "mile_3")}
STANDINGS = {
    (True, True): "both ways",
    (True, False): "felt, not returned",
    (False, True): "returned, not felt",
    (False, False): "neither way",
}


@pytest.mark.parametrize("harm", HARMS)
def test_harms(harm: str, given: Inputs, printed: Printed) -> None:
    """Of those asked, who was talked down to or misled; one colleague is enough; of all time."""
    shown = given.shown(harm, given.customers)
    assert sum(any(each.is_window for each in people) for people in shown.values()) < 15
    said = [any(each.answers.get(harm) for each in people) for people in shown.values()]

    told = printed.counts("respect", "harms")

    assert told[HARMS[harm]] == (sum(said), len(shown))


def test_every_case(given: Inputs, printed: Printed) -> None:
    """Every harm by itself, one line each: nobody's is averaged away."""
    cases = [HARMS[harm] for harm in HARMS for each in given.customers if each.answers.get(harm)]

    rows = printed.panel("respect", "cases").rows

    assert Counter(row.label for row in rows) == Counter(cases)


def test_felt_respected(given: Inputs, printed: Printed) -> None:
    """Who felt respected over the window: of colleagues who differ the side that warns counts."""
    shown = given.shown("felt_respected", [each for each in given.customers if each.is_window])
    felt = [
        min(said) >= 4
        for people in shown.values()
        if (said := [e.answers["felt_respected"] for e in people if "felt_respected" in e.answers])
    ]

    line = next(line for line in printed.sections["respect"].lines if "felt respected" in line)

    figure = numbers.figure("felt", sum(felt), len(shown), "sql/reports/respect.sql")
    assert numbers.spoken(figure) in line
    assert line in printed.page.said("respect")


def test_nuisance(given: Inputs, printed: Printed) -> None:
    """Made to feel a nuisance, over what; of all time."""
    shown = given.shown("nuisance_over", given.customers)
    said = []
    for people in shown.values():
        topics = {each.choice("nuisance_over") for each in people} - {None}
        # Colleagues count over every topic that one of them names.
        said.append(topics - {"never"} or topics)

    told = printed.counts("respect", "nuisance")

    expected = {
        label: (sum(ref in each for each in said), len(shown)) for label, ref in NUISANCES.items()
    }
    assert told == {
        label: counts for label, counts in expected.items() if counts[0] or label == "never"
    }


def test_felt_and_returned(given: Inputs, printed: Printed) -> None:
    """Felt respect beside their respect for us, and our seller's for them; of all time."""
    sellers = {
        each.decision.decision_id: each.answers["respects_them"]
        for each in sorted(given.everybody, key=lambda each: each.at)
        if each.kind == "seller" and each.decision and "respects_them" in each.answers
    }
    both: list[dict[str, tuple[list[int], list[int]]]] = [{}, {}]
    for column, ref in enumerate(("respects_us", "respects_them")):
        asked = [
            each
            for each in given.customers
            if "felt_respected" in each.shown
            and (ref in each.shown or (column and deciding(each) in sellers))
        ]
        for each in given.last_pulses(asked):
            felt, other = both[column].setdefault(each.voter, ([], []))
            felt += [each.answers["felt_respected"]] if "felt_respected" in each.answers else []
            returned = sellers[deciding(each)] if column else each.answers.get(ref)
            other += [returned] if returned is not None else []

    rows = printed.rows("respect", "both")

    for column, by_voter in enumerate(both):
        rated = [sides for sides in by_voter.values() if all(sides)]
        stands = Counter(STANDINGS[min(felt) >= 4, min(other) >= 4] for felt, other in rated)
        for label in STANDINGS.values():
            cell = rows[label].cells[column]
            assert cell.figure is not None or not stands[label]
            if cell.figure:
                assert counted(cell.figure) == (stands[label], len(by_voter)), (label, column)
            printed.check("respect", cell)


def deciding(each: Response) -> str:
    """The decision a response is about, if any."""
    return each.decision.decision_id if each.decision else ""


@pytest.mark.parametrize("panel", WISHES)
def test_wishes(panel: str, given: Inputs, printed: Printed, coded: Codes) -> None:
    """What they expected unasked and the extra miles they name, by family; of all time."""
    families: dict[str, set[str]] = defaultdict(set)
    wrote = set()
    for each in given.customers:
        for ref in WISHES[panel]:
            if each.answers.get(ref, "").strip():
                wrote.add(each.voter)
                first = next(
                    (reason for reason, _, is_first in coded.of(each, ref) if is_first), ""
                )
                families[PARENTS.get(first, "")].add(each.voter)
    asked = given.shown(WISHES[panel][0], given.customers)

    told = printed.counts("respect", panel)

    assert told == {
        LABELS[parent]: (len(found), len(wrote))
        for parent, found in families.items()
        if parent and len(found) > 1
    }
    note = printed.panel("respect", panel).note
    assert note.startswith(f"{len(wrote)} customers of {len(asked)} asked named any.")


def test_what_leaving_cost(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Of the cancellations heard, who had a reason of ours, and what these were worth."""
    beyond = {"involuntary", "project_ended", "priority_change", "champion_left", "budget"}
    count, worth = 0, 0.0
    for people in given.heard("cancelled").values():
        main = {one.reason for each in people for one in coded.theirs(each) if one.is_primary}
        if main and not main & beyond:
            count += 1
            worth += (people[0].decision and people[0].decision.amount) or 0

    line = next(line for line in printed.sections["respect"].lines if "cancellations" in line)

    assert line.startswith(f"Of {len(given.heard('cancelled'))} cancellations heard")
    assert f" {count} had a reason we could have answered: worth ${worth / 1000:.0f}k." in line
    assert line.endswith(f"Winning as many anew costs ${count * 31}k.")
    assert line in printed.page.said("respect")
