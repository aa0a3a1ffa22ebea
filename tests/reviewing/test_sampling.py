"""Which texts a sheet holds, drawn the same for everybody."""

from typing import Any

import polars as pl
import pytest
from tests.reviewing.invented import code, hash_of, known, said, sheet, text

from winloss.reviewing.sampling import RESERVED_BELOW, Wanted, disputed, drawn

MANY = [f"words number {number}" for number in range(100)]


def draws(programme, wanted: Wanted | None = None) -> list[tuple[str, str]]:
    """Each text of a sheet and the letter of its draw."""
    found = drawn(programme.texts, programme.people, wanted or Wanted())
    return list(found.select("text", "letter").iter_rows())


def spread(words: list[str], **more) -> list[dict[str, Any]]:
    """Texts whose draws are spread evenly, as hashes are."""
    step = 16**8 // len(words)
    return [
        text(each, draw=f"{place * step + step // 2:08x}", **more)
        for place, each in enumerate(words)
    ]


def test_a_tenth_is_random_and_blind() -> None:
    """Of forty texts four, with the lowest draws, and they show nothing."""
    found = draws(known(spread(MANY)))

    assert [letter for _, letter in found] == ["r"] * 4 + ["u"] * 36
    assert [words for words, _ in found[:4]] == MANY[:4]
    assert all(
        row.draw.is_blind == (row.draw.sample == "random")
        for row in sheet(known(spread(MANY), [code(each, "support") for each in MANY])).rows
    )


@pytest.mark.parametrize(("asked", "random"), [(1, 1), (2, 1), (10, 1), (11, 2), (40, 4)])
def test_at_least_one_rounded_up(asked: int, random: int) -> None:
    letters = [letter for _, letter in draws(known(spread(MANY)), Wanted(asked))]

    assert len(letters) == asked
    assert letters.count("r") == random


def test_the_reserved_tenth_is_never_suggested_to_anybody() -> None:
    """However doubtful, its texts come blind: else what is drawn later would be the easy ones."""
    programme = known(spread(MANY, needs_review=True))
    reserved = set(programme.texts.filter(pl.col("draw") < RESERVED_BELOW)["text"])

    found = draws(programme, Wanted(90))

    assert len(reserved) == 10
    assert not reserved & {words for words, letter in found if letter == "u"}


def test_all_come_once_in_the_end() -> None:
    """Sheet by sheet, every text comes, none twice, and then there is nothing left."""
    people: list[dict[str, Any]] = []
    seen: list[str] = []
    while found := draws(known(spread(MANY), people=people), Wanted(30)):
        seen += [words for words, _ in found]
        people += [row for words, _ in found for row in said(words, "Ann", ("support",))]

    assert sorted(seen) == sorted(MANY)


def test_doubt_first_and_more_where_something_rests_on_it() -> None:
    """Abstained before a low confidence; a verdict and a printed finding count as written."""
    texts = [
        text("sure", confidence=0.9),
        text("sure but printed and a verdict", confidence=0.84, is_printed=True, is_verdict=True),
        text("unsure", confidence=0.45),
        text("unsure verdict", confidence=0.45, is_verdict=True),
        text("abstained", needs_review=True, confidence=0.9),
        text("nothing found", confidence=None),
        text("random", draw="0"),
    ]

    found = [words for words, letter in draws(known(texts)) if letter == "u"]

    assert found[0] == "unsure verdict"
    assert set(found[1:3]) == {"abstained", "nothing found"}
    assert found[3:] == ["sure but printed and a verdict", "unsure", "sure"]


def test_a_name_to_look_at_is_as_doubtful_as_can_be() -> None:
    """So that what is held back for it comes into a sheet, however sure the coder is."""
    texts = [
        text("unsure", confidence=0.45),
        text("may be quoted but for a name", confidence=0.99, is_held_back=True),
        text("random", draw="0"),
    ]

    found = [words for words, letter in draws(known(texts)) if letter == "u"]

    assert found == ["may be quoted but for a name", "unsure"]


def test_order_of_rows_does_not_matter() -> None:
    texts = spread(MANY, confidence=0.5)

    assert draws(known(texts)) == draws(known(texts[::-1]))


def test_what_a_person_coded_does_not_come_again() -> None:
    """By whomever, and also where they found that no reason applies."""
    people = said(MANY[0], "Ann", ("support",)) + said(MANY[50], "Ben", ())

    found = {words for words, _ in draws(known(spread(MANY), people=people), Wanted(100))}

    assert found == set(MANY) - {MANY[0], MANY[50]}


def test_where_no_coding_stands_a_text_comes_again() -> None:
    """The last coding names a reason that was split, an older one of somebody else does not."""
    people = [{**row, "is_standing": False} for row in said(MANY[0], "Ann", ("support",))]
    people += said(MANY[50], "Ben", ())

    found = {words for words, _ in draws(known(spread(MANY), people=people), Wanted(100))}

    assert found == set(MANY) - {MANY[50]}


def test_other_languages_only_when_asked() -> None:
    texts = [text("one"), text("deux", language="fr"), text("three", language=None)]

    assert {words for words, _ in draws(known(texts))} == {"one", "three"}
    assert len(draws(known(texts), Wanted(has_all_languages=True))) == 3


def test_second_is_what_one_other_person_coded() -> None:
    """Random ones first, all blind; nobody gets what they coded, nor what two have."""
    people = [
        *said("doubtful", "Ann", ("support",), sample="unsure"),
        *said("fair", "Ann", ()),
        *said("mine", "Ben", ("support",)),
        *said("both", "Ann", ("support",)),
        *said("both", "Cid", ("support",)),
    ]
    texts = [text(each) for each in ("doubtful", "fair", "mine", "both", "nobody's")]
    programme = known(texts, [code("doubtful", "support")], people)

    found = draws(programme, Wanted(way="second", reviewer="Ben"))
    rows = sheet(programme, Wanted(way="second", reviewer="Ben")).rows

    assert found == [("fair", "r"), ("doubtful", "s")]
    assert [row.suggestions for row in rows] == [(), ()]
    assert [(row.draw.sample, row.draw.is_blind) for row in rows] == [
        ("random", True),
        ("unsure", True),
    ]


DISPUTES: dict[str, tuple[tuple[str, ...], ...]] = {
    "other reason": (("support",), ("onboarding",)),
    "other main reason": (("support", "onboarding"), ("onboarding", "support")),
    "one more": (("support",), ("support", "onboarding")),
    "none and one": ((), ("support",)),
}
PEACE: dict[str, tuple[tuple[str, ...], ...]] = {
    "same": (("support",), ("support",)),
    "both none": ((), ()),
}


@pytest.mark.parametrize(("name", "codings"), [*DISPUTES.items(), *PEACE.items()])
def test_disputed_is_what_two_say_differently(
    name: str, codings: tuple[tuple[str, ...], ...]
) -> None:
    people = said("w", "Ann", codings[0]) + said("w", "Ben", codings[1], days=1)

    found = draws(known([text("w")], people=people), Wanted(way="disputed"))

    assert found == ([("w", "d")] if name in DISPUTES else [])


def test_settled_until_somebody_codes_it_again() -> None:
    """Who settled it has the word, until another says otherwise later."""
    two = said("w", "Ann", ("support",)) + said("w", "Ben", ("onboarding",))
    settled = said("w", "Ann", ("support",), days=2, sample="disputed")
    again = said("w", "Ben", ("onboarding",), days=3)

    assert disputed(known([text("w")], people=two).people).height == 1
    assert disputed(known([text("w")], people=settled + two[1:]).people).is_empty()
    assert disputed(known([text("w")], people=settled + again).people)["text_hash"].to_list() == [
        hash_of("w")
    ]


def test_a_dispute_shows_both_codings_and_names_nobody() -> None:
    people = [
        *said("late and dear", "Ann", ("support",)),
        *said("late and dear", "Ben", ("price_level", "support")),
    ]
    programme = known([text("late and dear")], [code("late and dear", "budget")], people)

    (row,) = sheet(programme, Wanted(way="disputed")).rows

    assert row.suggestions == ()
    assert [
        (opinion.person, [each.reason for each in opinion.suggestions]) for opinion in row.opinions
    ] == [(1, ["price_level", "support"]), (2, ["support"])]
    assert "Ann" not in repr(row)
    assert "Ben" not in repr(row)
