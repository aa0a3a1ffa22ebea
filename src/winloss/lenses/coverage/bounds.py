"""What the figures could be if the silent differ, and what they are once groups weigh alike."""

from collections.abc import Callable

import polars as pl

from winloss import numbers
from winloss.lenses.coverage.silence import SILENT
from winloss.numbers import Cell
from winloss.reporting import Figure, Finding

COMPARED = ("right", "partly", "wrong")
_WAYS: dict[str, Callable[[str], str]] = {
    "how it ended and segment": lambda cell: cell,
    "how it ended": lambda cell: cell.partition(", ")[0],
    "segment": lambda cell: cell.partition(", ")[2],
}
"""Ways to weigh, the finest first: the name of a cell -> the group it then belongs to."""


def lead(finding: Finding | None, closed: tuple[Figure, ...]) -> str:
    """The lead reason's share at its best and worst; empty where nobody is silent."""
    silent = sum(figure.count for figure in closed if figure.name in SILENT)
    if finding is None or not silent or not finding.trend.count:
        return ""
    low, high = numbers.bounds(finding.trend.count, finding.trend.total, silent)
    return (
        f"If all the silent meant {finding.label}, it would be {numbers.percent_said(high)}; "
        f"if none did, {numbers.percent_said(low)}."
    )


def know_why(verdicts: pl.DataFrame) -> str:
    """How often we were right, at best and worst; empty where nobody is silent."""
    counts = dict(verdicts.select("verdict", "decision_count").iter_rows())
    heard = sum(int(counts.get(name, 0)) for name in COMPARED)
    silent = int(counts.get("silent", 0))
    if not heard or not silent:
        return ""
    low, high = numbers.bounds(int(counts.get("right", 0)), heard, silent)
    return (
        f"Had we known why for all the silent, we would be right on {numbers.percent_said(high)}; "
        f"for none of them, on {numbers.percent_said(low)}."
    )


def weighted(splits: pl.DataFrame, reasons: pl.DataFrame, finding: Finding | None) -> str:
    """The lead reason's share as if every group had answered alike, in words.

    By how it ended and segment; by one of them where those cells are too small; else why not.
    `splits` and `reasons` are the counts of coverage_splits and drivers_splits.
    """
    if finding is None or not finding.trend.count:
        return ""
    named_in = reasons.filter(pl.col("reason").is_null() | (pl.col("reason") == finding.reason))
    named = f"{finding.label} is named by"
    for way, group_of in _WAYS.items():
        found = numbers.weighted(_cells(splits, named_in, group_of))
        if found.share is None or found.low is None or found.high is None:
            continue
        return (
            f"Weighted by {way} to all whose survey closed, {named} "
            f"{numbers.percent_said(found.share)} ({numbers.likely_said(found.low, found.high)}; "
            f"effective n {found.effective:.0f}); unweighted by {numbers.spoken(finding.trend)}."
        )
    return (
        "Nothing is weighted: in some groups fewer than five were heard, and they would speak for "
        "many. Compare the mix of those heard with that of all."
    )


def _cells(
    splits: pl.DataFrame, reasons: pl.DataFrame, group_of: Callable[[str], str]
) -> list[Cell]:
    """The groups with all, heard and those who named the one reason that `reasons` holds."""
    sums: dict[str, list[int]] = {}

    def add(counts: pl.DataFrame, column: str, place: int) -> None:
        cells = counts.filter(pl.col("split") == "cell")
        for cell, count in cells.select("grouped_by", column).iter_rows():
            sums.setdefault(group_of(cell), [0, 0, 0])[place] += int(count)

    add(splits, "closed_count", 0)
    add(reasons.filter(pl.col("reason").is_null()), "heard_count", 1)
    add(reasons.filter(pl.col("reason").is_not_null()), "decision_count", 2)
    return [Cell(name, *three) for name, three in sorted(sums.items())]
