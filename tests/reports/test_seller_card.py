"""A seller's own card: their exits, their reasons, and what their customers let them see."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from winloss import render, resources
from winloss.errors import QuoteError
from winloss.reporting import Edition, SellerCard

WORDS = "We would have been on our own, with nobody to ask."


@pytest.fixture
def card(programme, edition: Edition, settings):
    """Makes the card of seller s1 from whatever the programme holds."""

    def make() -> SellerCard:
        for row in programme.rows["marts.decisions"]:
            row.setdefault("seller_id", "s1")
            row.setdefault("ask_state", "answered")
            row["closes_on"] = edition.week.monday
        programme.add("seeds.reasons", reason="x", parent="x", label="x", valid_from="2020")
        reader = programme.reader()
        mine = replace(edition, report="seller_card", audience="abc")
        room = resources.load("reports", "seller_card")
        return room.make(reader, mine, settings, "s1")  # type: ignore[no-any-return]

    return make


def decide(programme, key: str, *, decided: str = "2026-09-08", **changes) -> None:
    programme.decide(key, decided=decided, customer_reason="onboarding", **changes)
    programme.add("marts.accounts", account_id=f"account-{key}", account_name=f"Account {key}")


def test_what_they_said_stands_beside_what_the_seller_said(programme, card) -> None:
    """An open answer about a decision whose seller had spoken first."""
    decide(programme, "a", seller_reason="price_level", verdict="wrong")
    programme.answer("a", WORDS, "onboarding", may_see=True, may_quote="unnamed")

    (row,) = card().rows

    assert row.label == "Account a chose a competitor on 8 September"
    assert [cell.said for cell in row.cells] == [
        "price",
        "help to start: another reason than yours",
    ]
    assert row.quote is None


def test_a_confided_answer_stays_confided(programme, card) -> None:
    """Neither reason, verdict nor rate tells what the customer kept from the seller."""
    decide(programme, "a", seller_reason="price_level", verdict="wrong")
    programme.answer("a", WORDS, "onboarding", may_see=False, may_quote="unnamed")

    made = card()

    assert made.rows[0].cells[1].said == "heard, in confidence"
    text = render.seller_card(made).text
    assert "help to start" not in text
    assert "lets you see why" not in text
    assert "otherwise" not in made.subject


def test_an_answer_that_came_after_the_edition(programme, card) -> None:
    """What was landed later is not on the card."""
    decide(programme, "a", seller_reason="price_level", verdict="wrong")
    programme.answer("a", WORDS, "onboarding", may_see=True, may_quote="named")
    programme.rows["marts.responses"][-1]["fetched_at"] = datetime(2100, 1, 1, tzinfo=UTC)

    text = render.seller_card(card()).text

    assert "help to start" not in text


def test_the_seller_speaks_first(programme, card) -> None:
    """An answer is not shown to somebody who has committed to nothing."""
    decide(programme, "a")
    programme.answer("a", WORDS, "onboarding", may_see=True, may_quote="unnamed")

    made = card()

    assert [cell.said for cell in made.rows[0].cells] == [
        "nothing yet",
        "heard: say first what you believe",
    ]
    assert "You have logged no reason for one exit" in made.missing[0]


def test_only_named_words_stand_beside_an_account(programme, card) -> None:
    """A name lent, and seen: the words stand on the card, with who said them."""
    decide(programme, "a", seller_reason="onboarding", verdict="right")
    programme.answer("a", WORDS, "onboarding", may_see=True, may_quote="named")
    programme.add(
        "staging.respondents",
        respondent="person-a",
        respondent_name="Ada Quill",
        respondent_role="Yard manager",
    )

    (row,) = card().rows

    assert row.quote is not None
    assert row.quote.text == WORDS
    assert row.quote.attribution == "Ada Quill, Yard manager, Account a"


def test_the_last_two_and_the_last_two(programme, card) -> None:
    """Two who chose a competitor and two who cancelled, the latest; nobody else's, none open."""
    for number in range(1, 5):
        decide(programme, f"lost-{number}", decided=f"2026-09-0{number}")
        decide(programme, f"gone-{number}", decided=f"2026-09-0{number}", kind="cancelled")
    decide(programme, "other", decided="2026-09-09", seller_id="s2")
    decide(programme, "open", decided="2026-09-09", ask_state="open")
    decide(programme, "undecided", decided="2026-09-09", outcome="no_decision")

    made = card()

    assert [row.label.split(" on ")[0] for row in made.rows] == [
        "Account lost-4 chose a competitor",
        "Account lost-3 chose a competitor",
        "Account gone-4 cancelled",
        "Account gone-3 cancelled",
    ]


def test_an_unnamed_quote_stops_the_card(programme, card) -> None:
    """Were the query ever to let one through, the card is not made."""
    decide(programme, "a", seller_reason="price_level", verdict="wrong")
    programme.answer("a", WORDS, "onboarding", may_see=True, may_quote="named")
    programme.rows["marts.verbatims"][0]["may_quote"] = "unnamed"

    with pytest.raises(QuoteError, match="named quotes alone"):
        card()


def test_nobody_left(card) -> None:
    """A seller without exits reads that, and no empty table."""
    made = card()

    assert made.rows == ()
    assert "None of your customers" in render.seller_card(made).text
