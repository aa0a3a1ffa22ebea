"""The alert: what must not wait for Monday, in the customer's words and without a seller's name."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from winloss import quotes, wording
from winloss.reporting import Alert, Case, Edition
from winloss.settings import Settings
from winloss.warehouse import Reader

SUBJECT_SENSE = 40  # characters that every inbox shows
IN_CONFIDENCE = "Heard, in confidence."
NO_WORDS = "They left no words."
NOT_WHOLE = "In words that cannot be printed."

_SAID = {
    "condescended": "somebody felt talked down to",
    "misled": "somebody found something different from what we had said",
}


def make(reader: Reader, edition: Edition, settings: Settings) -> Alert:
    """The alert as it may be printed, every quote verified against its answer.

    Whoever may be quoted comes first. Raises QuoteError when a quote is not a slice of what
    the customer wrote.
    """
    cases = reader.report("alert", edition_id=edition.edition_id)
    words = reader.report("alert_words", edition_id=edition.edition_id)
    codes = reader.report("alert_codes", edition_id=edition.edition_id)
    names = reader.names()
    quotes_left = quotes.Voices(words, codes, names)
    told = sorted(
        (_case(row, words, quotes_left) for row in cases.iter_rows(named=True)),
        key=lambda case: case.quote is None,
    )
    quotes_left.verify([case.quote for case in told if case.quote])
    return Alert(
        edition=edition,
        masthead=f"{settings.company} · what must not wait",
        subject=_subject(tuple(told), words),
        cases=tuple(told),
    )


def _case(row: Mapping[str, Any], words: pl.DataFrame, voices: quotes.Voices) -> Case:
    ref = f"{row['harm']}_words"
    own = words.filter(
        (pl.col("response_key") == row["response_key"]) & (pl.col("question_ref") == ref)
    )
    # One customer may have two cases to tell, and is heard on both.
    alone = quotes.Voices(own, voices.codes, voices.names)
    found = alone.choose((ref,))
    quote = found and alone.entire(found)
    said = f"{wording.sentence(_SAID[row['harm']])}."
    return Case(said, quote, "" if quote else _note(own, has_words=row["has_words"]))


def _note(own: pl.DataFrame, *, has_words: bool) -> str:
    if not has_words:
        return NO_WORDS
    return NOT_WHOLE if own.height else IN_CONFIDENCE


def _subject(cases: tuple[Case, ...], words: pl.DataFrame) -> str:
    """The first case's words, what happened, and how many more there are."""
    if not cases:
        return "A case that is no longer on record"
    first = cases[0]
    said = first.said.rstrip(".")
    if first.quote is not None:
        text = words.filter(
            (pl.col("form_id") == first.quote.form_id)
            & (pl.col("response_id") == first.quote.response_id)
            & (pl.col("question_ref") == first.quote.question_ref)
        )["text"][0]
        slice_ = quotes.headline(first.quote, text, SUBJECT_SENSE)
        said = f"“{slice_}”: {said[:1].lower()}{said[1:]}"
    more = len(cases) - 1
    return f"{said}, and {wording.number(more)} more" if more else said
