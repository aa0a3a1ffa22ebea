"""A quote widened to the whole answer, where that can be printed in one piece."""

from datetime import UTC, datetime

import polars as pl
import pytest

from winloss.quotes import Names, Voices
from winloss.reporting import Quote

NAMES = Names.of(people=["Torquil Ravensbourne", "Ada Vantongeren", "Bodil Quillfeather"])
CODES = pl.DataFrame(
    schema={
        **dict.fromkeys(("verbatim_key", "reason", "parent", "polarity", "coder"), pl.String),
        "is_primary": pl.Boolean,
        **dict.fromkeys(("span_start", "span_end"), pl.Int64),
    }
)


def voices(text: str, may_quote: str = "unnamed") -> Voices:
    row = {
        "verbatim_key": "v",
        "response_key": "form/r",
        "form_id": "form",
        "response_id": "r",
        "form_kind": "lost_deal",
        "account_id": "a",
        "respondent": "p",
        "question_ref": "misled_words",
        "text": text,
        "language": "en",
        "may_quote": may_quote,
        "submitted_at": datetime(2026, 10, 1, tzinfo=UTC),
    }
    return Voices(pl.DataFrame([row]), CODES, NAMES)


def said(text: str) -> Quote | None:
    """What is printed of an answer, verified as a report would."""
    heard = voices(text)
    quote = heard.again(("misled_words",), "r")
    heard.verify([quote] if quote else [])
    return quote


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The API was included. Up to a point.", "The API was included. Up to a point."),
        ("  The API was included. Up to a point. ", "The API was included. Up to a point."),
        ("Torquil said it was free. It was not.", "[name] said it was free. It was not."),
        ("It was free.\nIt was not free.", "It was free."),
        ("The offer was free. " + "So it was said again. " * 12, "The offer was free."),
        (
            "Torquil, Ada and Bodil all told us. The terms said something else to us.",
            "The terms said something else to us.",
        ),
    ],
)
def test_whole_where_it_fits(text: str, printed: str) -> None:
    """Short, on one line and readable: the answer; else its best sentence."""
    quote = said(text)

    assert quote is not None
    assert quote.text == printed


def test_again_takes_nobodys_turn() -> None:
    """Who is heard one by one may still be chosen elsewhere, and the other way round."""
    heard = voices("The API was included. Up to a point.")

    first = heard.again(("misled_words",), "r")
    chosen = heard.choose(("misled_words",))
    second = heard.again(("misled_words",), "r")

    assert chosen is not None
    assert first == second
    assert heard.choose(("misled_words",)) is None


def test_counted_words_are_never_heard() -> None:
    """Being listed one by one is no consent."""
    assert voices("The API was included.", "counted").again(("misled_words",), "r") is None
