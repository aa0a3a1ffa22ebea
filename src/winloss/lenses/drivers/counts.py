"""What the lens is handed: counts of `sql/reports/drivers*.sql`, and the choice of a voice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from winloss import numbers
from winloss.reporting import Figure, Quote

WINDOW_QUERY = "sql/reports/drivers.sql"
UNKNOWN = "unknown"

Chooser = Callable[[Figure, str, tuple[Quote, ...], Quote | None], Quote | None]
"""Chooses a voice: (who named the reason, the reason, quotes printed already, beside which).

Without `beside` it is one of those who named the reason, with it one of the others.
"""

Row = dict[str, Any]


@dataclass(frozen=True)
class Counts:
    """One frame a file."""

    week: pl.DataFrame
    """One row per reason named in the week; `reason` null where none could be named."""
    logged: pl.DataFrame
    """One row per reason named in the week and reason logged for the same decisions."""
    window: pl.DataFrame
    """One row per reason over the window."""
    before: pl.DataFrame
    """The same over the window before."""
    disagreement: pl.DataFrame
    """One row per ticked and written reason that differ."""
    splits: pl.DataFrame
    """One row per group of a split and reason over the window; without a reason the group."""
    splits_before: pl.DataFrame
    """The same over the window before."""
    rates: pl.DataFrame
    """One row per group of a split: won, of those decided in the window."""
    ratings: pl.DataFrame
    """One row per decision and criterion: us, the chosen supplier, the gap."""
    moved: pl.DataFrame
    """One row per answer to the decisive question and reason; without a source the answer."""
    agreement: pl.DataFrame
    """One row per pair of judges and reason: `coverage_agreement`."""
    codebook: pl.DataFrame
    """One row per change of the codebook since the window before began."""
    period: str = "this week"
    """The time of the voices, in words."""


def total(counts: pl.DataFrame) -> int:
    """How many decisions were heard in the period the counts are of; 0 for an empty frame."""
    return int(counts["heard_count"][0]) if counts.height else 0


def named(counts: pl.DataFrame, reason: str) -> tuple[int, int]:
    """How many named a reason, of how many heard."""
    rows = counts.filter(pl.col("reason") == reason)
    return (int(rows["decision_count"][0]) if rows.height else 0), total(counts)


def figure_of(row: Row, name: str, column: str, query: str, ids: str = "response_ids") -> Figure:
    """One column of a row as a figure, of those heard."""
    return numbers.figure(name, row[column], row["heard_count"], query, tuple(row[ids] or ()))


def strata(counts: Counts, reason: str) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """By segment: how many named a reason of how many heard, now and before."""
    now, before = (_by_segment(each, reason) for each in (counts.splits, counts.splits_before))
    return {
        segment: (now.get(segment, (0, 0)), before.get(segment, (0, 0)))
        for segment in sorted(now.keys() | before.keys())
    }


def _by_segment(splits: pl.DataFrame, reason: str) -> dict[str, tuple[int, int]]:
    segments = splits.filter(pl.col("split") == "segment")
    heard = segments.filter(pl.col("reason").is_null())
    named_here = {
        row["grouped_by"]: int(row["decision_count"])
        for row in segments.filter(pl.col("reason") == reason).to_dicts()
    }
    return {
        str(row["grouped_by"] or UNKNOWN): (
            named_here.get(row["grouped_by"], 0),
            int(row["heard_count"]),
        )
        for row in heard.to_dicts()
    }
