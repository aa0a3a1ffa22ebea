"""Satisfied, or loyal: counted again from what went in."""

from collections import Counter
from statistics import mean

from tests.e2e.figures.given import Inputs, Response, warning
from tests.e2e.figures.page import Printed

MOVES = {
    "yes": "Satisfied, would move",
    "maybe": "Satisfied, might",
    "no": "Satisfied, would not",
}
PLACES = {
    (True, True): "Truly loyal",
    (True, False): "Accessible",
    (False, True): "Trapped",
    (False, False): "High risk",
}
THERE = "satisfaction_chosen"
INTENT = {"yes": 5, "unsure": 3, "maybe": 3, "no": 1}


def pulses(given: Inputs, ref: str, *, is_window: bool = False) -> list[Response]:
    """The latest pulse of each current customer that asked a question."""
    return given.last_pulses(
        each
        for each in given.customers
        if each.kind == "pulse" and given.current(each.account_id) and ref in each.shown
        if each.is_window or not is_window
    )


def satisfied(each: Response) -> bool | None:
    """4 or 5 of 5; None where left open."""
    return each.answers["satisfaction"] >= 4 if "satisfaction" in each.answers else None


def test_satisfied_is_not_loyal(given: Inputs, printed: Printed) -> None:
    """Current customers of the window by whether they are satisfied and would move."""
    found: Counter[str] = Counter()
    here = pulses(given, "would_move", is_window=True)
    for each in here:
        move, is_satisfied = each.choice("would_move"), satisfied(each)
        if is_satisfied is False:
            found["Not satisfied"] += 1
        elif is_satisfied is None or move is None:
            found["Left one of the two open"] += 1
        else:
            found[MOVES[move]] += 1

    told = printed.counts("loyalty", "satisfied")

    leavers = told.pop("Cancelled, though satisfied")
    assert told == {label: (count, len(here)) for label, count in found.items()}
    assert leavers == satisfied_leavers(given)


def satisfied_leavers(given: Inputs) -> tuple[int, int]:
    """Who cancelled though satisfied, all of them who say."""
    gone = given.heard("cancelled")
    said = [{satisfied(each) for each in people} - {None} for people in gone.values()]
    return sum(each == {True} for each in said), len(gone)


def test_where_they_went(given: Inputs, printed: Printed) -> None:
    """Whom those we heard chose, as they say, otherwise as the CRM has it."""
    rivals = given.rivals()
    went = Counter(rivals[voter] or "Nobody that we know of" for voter in given.heard())

    told = printed.counts("loyalty", "rivals")

    assert told == {name: (count, went.total()) for name, count in went.items()}


def place(each: Response) -> str | None:
    """Where a customer stands in the matrix; None where too little was answered."""
    likes = [each.answers[r] for r in ("satisfaction", "recommend", "proud") if r in each.answers]
    stays = [INTENT[choice] for ref in ("will_stay", "will_widen") if (choice := each.choice(ref))]
    if move := each.choice("would_move"):
        stays.append(6 - INTENT[move])
    if min(len(likes), len(stays)) < 2:
        return None
    return PLACES[mean(likes) >= 4, mean(stays) >= 3.5]


def test_matrix(given: Inputs, printed: Printed) -> None:
    """What they feel beside what they intend, of those whose latest pulse asked; of all time."""
    shown = pulses(given, "recommend")
    places = Counter(found for each in shown if (found := place(each)))
    assert sum(place(each) is not None for each in shown if each.is_window) < 15

    told = printed.counts("loyalty", "matrix")

    assert {name: told[name] for name in PLACES.values()} == {
        name: (places[name], len(shown)) for name in PLACES.values()
    }


def test_moves(given: Inputs, printed: Printed) -> None:
    """The latest pulse of each current customer of the window against the one before."""
    found: Counter[str] = Counter()
    total = 0
    for each in pulses(given, "would_move", is_window=True):
        earlier = [
            one
            for one in given.customers
            if one.kind == "pulse" and one.voter == each.voter and one.at < each.at
            if satisfied(one) is not None and one.choice("would_move")
        ]
        if not earlier:
            continue
        before = max(earlier, key=lambda one: one.at)
        was, move = before.choice("would_move"), each.choice("would_move")
        total += 1
        found["Was satisfied, would move now"] += bool(
            satisfied(before) and was != "yes" and move == "yes"
        )
        found["Would have moved, no longer"] += was == "yes" and move in {"no", "maybe"}
        found["No longer satisfied"] += bool(satisfied(before) and satisfied(each) is False)

    told = printed.counts("loyalty", "moves")

    assert {label: told[label] for label in found} == {
        label: (count, total) for label, count in found.items()
    }


def test_happier_there(given: Inputs, printed: Printed) -> None:
    """Would they decide so again, of those who left and were asked; of all time."""
    left = [each for each in given.customers if each.is_defection]
    asked = given.shown("same_again", left)
    said = [
        warning((each.choice("same_again") for each in people), ("yes", "unsure", "no"))
        for people in asked.values()
    ]
    rated = [
        max(stars)
        for people in asked.values()
        if (stars := [e.answers[ref] for e in people for ref in (THERE,) if ref in e.answers])
    ]

    told = printed.counts("loyalty", "regret")

    assert told == {
        "No": (said.count("no"), len(asked)),
        "Not sure": (said.count("unsure"), len(asked)),
        "Yes": (said.count("yes"), len(asked)),
        "Satisfied with whom they chose": (sum(each >= 4 for each in rated), len(asked)),
        "Left that open": (len(asked) - len(rated), len(asked)),
    }


def test_both_ways(given: Inputs, printed: Printed) -> None:
    """Who would stand up for whom, of those who say both; of all time."""
    pairs = []
    asked = given.shown("stands_up_for_us", given.customers)
    for people in asked.values():
        sides = [
            [each.answers[ref] for each in people if ref in each.answers]
            for ref in ("stands_up_for_us", "we_stand_up")
        ]
        if all(sides):
            pairs.append(tuple(min(side) >= 4 for side in sides))

    told = printed.counts("loyalty", "both_ways")

    assert told == {
        "Each for the other": (pairs.count((True, True)), len(asked)),
        "They for us, not we for them": (pairs.count((True, False)), len(asked)),
        "We for them, not they for us": (pairs.count((False, True)), len(asked)),
        "Neither for the other": (pairs.count((False, False)), len(asked)),
        "Left one of the two open": (len(asked) - len(pairs), len(asked)),
    }


def test_whom_they_would_miss(given: Inputs, printed: Printed) -> None:
    """Loyal to whom: of current customers, and of those who left; of all time."""
    labels = ("nothing", "person", "product", "firm")
    names = ("Nothing", "One person", "The product", "The company")
    here = given.shown("miss_most", pulses(given, "miss_most"))
    left = given.shown("miss_most", [each for each in given.customers if each.is_defection])

    for column, asked in enumerate((here, left)):
        said = [
            warning((each.choice("miss_most") for each in people), labels)
            for people in asked.values()
        ]
        told = printed.counts("loyalty", "whom", column)
        assert told == {
            name: (said.count(ref), len(asked)) for name, ref in zip(names, labels, strict=True)
        }
