"""Whether sellers who are sure that we would defend a customer are right about it."""

import polars as pl

from winloss import numbers
from winloss.reporting import Cell, Panel, Row

QUERY = "sql/reports/talk_conviction.sql"
SURE = {
    "high": "sure that we would",
    "middle": "neither sure nor not",
    "low": "not sure that we would",
}
RUNGS = {
    "disappoint": "we let them down",
    "deliver": "as promised, no more",
    "beyond": "more than promised",
}

Crossed = dict[str, dict[str, int]]
"""Conviction -> rung -> decisions."""


def _crossed(frame: pl.DataFrame) -> Crossed:
    """The convictions large enough to show; none where the total would tell a small one."""
    counts: Crossed = {sure: dict.fromkeys(RUNGS, 0) for sure in SURE}
    for row in frame.to_dicts():
        counts[row["conviction"]][row["ladder_rung"]] = int(row["decision_count"])
    totals = {sure: sum(by_rung.values()) for sure, by_rung in counts.items()}
    hidden = numbers.suppressed(totals)
    return {sure: counts[sure] for sure in SURE if totals[sure] and sure not in hidden}


def panel(frame: pl.DataFrame) -> Panel | None:
    """Counts of decisions: what the seller believed, by where the customer stands."""
    crossed = _crossed(frame)
    if not crossed:
        return None
    rows = tuple(
        Row(
            SURE[sure],
            tuple(
                Cell(
                    f"{count} of {sum(by_rung.values())}",
                    numbers.figure(f"{sure}, {rung}", count, sum(by_rung.values()), QUERY),
                )
                for rung, count in by_rung.items()
            ),
        )
        for sure, by_rung in crossed.items()
    )
    return Panel(
        "conviction",
        "Would we have defended them? The seller before, the customer after",
        rows,
        ("the seller was", *RUNGS.values()),
        "Counts of decisions since the beginning; a line of fewer than five is not shown.",
    )


def line(frame: pl.DataFrame) -> str:
    """Of the decisions whose seller was sure of us, how many customers we let down."""
    by_rung = _crossed(frame).get("high")
    if by_rung is None:
        return ""
    total = sum(by_rung.values())
    return (
        f"Of {total} customers whose seller was sure that we would defend them, "
        f"{by_rung['disappoint']} say we let them down."
    )
