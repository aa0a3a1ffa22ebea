"""Whom did we defend, counted again from what went in."""

import re
from collections import Counter

from tests.e2e.figures.coded import Codes
from tests.e2e.figures.given import TO, Inputs, Response
from tests.e2e.figures.page import Printed

RUNGS = ("disappoint", "deliver", "delight", "defend")
LABELS = {"disappoint": "Disapp", "deliver": "Delivered", "delight": "Delight", "defend": "Defend"}
DEFENDED = {
    "our price": "price",
    "the value of our product": "value",
    "our reputation or our rules": "reputation",
    "the terms of our guarantee": "guarantee",
    "the customer": "you",
    "nothing, as far as they saw": "nothing",
}
SHORT_NO = re.compile(r"(no|none|never|nope|nothing|not|can't|cannot)\b", re.IGNORECASE)
FEW_WORDS = 8


def stood(given: Inputs) -> dict[str, tuple[str | None, list[Response]]]:
    """Voter -> the lower rung of their people in the window, and who they are."""
    asked = given.shown("ladder_rung", [each for each in given.customers if each.is_window])
    found = {}
    for voter, people in asked.items():
        said = [rung for each in people if (rung := each.choice("ladder_rung"))]
        found[voter] = (min(said, key=RUNGS.index) if said else None, people)
    return found


def test_rungs_and_who_left(given: Inputs, printed: Printed) -> None:
    """How many stand on each rung, and how many of these left us."""
    on = stood(given)
    rungs = Counter(rung for rung, _ in on.values() if rung)
    left = Counter(rung for rung, people in on.values() if rung and people[0].is_defection)

    stand, gone = (printed.counts("ladder", "rungs", column) for column in (0, 1))

    for rung, name in LABELS.items():
        (label,) = (each for each in stand if each.startswith(name))
        assert stand[label] == (rungs[rung], len(on)), rung
        assert gone[label] == (left[rung], rungs[rung]), rung
    note = printed.panel("ladder", "rungs").note
    stay = rungs.total() - left.total()
    assert note.startswith(f"{left.total()} of them left us and {stay} stay;")


def test_colleagues_who_differ(given: Inputs, printed: Printed) -> None:
    """In how many decisions colleagues see us on two rungs: the lower one was counted above."""
    differ = [
        people
        for _, people in stood(given).values()
        if len({each.choice("ladder_rung") for each in people} - {None}) > 1
    ]

    words = {1: "one decision colleagues", 2: "two decisions colleagues"}

    assert f"In {words[len(differ)]} differ" in printed.panel("ladder", "rungs").note


def told(each: Response, ref: str) -> bool:
    """Whether they tell of a moment: a few words that begin with no tell of none."""
    text = each.answers.get(ref, "")
    is_no = len(text.split()) <= FEW_WORDS and SHORT_NO.match(text.strip())
    return any(letter.isalnum() for letter in text) and not is_no


def closed(given: Inputs, ref: str) -> list[Response]:
    """Who was shown a question of the block, since the beginning; of pulses the last."""
    return given.last_pulses(
        each
        for each in given.customers
        if ref in each.shown and each.counted_on and each.counted_on <= TO
    )


def test_incidents(given: Inputs, printed: Printed) -> None:
    """Of those asked for a moment, how many tell of one for them and for ourselves."""
    asked = given.shown("put_us_first", closed(given, "put_us_first"))
    assert sum(any(each.is_window for each in people) for people in asked.values()) < 15

    for side in ("put_you_first", "put_us_first"):
        count = sum(any(told(each, side) for each in people) for people in asked.values())
        assert printed.counts("ladder", side)["tell of a moment"] == (count, len(asked)), side


def test_defended(given: Inputs, printed: Printed) -> None:
    """What we defended when they raised a concern; colleagues count on each."""
    said = {
        voter: {each.choice("defended_what") for each in people} - {None}
        for voter, people in given.shown("defended_what", closed(given, "defended_what")).items()
    }
    left_open = sum(not found for found in said.values())

    counts = printed.counts("ladder", "defended")

    assert counts == {
        "they left it open": (left_open, len(said)),
        **{
            label: (sum(ref in found for found in said.values()), len(said))
            for label, ref in DEFENDED.items()
        },
    }


def test_price(given: Inputs, printed: Printed, coded: Codes) -> None:
    """Of those who named price and were asked, who would pay more to be defended."""
    asked = given.shown(
        "defend_premium", [each for each in closed(given, "defend_premium") if each.is_defection]
    )
    named = {
        each.voter
        for each in given.customers
        if each.is_defection and any(one.parent == "price" for one in coded.theirs(each))
    }
    said = {
        voter: {choice for each in people if (choice := each.choice("defend_premium"))}
        for voter, people in asked.items()
        if voter in named
    }
    paying = sum(bool(found) and "nothing" not in found for found in said.values())

    counts = printed.counts("ladder", "premium")

    assert counts["would pay more to be defended"] == (paying, len(said))
