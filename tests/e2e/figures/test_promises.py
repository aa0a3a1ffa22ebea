"""Did we keep our word, counted again from what went in."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from tests.e2e.figures.given import FROM, TO, Inputs, Response, warning
from tests.e2e.figures.page import Printed

from winloss import sample

VERDICTS = {"Kept": "kept", "Kept late": "late", "Not kept": "broken", "Not due": "not_due"}
WORSE = ("kept", "late", "broken")
PRICES = ("nothing", "apology", "dont_know", "money_back")
BEARERS = ("customer", "shared", "supplier")
GUARANTEE = {
    "it has no conditions": "unconditional",
    "it is easy to understand": "easy_to_understand",
    "it would make up for the harm": "meaningful",
    "it is easy to call on": "easy_to_invoke",
    "it is paid at once": "easy_to_collect",
    "they know of none": "no_guarantee",
}
COST = {
    "nothing": "nothing",
    "an apology": "apology",
    "money or service back": "money_back",
    "they do not know": "dont_know",
}


@dataclass(frozen=True)
class Promise:
    """One promise our side has on record."""

    decision_id: str | None
    account_id: str | None
    kind: str | None
    verdict: str | None
    at: datetime


def promises(given: Inputs) -> list[Promise]:
    """Those of the CRM, and those of the sellers' form unless it says there were none."""
    found = []
    for row in given.rows("promises"):
        decision = given.decisions.get(row["Opportunity ID"])
        found.append(
            Promise(
                row["Opportunity ID"] or None,
                row["Account ID"] or (decision.account_id if decision else None),
                decision.kind if decision else None,
                VERDICTS.get(row["Status"]),
                datetime.fromisoformat(row["Logged At"]),
            )
        )
    for each in given.everybody:
        verdict = each.choice("promise_kept_ours")
        words = each.answers.get("promised_ours", "").strip()
        if each.kind == "seller" and (words if verdict is None else verdict != "none"):
            assert each.decision
            known = each.decision
            found.append(Promise(known.decision_id, known.account_id, known.kind, verdict, each.at))
    return [each for each in found if each.at <= sample.NOW]


def meant(each: Response, ours: list[Promise]) -> list[Promise]:
    """The promises a customer speaks of: their decision's, and of the whole of their custom."""
    found = []
    for promise in ours:
        decision_id = each.decision.decision_id if each.decision else None
        is_same = promise.decision_id is not None and promise.decision_id == decision_id
        is_earlier = promise.account_id == each.account_id and promise.at <= each.at
        is_whole = each.kind in {"pulse", "cancellation"} and promise.kind != "lost"
        if is_same or (is_earlier and each.account_id and (not promise.decision_id or is_whole)):
            found.append(promise)
    return found


def word(people: list[Response]) -> str | None:
    """The worst word of one customer's people; None where they say nothing was promised."""
    said = [each.choice("promise_kept") for each in people]
    kept = [each for each in said if each in WORSE]
    return max(kept, key=WORSE.index) if kept else None


def asked(given: Inputs) -> dict[str, list[Response]]:
    """Who was asked, of the window: decisions, and the latest pulses."""
    return given.shown("promise_kept", [each for each in given.customers if each.is_window])


def test_word(given: Inputs, printed: Printed) -> None:
    """Kept in time, late or not kept: of those to whom something was promised, the worst word."""
    words = [said for people in asked(given).values() if (said := word(people))]

    told = printed.counts("promises", "word")

    assert len(words) >= 15
    assert told == {
        "kept in time": (words.count("kept"), len(words)),
        "late": (words.count("late"), len(words)),
        "not kept": (words.count("broken"), len(words)),
    }


def test_standing(given: Inputs, printed: Printed) -> None:
    """Disputed, never logged, denied, and people of one customer who differ."""
    ours = promises(given)
    compared, disputed, remembered, never, logged, denied = (set[str]() for _ in range(6))
    asked_of = {"promise_kept", "promised_words"}
    window = [each for each in given.customers if each.is_window and asked_of & each.shown]
    for each in given.last_pulses(window):
        theirs = each.choice("promise_kept")
        if not theirs and not each.answers.get("promised_words", "").strip():
            continue
        mine = meant(each, ours)
        if mine:
            logged.add(each.voter)
        if theirs == "none":
            denied |= {each.voter} if mine else set()
            continue
        remembered.add(each.voter)
        never |= set() if mine else {each.voter}
        judged = [one.verdict for one in mine if one.verdict not in {None, "not_due"}]
        if judged and theirs:
            compared.add(each.voter)
            # A promise we hold late may be the one they mean.
            is_kept = set(judged) == {"kept"}
            disputed |= {each.voter} if is_kept and theirs != "kept" else set()
    answered = {
        voter: {each.choice("promise_kept") for each in people} - {None}
        for voter, people in asked(given).items()
    }
    differ = [said for said in answered.values() if len(said) > 1]

    told = printed.counts("promises", "standing")

    assert told == {
        "we say kept, they say late or not kept": (len(disputed), len(compared)),
        "they remember it, we logged nothing": (len(never), len(remembered)),
        "we logged it, they say nothing was promised": (len(denied), len(logged)),
        "people of one customer disagree": (
            len(differ),
            sum(bool(said) for said in answered.values()),
        ),
    }


def test_what_failing_costs(given: Inputs, printed: Printed) -> None:
    """What customers say it would cost us, and of these, whose promise was kept; of all time."""
    shown = given.shown("failure_cost", given.customers)
    in_window = [v for v, people in shown.items() if any(each.is_window for each in people)]
    assert len(in_window) < 15
    said, kept = Counter[str](), Counter[tuple[str, bool]]()
    for people in shown.values():
        if cost := warning((each.choice("failure_cost") for each in people), PRICES):
            said[cost] += 1
            if verdict := word(people):
                kept[cost, verdict == "kept"] += 1

    costs, keeps = (printed.counts("promises", "teeth", column) for column in (0, 1))

    assert {label: costs[label] for label in COST} == {
        label: (said[cost], len(shown)) for label, cost in COST.items()
    }
    assert keeps == {
        label: (kept[cost, True], kept[cost, True] + kept[cost, False])
        for label, cost in COST.items()
        if cost != "dont_know"
    }


def test_guarantee(given: Inputs, printed: Printed) -> None:
    """What customers can say of our guarantee, of those who answered; of all time."""
    ticked = {
        voter: {ref for each in people for ref in each.answers.get("guarantee_tests", ())}
        for voter, people in given.shown("guarantee_tests", given.customers).items()
    }
    told = printed.counts("promises", "guarantee")

    for label, ref in GUARANTEE.items():
        assert told[label] == (sum(ref in refs for refs in ticked.values()), len(ticked)), label


def test_who_bears_the_risk(given: Inputs, printed: Printed) -> None:
    """Who would have carried the loss, and how those decisions went; of all time."""
    went = Counter[tuple[str, str]]()
    for people in given.shown("risk_bearer", given.customers).values():
        decision = people[0].decision
        bearer = warning((each.choice("risk_bearer") for each in people), BEARERS)
        if decision and bearer:
            went[bearer, decision.kind] += 1
    labels = dict(zip(("the customer", "both of us", "we ourselves"), BEARERS, strict=True))

    for column, kind in enumerate(("lost", "won", "cancelled")):
        told = printed.counts("promises", "risk", column)
        for label, bearer in labels.items():
            total = sum(count for (who, _), count in went.items() if who == bearer)
            assert told[label] == (went[bearer, kind], total), (label, kind)


def test_on_record(given: Inputs, printed: Printed) -> None:
    """What our side logged over the window, and what nobody has spoken of."""
    page = printed.rows("promises", "record")
    found, unheard = 0, 0
    ours = promises(given)
    speakers = [
        each
        for each in given.customers
        if each.choice("promise_kept") or each.answers.get("promised_words", "").strip()
    ]
    spoken = {id(one): [e for e in speakers if one in meant(e, [one])] for one in ours}
    rows = given.rows("promises")
    for place, one in enumerate(ours):
        heard = spoken[id(one)]
        decision = given.decisions.get(one.decision_id or "")
        due = rows[place]["Due"] if place < len(rows) else ""
        on = decision.closes_on if decision else None
        if on is None:
            on = datetime.fromisoformat(due).date() if due else one.at.date()
        days = {each.counted_on for each in heard} or {on}
        if any(day and FROM <= day <= TO for day in days):
            found += 1
            unheard += not heard

    assert page["promises logged"].cells[0].said == str(found)
    told = printed.counts("promises", "record")
    assert told["nobody has spoken of it yet"] == (unheard, found)
