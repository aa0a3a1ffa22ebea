"""Counts of the lens `trust`, and its section of them."""

from typing import Any

import polars as pl
from tests.lenses.counted import BY_VALUE, IDS, frames, ids, voices

from winloss.lenses import trust
from winloss.quotes import Voices
from winloss.reporting import Section

SCHEMAS: dict[str, dict[str, Any]] = {
    "trust": BY_VALUE,
    "trust_ratings": {
        **dict.fromkeys(("period", "question_ref", "side"), pl.String),
        **dict.fromkeys(("shown_count", "voter_count"), pl.Int64),
        "mean": pl.Float64,
        **dict.fromkeys(("response_ids", "high_ids", "low_ids"), IDS),
    },
    "trust_pairs": {
        **dict.fromkeys(("period", "question_ref"), pl.String),
        **dict.fromkeys(("shown_count", "voter_count"), pl.Int64),
        **dict.fromkeys(("ours_mean", "theirs_mean"), pl.Float64),
        "gaps": pl.List(pl.Float64),
        "response_ids": IDS,
    },
}


def rated(
    question_ref: str, side: str, mean: float | None, count: int, *, shown: int, period: str = "all"
) -> tuple[Any, ...]:
    high, low = f"{question_ref}-high", f"{question_ref}-low"
    return (period, question_ref, side, shown, count, mean, ids(side, count), [high], [low])


def paired(question_ref: str, *gaps: float, shown: int, period: str = "all") -> tuple[Any, ...]:
    """They rate the chosen supplier 4, and us so much above."""
    mean = 4 + sum(gaps) / len(gaps) if gaps else None
    theirs = 4.0 if gaps else None
    count = len(gaps)
    return (period, question_ref, shown, count, mean, theirs, list(gaps), ids("pair", count))


RATED = rated("ability", "stayed", 4.0, 5, shown=5)


def make(
    *answers: tuple[Any, ...], words: Voices | None = None, **given: list[tuple[Any, ...]]
) -> Section:
    """The section of these counts; who is in pairs has also rated us."""
    rows = {"trust": list(answers), "trust_ratings": [RATED] if given else [], **given}
    return trust.section(frames(SCHEMAS, rows), words or voices(), 13)
