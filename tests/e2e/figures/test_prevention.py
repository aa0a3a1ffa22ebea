"""What broke before they left, counted again from what went in."""

import re
from collections import Counter
from datetime import date, timedelta
from statistics import median

from tests.e2e.figures.given import FROM, TO, WEEK_FROM, Inputs, Response
from tests.e2e.figures.page import Printed, counted

from winloss import numbers

LINKS = {
    "goals_known": "goals known",
    "challenges_known": "challenges known",
    "challenges_worked": "challenges worked on",
    "checked_in": "checked in",
    "met_expectation": "results as expected",
}
DAYS = ("first_doubt_on", "told_us_on", "we_asked_on", "decided_inside_on")


def is_broken(each: Response, link: str) -> bool:
    """1 or 2 of 5, or never checked in."""
    if link == "checked_in":
        return each.choice(link) == "never"
    return link in each.answers and each.answers[link] <= 2


def broken(people: list[Response]) -> list[str]:
    """The broken links of one cancellation, in their order: the weakest answer counts."""
    return [link for link in LINKS if any(is_broken(each, link) for each in people)]


def answered(people: list[Response], link: str) -> bool:
    """Whether anybody of them answered."""
    return any(link in each.answers for each in people)


def test_chain(given: Inputs, printed: Printed) -> None:
    """Where it broke first, how often it was broken, and who left it open."""
    gone = given.heard("cancelled")
    heard = [people for people in gone.values() if any(answered(people, link) for link in LINKS)]
    first = Counter(links[0] for people in heard if (links := broken(people)))

    rows = printed.rows("prevention", "chain")

    assert len(heard) >= 15, "too few for the window: count since the beginning here"
    for link, label in LINKS.items():
        said = [people for people in heard if answered(people, link)]
        begins, often, _ = (cell.figure for cell in rows[label].cells)
        assert begins
        assert often
        assert counted(begins) == (first[link], len(heard)), link
        assert counted(often) == (sum(link in broken(people) for people in said), len(said)), link
        for cell in rows[label].cells[:2]:
            printed.check("prevention", cell)
    whole = len(heard) - sum(first.values())
    assert f"In {whole} of {len(heard)} no link was broken." in printed.page.said("prevention")


def days(people: list[Response]) -> dict[str, date]:
    """The days of one cancellation; of colleagues the earliest."""
    found = {ref: [e.answers[ref] for e in people if ref in e.answers] for ref in DAYS}
    return {ref: min(dates) for ref, dates in found.items() if dates}


def test_clock(given: Inputs, printed: Printed) -> None:
    """The medians of the days before leaving, of those who gave the day; and how many."""
    found: dict[str, list[int]] = {ref: [] for ref in DAYS}
    warned, silent = [], []
    for people in given.heard("cancelled").values():
        decision, told = people[0].decision, days(people)
        assert decision
        for ref, on in told.items():
            if on <= decision.decided_on:
                found[ref].append((decision.decided_on - on).days)
        doubt, told_on = told.get("first_doubt_on"), told.get("told_us_on")
        if doubt and doubt <= decision.decided_on:
            warned.append((decision.decided_on - doubt).days)
        if doubt and told_on and doubt <= told_on:
            silent.append((told_on - doubt).days)
    total = len(given.heard("cancelled"))

    rows = printed.rows("prevention", "clock")

    labels = ("first doubt", "told us", "we asked", "decided inside")
    for label, ref in zip(labels, DAYS, strict=True):
        cell = rows[label].cells[0]
        assert cell.said == f"{median(found[ref]):.0f} days before"
        assert cell.figure is not None
        assert counted(cell.figure) == (len(found[ref]), total)
        printed.check("prevention", cell)
    page = printed.page.said("prevention")
    for what, spans in (("Warning time, from doubt", warned), ("Silent time, from doubt", silent)):
        middle = f"{median(spans):.0f} days in the middle ({len(spans)} gave it)"
        assert re.search(rf"{what}[a-z ]*: {re.escape(middle)}", page), middle


def test_never_told(given: Inputs, printed: Printed) -> None:
    """Of those who gave any day at all, who gave none on which they told us."""
    told = [days(people) for people in given.heard("cancelled").values()]
    dated = [each for each in told if each]
    never = [each for each in dated if "told_us_on" not in each]

    figure = numbers.figure("never", len(never), len(dated), "sql/reports/prevention_clock.sql")

    assert f"Never told us: {numbers.spoken(figure)}." in printed.page.said("prevention")


def test_too_late_and_reversible(given: Inputs, printed: Printed) -> None:
    """We asked after it was decided, or never; and it could have been stopped."""
    late, comparable, stopped, said = 0, 0, 0, 0
    for people in given.heard("cancelled").values():
        told = days(people)
        asked, decided = told.get("we_asked_on"), told.get("decided_inside_on")
        checked = any(each.choice("checked_in") not in {None, "never"} for each in people)
        if asked and decided:
            comparable += 1
            late += asked > decided
        elif told and not asked and not checked:
            comparable += 1
            late += 1
        answers = [each.choice("decisive") for each in people if "decisive" in each.answers]
        what = any(each.answers.get("would_have_changed", "").strip() for each in people)
        is_ruled_out = bool(answers) and set(answers) == {"no"}
        if answers or what:
            said += 1
            stopped += "yes" in answers or (what and not is_ruled_out)
    too_late = numbers.figure("late", late, comparable, "sql/reports/prevention_clock.sql")
    reversible = numbers.figure("stopped", stopped, said, "sql/reports/prevention_clock.sql")

    page = printed.page.said("prevention")
    lines = printed.sections.prevention.lines

    assert any(f"We asked too late in {numbers.spoken(too_late)}" in line for line in lines)
    assert f"It could have been stopped in {numbers.spoken(reversible)}." in lines
    assert all(line in page for line in lines)


def test_odds(given: Inputs, printed: Printed) -> None:
    """Each link as often broken by who cancelled within the year as by who is still here."""
    gone: dict[str, tuple[date, list[Response]]] = {}
    for each in sorted(given.customers, key=lambda each: each.at):
        if each.decision and each.decision.kind == "cancelled" and each.decision.closes_on <= TO:
            on, account = each.decision.decided_on, each.account_id or each.voter
            known, people = gone.get(account, (on, []))
            if TO - timedelta(days=365) < on >= known:
                # An account speaks of its latest cancellation, all who told us of it.
                gone[account] = on, [*(people if on == known else []), each]
    left = set(gone)
    here = [
        each
        for each in given.last_pulses(given.customers)
        if each.kind == "pulse" and given.current(each.account_id) and each.account_id not in left
    ]

    rows = printed.rows("prevention", "odds")

    for link, label in LINKS.items():
        away = [people for _, people in gone.values() if answered(people, link)]
        stay = [each for each in here if link in each.answers]
        first, second = (cell.figure for cell in rows[label].cells[:2])
        assert first
        assert second
        assert counted(first) == (sum(link in broken(people) for people in away), len(away)), link
        assert counted(second) == (sum(is_broken(each, link) for each in stay), len(stay)), link
        printed.check("prevention", rows[label].cells[0])
        printed.check("prevention", rows[label].cells[1])


def test_signs(given: Inputs, printed: Printed) -> None:
    """Who asked for a call in the week, and what the latest pulse of each customer says."""
    calls = {e.voter for e in given.customers if e.on >= WEEK_FROM and e.answers.get("call_me")}
    latest = given.last_pulses(
        each for each in given.customers if each.kind == "pulse" and each.on >= FROM
    )
    pulses = [each for each in latest if given.current(each.account_id)]
    expected = {
        "asked_for_a_call": len(calls),
        "would_move": sum(each.choice("would_move") == "yes" for each in pulses),
        "might_move": sum(each.choice("would_move") == "maybe" for each in pulses),
        "goals_unknown": sum(is_broken(each, "goals_known") for each in pulses),
    }

    told = printed.sections.prevention

    counts = {sign.figure.name: sign.figure.count for sign in told.signs}
    assert {name: counts[name] for name in expected} == expected
    assert told.calls == len(calls)
    assert all(sign.said in printed.page.said("prevention") for sign in told.signs)


def test_no_check_in(given: Inputs, printed: Printed) -> None:
    """Current customers nobody has checked in with for more than 90 days."""
    held: dict[str, date] = {}
    for row in given.rows("check_ins"):
        month, day, year = (int(part) for part in row["Date"].split("/"))
        on = date(year, month, day)
        if on <= TO:
            held[row["Account ID"]] = max(on, held.get(row["Account ID"], on))
    customers = {name: row for name, row in given.accounts.items() if given.current(name)}
    overdue = 0
    for name, row in customers.items():
        since = held.get(name)
        if since is None and row["Customer Since"]:
            month, day, year = (int(part) for part in row["Customer Since"].split("/"))
            since = date(year, month, day)
        overdue += since is None or since < TO - timedelta(days=90)

    (sign,) = (s for s in printed.sections.prevention.signs if s.figure.name == "no_check_in")

    assert counted(sign.figure) == (overdue, len(customers))
