"""The seller's own card: their last exits, what they said and what their customers said.

It goes to that seller and to nobody else. What a customer said is shown only where that customer
lets the people they dealt with see it, and only once the seller has said what they believe.
"""

from typing import Any

import polars as pl

from winloss import resources, wording
from winloss.errors import QuoteError
from winloss.quotes import Voices
from winloss.reporting import Cell, Edition, Quote, Row, SellerCard
from winloss.settings import Settings
from winloss.warehouse import Reader

WORDS = ("what_happened", "would_have_changed")

_VERDICTS = {
    "right": "you were right",
    "partly": "you were partly right",
    "wrong": "another reason than yours",
}


def make(reader: Reader, edition: Edition, settings: Settings, seller: str) -> SellerCard:
    """The card of `seller`, with every quote verified against its answer.

    Raises QuoteError when a quote is not a slice of what the customer wrote.
    """
    room: Any = resources.load("reports", "sections")
    values = room.parameters(edition, settings)
    found = reader.report("seller_card", **values, seller=seller)
    voices = Voices(
        reader.report("voices", **values),
        reader.report("voices_codes", **values),
        reader.names(),
    )
    rows = tuple(_row(row, voices) for row in found.filter("is_card").to_dicts())
    card = SellerCard(
        edition=edition,
        masthead=f"{settings.company} · your own card · {wording.period(edition.week)}",
        subject=_subject(found.filter("is_card")),
        opening=_opening(found.filter("is_window"), settings.report.window_weeks),
        rows=rows,
        missing=_missing(found.filter("is_card")),
    )
    _refuse_unnamed(card.quotes)
    voices.verify(card.quotes)
    return card


def _row(row: dict[str, Any], voices: Voices) -> Row:
    who = row["account_name"] or row["decision_id"]
    left = "cancelled" if row["decision_kind"] == "cancelled" else "chose a competitor"
    label = f"{who} {left} on {wording.day(row['decided_on'])}"
    quote = voices.choose(WORDS, row["named_ids"]) if row["named_ids"] else None
    return Row(label, (Cell(row["seller_label"] or "nothing yet"), Cell(_theirs(row))), quote)


def _theirs(row: dict[str, Any]) -> str:
    if row["ask_state"] != "answered":
        return "nobody heard them"
    if not row["may_see"]:
        return "heard, in confidence"
    if row["seller_label"] is None:
        return "heard: say first what you believe"
    if row["label"] is None:
        return "heard, no reason we can name"
    return f"{row['label']}: {_VERDICTS.get(str(row['verdict']), 'not compared')}"


def _subject(card: pl.DataFrame) -> str:
    if card.is_empty():
        return "None of your customers left for a competitor or cancelled"
    wrong = card.filter(pl.col("verdict") == "wrong").height
    if wrong:
        return f"Do you know why? {wording.sentence(wording.number(wrong))} saw it otherwise"
    return "Do you know why your last customers left?"


def _opening(window: pl.DataFrame, weeks: int) -> str:
    """Counts alone, and only of customers who let this seller see what they said."""
    compared = window.filter(pl.col("verdict").is_in(list(_VERDICTS)))
    if compared.is_empty():
        return "Do you know why your last customers left, from their perspective?"
    right = compared.filter(pl.col("verdict") == "right").height
    if compared.height == 1:
        knew = "and you were right" if right else "and you had another reason"
        return f"Over {weeks} weeks one customer lets you see why, {knew}."
    said = wording.counted(compared.height, "customer")
    return f"Over {weeks} weeks {said} let you see why. You were right on {_few(right)}."


def _few(count: int) -> str:
    return wording.number(count) if count else "none"


def _missing(card: pl.DataFrame) -> tuple[str, ...]:
    unsaid = card.filter(pl.col("seller_label").is_null()).height
    unheard = card.filter(pl.col("ask_state") != "answered").height
    said = []
    if unsaid:
        exits = wording.counted(unsaid, "exit")
        said.append(f"You have logged no reason for {exits}: say what you believe before you read.")
    if unheard:
        asked = wording.counted(unheard, "customer")
        said.append(f"Nobody has heard {asked}: a call from somebody they trust may still help.")
    return tuple(said)


def _refuse_unnamed(quotes: tuple[Quote, ...]) -> None:
    """Beside an account stands no word that its author lends without a name."""
    if not all(quote.is_named for quote in quotes):
        raise QuoteError("A card may print named quotes alone; the card was not made.")
