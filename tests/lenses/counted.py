"""Counts as a lens's queries give them, and words beside them, for tests of the judgement alone."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
from tests.lenses.harness import panel

from winloss.quotes import Names, Voices
from winloss.reporting import Section

IDS = pl.List(pl.String)
BY_VALUE: dict[str, Any] = {
    **dict.fromkeys(("period", "question_ref", "among", "value"), pl.String),
    **dict.fromkeys(("voter_count", "split_count"), pl.Int64),
    "response_ids": IDS,
}
"""What `said` gives: voters of a group by what they answered."""

_WORDS: dict[str, Any] = {
    **dict.fromkeys(
        ("verbatim_key", "form_id", "response_id", "response_key", "question_ref", "form_kind"),
        pl.String,
    ),
    **dict.fromkeys(("account_id", "respondent", "language", "text", "may_quote"), pl.String),
    "respondent_name": pl.String,
    "submitted_at": pl.Datetime("us", "UTC"),
}
_CODES: dict[str, Any] = {
    **dict.fromkeys(("verbatim_key", "reason", "parent", "polarity", "coder"), pl.String),
    "is_primary": pl.Boolean,
    **dict.fromkeys(("span_start", "span_end"), pl.Int64),
}


def ids(stem: str, count: int) -> list[str]:
    """So many row ids."""
    return [f"{stem}{place}" for place in range(count)]


def said(
    question_ref: str, among: str, period: str = "window", *, split: int = 0, **values: int
) -> list[tuple[Any, ...]]:
    """Voters by value; their response ids are `<question>-<group>-<value>-<number>`."""
    stem = f"{question_ref}-{among}"
    return [
        (period, question_ref, among, value, count, split, ids(f"{stem}-{value}-", count))
        for value, count in values.items()
    ]


def voices(*words: tuple[str, str, str], named: str = "") -> Voices:
    """Words by question, response and text, unnamed but for those of one response.

    The account of a response bears its name.
    """
    rows = [
        (f"{ref}{who}", "f", who, f"f/{who}", ref, "pulse", who, who, "en", text, *lent, at)
        for ref, who, text in words
        for lent in [("named", "Ana Ruiz") if who == named else ("unnamed", None)]
        for at in [datetime(2026, 9, 30, tzinfo=UTC)]
    ]
    names = Names.of(people=[], companies=[], kept=[])
    verbatims = pl.DataFrame(rows, schema=_WORDS, orient="row")
    return Voices(verbatims, pl.DataFrame(schema=_CODES), names)


def frames(
    schemas: dict[str, dict[str, Any]], rows: dict[str, list[tuple[Any, ...]]]
) -> dict[str, pl.DataFrame]:
    """The counts of every query a lens reads; what is not given has no rows."""
    return {
        name: pl.DataFrame(rows.get(name, []), schema=schema, orient="row")
        for name, schema in schemas.items()
    }


def table(section: Section, name: str) -> dict[str, list[str]]:
    """A panel's cells by the labels of its rows."""
    return {row.label: [cell.said for cell in row.cells] for row in panel(section, name).rows}
