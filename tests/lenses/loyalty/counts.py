"""Counts of the lens `loyalty`, and its section of them."""

from typing import Any

import polars as pl
from tests.lenses.counted import BY_VALUE, IDS, frames, voices

from winloss.lenses import loyalty
from winloss.quotes import Voices
from winloss.reporting import Section

SCHEMAS: dict[str, dict[str, Any]] = {
    "loyalty": BY_VALUE,
    "loyalty_both": {
        "period": pl.String,
        **dict.fromkeys(("stands_up_for_us", "we_stand_up"), pl.Float64),
        "voter_count": pl.Int64,
        "response_ids": IDS,
    },
    "loyalty_matrix": {
        "period": pl.String,
        **dict.fromkeys(
            ("attitude", "behaviour", "previous_attitude", "previous_behaviour"), pl.Float64
        ),
        "voter_count": pl.Int64,
        "response_ids": IDS,
    },
    "loyalty_moves": {
        "previous_is_satisfied": pl.Boolean,
        "previous_would_move": pl.String,
        "is_satisfied": pl.Boolean,
        "would_move": pl.String,
        "voter_count": pl.Int64,
        "response_ids": IDS,
    },
    "loyalty_regret": {
        "period": pl.String,
        "voter_count": pl.Int64,
        "days_median": pl.Int64,
        **dict.fromkeys(("account_names", "account_ids", "response_ids"), IDS),
    },
    "loyalty_rivals": {"rival": pl.String, "voter_count": pl.Int64, "response_ids": IDS},
}


def make(
    *answers: tuple[Any, ...], words: Voices | None = None, **given: list[tuple[Any, ...]]
) -> Section:
    """The section of these counts."""
    counts = frames(SCHEMAS, {"loyalty": list(answers), **given})
    return loyalty.section(counts, words or voices(), 13)
