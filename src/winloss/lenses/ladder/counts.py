"""The rows of a period, by what they count."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from winloss import numbers, wording

Rows = Mapping[str | None, dict[str, Any]]
"""What a row counts (null: left open) -> the row."""


def by(frame: pl.DataFrame, period: str, key: str) -> Rows:
    """The rows of one period by the column `key`."""
    return {row[key]: row for row in frame.filter(pl.col("period") == period).to_dicts()}


def window_or_ever(frame: pl.DataFrame, key: str, count: str) -> tuple[Rows, bool]:
    """The window's rows, or those since the beginning where the window holds too few.

    Too few: where no row of the window counts 15 in the column `count`. True when thin.
    """
    window, ever = by(frame, "window", key), by(frame, "ever", key)
    known = max((int(row[count]) for row in window.values()), default=0)
    is_thin = known < numbers.PERCENT_FROM and bool(ever)
    return (ever if is_thin else window), is_thin


def since(*, is_thin: bool) -> str:
    """What a count says of itself where it is not the window's."""
    return " since the beginning" if is_thin else ""


def ids(rows: Rows, key: str) -> list[str]:
    """The responses behind one row; none where there is no such row."""
    return list(rows[key]["response_ids"]) if key in rows else []


def left_open(count: int) -> str:
    """`Three left it open.`, or nothing."""
    return f"{wording.sentence(wording.number(count))} left it open." if count else ""
