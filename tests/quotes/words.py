"""Answers and codes as quotes read them, and the quote chosen of them."""

from datetime import UTC, datetime, timedelta

import polars as pl

from winloss import quotes
from winloss.quotes import Names
from winloss.reporting import Quote

NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
NAMES = Names.of(people=["Ana Ruiz", "Tom Vance"], companies=["Fernhill Foods"])


def answer(key, text, *, may_quote="unnamed", days_ago=1, account="A1", **more):
    """One row of marts.verbatims, as far as quotes read it."""
    return {
        "verbatim_key": f"f/{key}/what_happened",
        "response_key": f"f/{key}",
        "form_id": "f",
        "response_id": key,
        "form_kind": "lost_deal",
        "account_id": account,
        "respondent": f"person-{key}",
        "question_ref": "what_happened",
        "text": text,
        "may_quote": may_quote,
        "submitted_at": NOW - timedelta(days=days_ago),
        "respondent_name": None,
        "respondent_role": None,
        "account_name": None,
        "language": None,
    } | more


def code(key, reason, text, evidence, *, is_primary=True, polarity="ours_bad", coder="rules"):
    """One row of marts.codes, its span found in the text."""
    start = text.index(evidence)
    return {
        "verbatim_key": f"f/{key}/what_happened",
        "reason": reason,
        "parent": "p",
        "is_primary": is_primary,
        "polarity": polarity,
        "span_start": start,
        "span_end": start + len(evidence),
        "coder": coder,
    }


CODE_SCHEMA = {
    "verbatim_key": pl.String,
    "reason": pl.String,
    "parent": pl.String,
    "is_primary": pl.Boolean,
    "polarity": pl.String,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
    "coder": pl.String,
}
SCHEMA = dict.fromkeys(answer("k", "t"), pl.String) | {"submitted_at": pl.Datetime("us", "UTC")}


def offered(answers, codes=()):
    return quotes.candidates(
        pl.DataFrame(answers, schema=SCHEMA), pl.DataFrame(list(codes), schema=CODE_SCHEMA)
    )


def chosen(frame, **wanted) -> Quote:
    """The quote for a claim, where there must be one."""
    quote = quotes.choose(frame, names=NAMES, **wanted)
    assert quote is not None
    return quote


ALONE = "After signing, we'd have been on our own. The price was fine."
DEAR = "You were simply dearer than the rest."
