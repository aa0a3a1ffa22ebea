"""Did we know why, counted again from what went in."""

from collections import Counter
from dataclasses import dataclass
from statistics import mean

from tests.e2e.figures.coded import Codes
from tests.e2e.figures.files import seed
from tests.e2e.figures.given import Inputs, Logged, Response
from tests.e2e.figures.page import Printed, counted

from winloss import sample

LABELS = {row["reason"]: row["label"] for row in seed("reasons")}
PARENTS = {row["reason"]: row["parent"] or row["reason"] for row in seed("reasons")}
ABOUT = {"chose us": "won", "chose someone else or nobody": "lost", "cancelled": "cancelled"}


@dataclass(frozen=True)
class Known:
    """One exit of the window: what both sides said."""

    people: list[Response]
    ours: Logged | None
    """The last reason we logged."""
    main: set[str]
    theirs: set[str]

    @property
    def verdict(self) -> str:
        """Right where they give one main reason and it is ours; partly in the same family."""
        if not self.people:
            return "silent"
        if self.ours is None:
            return "unstated"
        if not self.theirs:
            return "uncoded"
        if self.main == {self.ours.reason}:
            return "right"
        families = {PARENTS[each] for each in self.theirs}
        return "partly" if PARENTS[self.ours.reason or ""] in families else "wrong"


def known(given: Inputs, coded: Codes) -> dict[str, Known]:
    """Every exit whose survey closed in the window. It is the first run: nothing was shown yet."""
    heard = given.heard()
    last = {
        each.decision.decision_id: each
        for each in given.logged()
        if each.reason and each.at <= sample.NOW
    }
    found = {}
    for decision_id, decision in given.decisions.items():
        if decision.is_defection and decision.is_window:
            people = heard.get(decision_id, [])
            named = [each for one in people for each in coded.theirs(one)]
            found[decision_id] = Known(
                people,
                last.get(decision_id),
                {each.reason for each in named if each.is_primary},
                {each.reason for each in named},
            )
    return found


def test_rates(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Right, partly right and wrong of those compared; the others of all whose survey closed."""
    exits = known(given, coded)
    verdicts = Counter(each.verdict for each in exits.values())
    compared = sum(verdicts[name] for name in ("right", "partly", "wrong"))

    told = printed.sections.know_why

    assert {each.name: counted(each) for each in told.rates} == {
        name: (verdicts[name], compared) for name in ("right", "partly", "wrong")
    }
    assert {each.name: counted(each) for each in told.others} == {
        name: (verdicts[name], len(exits)) for name in ("silent", "unstated", "uncoded")
    }
    page = printed.page.said("know_why")
    for each in told.rates:
        assert f"({each.count} of {each.total}, likely" in page
    for each in told.others:
        assert f"{each.count} of {each.total}" in page


def test_price_and_others_called(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Each reason as often as we said it and as they did, where both spoke; price too often."""
    both = [each for each in known(given, coded).values() if each.ours and each.main]
    ours = Counter(LABELS[each.ours.reason or ""] for each in both if each.ours)
    theirs = Counter(LABELS[reason] for each in both for reason in each.main)

    rows = {
        label: row
        for label, row in printed.rows("know_why", "calls").items()
        if row.cells[0].figure
    }

    assert rows["price"].cells[2].said == f"{ours['price'] - theirs['price']} too often"
    for label, row in rows.items():
        first, second = row.cells[0].figure, row.cells[1].figure
        assert first
        assert second
        assert counted(first) == (ours[label], len(both)), label
        assert counted(second) == (theirs[label], len(both)), label
        for cell in row.cells:
            printed.check("know_why", cell)
    widest = max(abs(ours[label] - theirs[label]) for label in ours | theirs)
    assert abs(ours["price"] - theirs["price"]) == widest


def test_confused(given: Inputs, printed: Printed, coded: Codes) -> None:
    """What we said against what they said: each pair as often as it was said of one exit."""
    pairs = Counter(
        (LABELS[each.ours.reason or ""], LABELS[reason])
        for each in known(given, coded).values()
        if each.ours
        for reason in each.main
    )

    panel = printed.panel("know_why", "confusion")

    told = {
        (row.label, row.cells[0].said): row.cells[1].figure
        for row in panel.rows
        if row.cells[1].figure
    }
    assert {pair: counted(each) for pair, each in told.items() if each} == {
        pair: (count, sum(pairs.values())) for pair, count in pairs.items() if count > 1
    }
    singles = sum(count == 1 for count in pairs.values())
    assert panel.rows[-1].label == f"{singles} more pairs"


def test_moments(given: Inputs, printed: Printed, coded: Codes) -> None:
    """When our reason had been committed: before they answered, or after."""
    found: Counter[str] = Counter()
    for decision_id, each in known(given, coded).items():
        if each.people and each.ours:
            all_said = [one for one in given.logged() if one.decision.decision_id == decision_id]
            last = [one for one in all_said if one.reason][-1]
            first_heard = min(one.at for one in each.people)
            found["before" if last.at < first_heard else "between"] += 1
    total = sum(found.values())

    told = printed.counts("know_why", "moments")

    assert told["before they answered"] == (found["before"], total)
    assert told["after they answered, before an edition had shown it"] == (found["between"], total)


def test_goals(given: Inputs, printed: Printed) -> None:
    """Who told us what they wanted; of these, whose seller had filled in the form beforehand."""
    asked = given.shown("goal", [each for people in given.heard().values() for each in people])
    told_us = {
        voter: min(each.at for each in people if each.answers.get("goal", "").strip())
        for voter, people in asked.items()
        if any(each.answers.get("goal", "").strip() for each in people)
    }
    filled = {
        each.decision.decision_id: each
        for each in given.everybody
        if each.kind == "seller" and each.decision
        if each.decision.decision_id in told_us
    }
    assert all(filled[voter].at < told_us[voter] for voter in filled)
    wrote = [each for each in filled.values() if each.answers.get("goal_ours", "").strip()]

    told = printed.counts("know_why", "goals")

    assert told["told us what they wanted"] == (len(told_us), len(asked))
    assert told["our seller had filled in the form before they answered"] == (
        len(filled),
        len(told_us),
    )
    assert told["our seller had written their goal"] == (len(wrote), len(filled))


def test_about_whom(given: Inputs, printed: Printed) -> None:
    """Mostly about us or about them: the mean of a decision's voices; thin, so of all time."""
    rows = printed.rows("know_why", "about")

    for label, kind in ABOUT.items():
        among = [each for each in given.customers if each.decision and each.decision.kind == kind]
        rated = [
            mean(said)
            for people in given.shown("about_whom", among).values()
            if (said := [e.answers["about_whom"] for e in people if "about_whom" in e.answers])
        ]
        us, them, average = rows[label].cells
        assert us.figure is not None
        assert them.figure is not None
        assert counted(us.figure) == (sum(each <= 2 for each in rated), len(rated))
        assert counted(them.figure) == (sum(each >= 4 for each in rated), len(rated))
        assert average.said in {f"{mean(rated):.1f}", "too few to say"}
        assert (average.said == "too few to say") == (len(rated) < 5)
