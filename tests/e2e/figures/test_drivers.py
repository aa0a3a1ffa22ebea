"""Why they left, counted again from what went in."""

from collections import Counter, defaultdict
from statistics import mean

import pytest
from tests.e2e.figures.coded import Codes
from tests.e2e.figures.files import seed
from tests.e2e.figures.given import FROM, TO, WEEK_FROM, Inputs, Response, warning
from tests.e2e.figures.page import Printed, counted

from winloss import numbers, wording

LABELS = {row["reason"]: row["label"] for row in seed("reasons")}
CRITERIA = {
    "value": "value for the money",
    "product": "the product",
    "people": "our people",
    "service": "help with getting started, and after",
}
NOBODY = {None: "no competitor known", "unlisted": "a competitor not on our list"}
ENOUGH = 15


def reasons(given: list[Response], coded: Codes) -> dict[str, dict[str, set[str]]]:
    """Reason -> how it was given -> the decisions that gave it so."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in given:
        for named in coded.named.get(each.response_id, []):
            ways = {named.source}
            ways |= {"theirs"} if named.is_theirs else set()
            ways |= {"primary"} if named.is_theirs and named.is_primary else set()
            for way in ways:
                found[named.reason][way].add(each.voter)
    return found


def test_ranking(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Each reason as often as decisions of the window gave it, one decision one vote."""
    heard = given.heard()
    found = reasons([each for people in heard.values() for each in people], coded)
    ways = ("theirs", "primary", "written", "chosen", "decisive")

    ranking = printed.sections.drivers.ranking
    told = {row.label: tuple(getattr(row, way).count for way in ways) for row in ranking}

    expected = {LABELS[name]: tuple(len(by[way]) for way in ways) for name, by in found.items()}
    assert told == {label: counts for label, counts in expected.items() if any(counts)}
    assert {row.theirs.total for row in ranking} == {len(heard)}
    assert [row.theirs.count for row in ranking] == sorted(
        (row.theirs.count for row in ranking), reverse=True
    )
    page = printed.page.said("drivers")
    assert all(numbers.spoken(row.theirs) in page for row in ranking if row.theirs.count)


def test_findings(given: Inputs, printed: Printed, coded: Codes) -> None:
    """The week's findings count those who told us in the week, whenever their survey closes."""
    told = [each for each in given.customers if each.is_defection and each.on >= WEEK_FROM]
    week = reasons(told, coded)
    window = reasons([each for people in given.heard().values() for each in people], coded)

    findings = printed.sections.drivers.findings

    assert findings
    assert printed.sections.drivers.heard == len({each.voter for each in told})
    for each in findings:
        assert each.voices.count == len(week[each.reason]["theirs"]), each.reason
        assert each.voices.total == len({each.voter for each in told})
        assert each.trend.count == len(window[each.reason]["theirs"])
        assert f"{each.who} {each.claim}" in printed.page.said("drivers")
    assert findings[0].voices.count == max(len(by["theirs"]) for by in week.values())


def test_ticked_and_written(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Ticked one reason, and wrote another as the main one."""
    both, apart = set(), defaultdict(set)
    for people in given.heard().values():
        for each in people:
            named = coded.named.get(each.response_id, [])
            ticked = [one.reason for one in named if one.source == "chosen"]
            written = [one.reason for one in named if one.source == "written" and one.is_primary]
            for pair in ((a, b) for a in ticked for b in written):
                both.add(each.voter)
                if len(set(pair)) > 1:
                    apart[LABELS[pair[0]], LABELS[pair[1]]].add(each.voter)

    told = {
        (pair.first, pair.second): counted(pair.figure)
        for pair in printed.sections.drivers.disagreements
    }

    assert told == {pair: (len(found), len(both)) for pair, found in apart.items()}


@pytest.mark.parametrize("split", ["segment", "competitor"])
def test_reasons_by_group(split: str, given: Inputs, printed: Printed, coded: Codes) -> None:
    """The reasons most named in each group, largest first, of those heard in it."""
    rivals = given.rivals()
    groups: dict[str, dict[str, list[Response]]] = defaultdict(dict)
    for voter, people in given.heard().items():
        rival = rivals[voter]
        decision = people[0].decision
        segment = decision.segment if decision else ""
        name = segment if split == "segment" else NOBODY.get(rival, rival or "")
        groups[name][voter] = people

    name, told = "", Counter[str]()
    for row in printed.panel("drivers", f"reasons_by_{split}").rows:
        name = row.label.partition(" (")[0] or name
        heard = [each for people in groups[name].values() for each in people]
        counts = {LABELS[reason]: by for reason, by in reasons(heard, coded).items()}
        by, figure = counts[row.cells[0].said], row.cells[1].figure
        assert figure is not None
        assert counted(figure) == (len(by["theirs"]), len(groups[name])), (name, row.cells[0].said)
        assert row.cells[2].said == str(len(by["primary"]))
        printed.check("drivers", row.cells[1])
        told[name] += 1
        unnamed = sorted((len(one["theirs"]) for one in counts.values()), reverse=True)
        assert figure.count == unnamed[told[name] - 1]
    assert set(told.values()) <= {1, 2, 3}
    assert len(told) > 1


def test_wins_by_competitor(given: Inputs, printed: Printed) -> None:
    """Won, of those decided in the window, by whom else they looked at."""
    rivals = given.rivals()
    won, decided = Counter[str](), Counter[str]()
    for decision_id, decision in given.decisions.items():
        if decision.kind in {"won", "lost"} and FROM <= decision.decided_on <= TO:
            rival = rivals[decision_id]
            name = NOBODY.get(rival, rival or "")
            decided[name] += 1
            won[name] += decision.kind == "won"

    told = printed.counts("drivers", "wins_by_competitor")

    assert told == {name: (won[name], count) for name, count in decided.items() if name in told}
    assert len(told) > 1
    assert all(count < numbers.FLOOR for name, count in decided.items() if name not in told)


def test_wins_by_segment(given: Inputs, printed: Printed) -> None:
    """Won, of those decided in the window, by segment."""
    won, decided = Counter[str](), Counter[str]()
    for decision in given.decisions.values():
        if decision.kind in {"won", "lost"} and FROM <= decision.decided_on <= TO:
            decided[decision.segment] += 1
            won[decision.segment] += decision.kind == "won"

    told = printed.counts("drivers", "wins_by_segment")

    assert told == {name: (won[name], count) for name, count in decided.items()}


def test_gaps(given: Inputs, printed: Printed) -> None:
    """Us beside the supplier they chose, by those alone who rated both; thin, so of all time."""
    closed = [each for each in given.customers if each.decision and each.decision.closes_on <= TO]
    rated = {
        each.voter
        for each in closed
        if each.is_window and any(ref.startswith("rate_") for ref in each.answers)
    }
    assert len(rated) < ENOUGH, "the window has enough: count it alone here"

    rows = printed.rows("drivers", "gap")

    assert set(rows) == set(CRITERIA.values())
    for name, label in CRITERIA.items():
        ref = f"rate_{name}"
        asked = given.shown(ref, [each for each in closed if each.is_defection])
        pairs = [
            (
                mean(each.answers[ref] for each in both),
                mean(each.answers[f"{ref}_chosen"] for each in both),
            )
            for people in asked.values()
            if (both := [each for each in people if {ref, f"{ref}_chosen"} <= set(each.answers)])
        ]
        us, chosen = (mean(side) for side in zip(*pairs, strict=True))
        cells = rows[label].cells
        assert cells[3].figure is not None
        assert counted(cells[3].figure) == (len(pairs), len(asked))
        assert cells[0].said == f"{us:.1f}"
        assert cells[1].said == f"{chosen:.1f}"
        assert cells[2].said.startswith(f"{us - chosen:+.1f}".replace("-", "−"))
        for cell in cells:
            printed.check("drivers", cell)


def decisive(given: Inputs) -> dict[str, list[list[Response]]]:
    """Answer -> the people of each decision; of colleagues who differ the nearest to us counts."""
    found: dict[str, list[list[Response]]] = defaultdict(list)
    asked = given.shown("decisive", [each for people in given.heard().values() for each in people])
    for people in asked.values():
        said = warning((each.choice("decisive") for each in people), ("yes", "maybe", "no"))
        found[said or ""].append(people)
    return found


def test_decisive(given: Inputs, printed: Printed) -> None:
    """Would it have changed their mind."""
    found = decisive(given)
    total = sum(len(each) for each in found.values())

    told = printed.counts("drivers", "moved")

    assert told == {
        "yes: would have chosen us, or stayed": (len(found["yes"]), total),
        "maybe": (len(found["maybe"]), total),
        "no": (len(found["no"]), total),
        "left it open": (len(found[""]), total),
    }


def test_what_close_calls_are_worth(given: Inputs, printed: Printed) -> None:
    """The amounts of those who would have chosen us and let us see their answers, as one sum."""
    close = decisive(given)["yes"]
    seen = [people for people in close if all(each.answers.get("may_see") for each in people)]
    amounts = [people[0].decision.amount for people in seen if people[0].decision]

    note = printed.panel("drivers", "close_calls").note

    assert note.startswith(f"{len(close)} would have chosen us")
    assert f"worth ${sum(each or 0 for each in amounts) / 1000:.0f}k." in note
    assert f"The {wording.number(len(seen))} whose answers we may see" in note
    assert note in printed.page.said("drivers")
