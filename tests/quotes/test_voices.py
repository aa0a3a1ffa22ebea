"""Who may speak where: beside few, beside their own name, and for or against us."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from winloss import numbers
from winloss.quotes import Names, Stance, Voices

WORDS: dict[str, Any] = {
    **dict.fromkeys(
        ("verbatim_key", "response_key", "form_id", "response_id", "form_kind", "account_id"),
        pl.String,
    ),
    **dict.fromkeys(
        ("respondent", "respondent_name", "question_ref", "text", "language", "may_quote"),
        pl.String,
    ),
    "submitted_at": pl.Datetime("us", "UTC"),
}
CODES: dict[str, Any] = {
    **dict.fromkeys(("verbatim_key", "reason", "parent", "polarity", "coder"), pl.String),
    "is_primary": pl.Boolean,
    **dict.fromkeys(("span_start", "span_end"), pl.Int64),
}
REFS = ("missed",)


def heard(*said: tuple[str, str, str], codes: dict[str, str] | None = None) -> Voices:
    """Words by account, consent and text, the newest first; `codes` give their polarity."""
    rows = [
        {
            "verbatim_key": who,
            "response_key": f"form/{who}",
            "form_id": "form",
            "response_id": who,
            "form_kind": "pulse",
            "account_id": who,
            "respondent": who,
            "respondent_name": "Ana Ruiz" if may_quote == "named" else None,
            "question_ref": "missed",
            "text": text,
            "may_quote": may_quote,
            "submitted_at": datetime(2026, 10, 1, 23 - place, tzinfo=UTC),
        }
        for place, (who, may_quote, text) in enumerate(said)
    ]
    coded = [
        (who, "support", "support", polarity, "rules", True, 0, 4)
        for who, polarity in (codes or {}).items()
    ]
    return Voices(
        pl.DataFrame(rows, schema=WORDS),
        pl.DataFrame(coded, schema=CODES, orient="row"),
        Names.of(),
    )


@pytest.mark.parametrize(("count", "speaker"), [(0, "a"), (1, "b"), (4, "b"), (5, "a")])
def test_beside_a_handful_a_name_goes_first(count: int, speaker: str) -> None:
    """Whoever lends their name takes the turn of one who would have to be left out."""
    voices = heard(("a", "unnamed", "The newest words."), ("b", "named", "Words by name."))
    figure = numbers.figure("few", count, 40, "sql/reports/ladder.sql")

    quote = voices.choose(REFS, beside=(figure,))

    assert quote is not None
    assert quote.response_id == speaker


def test_accounts_named_beside_are_left_out_unnamed() -> None:
    """Their words under a name stay, and nobody else's are touched."""
    voices = heard(
        ("a", "unnamed", "First of all words."),
        ("b", "unnamed", "Second of all words."),
        ("c", "named", "Third of all words."),
    ).without({"a", "c"})

    spoken = [quote.response_id for quote in iter(lambda: voices.choose(REFS), None) if quote]

    assert spoken == ["b", "c"]


@pytest.mark.parametrize(("stance", "speaker"), [("for", "good"), ("against", "bad")])
def test_words_that_fit_go_first(stance: Stance, speaker: str) -> None:
    """Words coded to fit go before uncoded ones, and those coded against the claim are not said."""
    said = (
        ("none", "unnamed", "Words of no code."),
        ("good", "unnamed", "Help came at once."),
        ("bad", "unnamed", "Help never came."),
    )
    voices = heard(*said, codes={"good": "ours_good", "bad": "ours_bad"})

    turns = [voices.choose(REFS, stance=stance) for _ in range(3)]

    assert [quote and quote.response_id for quote in turns] == [speaker, "none", None]
