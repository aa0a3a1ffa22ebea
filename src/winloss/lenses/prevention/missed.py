"""What we missed, and whether it came back."""

from typing import Any

import polars as pl

from winloss import numbers
from winloss.quotes import Voices
from winloss.reporting import Cell, Panel, Row

QUERY = "sql/reports/prevention_missed.sql"

_MOST = 3
_REFS = ("missed",)


def panel(counts: pl.DataFrame, voices: Voices, weeks: int) -> Panel | None:
    """What customers said we miss in the window before and again in this one, old then new.

    `counts` is one row per reason: `now_count` and `before_count` of the customers who named
    it, and the ids behind.
    """
    if counts.is_empty():
        return None
    again = [row for row in counts.to_dicts() if row["now_count"] and row["before_count"]]
    again.sort(key=lambda row: (-row["now_count"] - row["before_count"], row["reason"]))
    before = counts.filter(pl.col("before_count") > 0).height
    returned = f"{len(again)} of {before}" if before else "None"
    return Panel(
        "missed",
        "What we missed, and whether it came back",
        tuple(row for each in again[:_MOST] for row in _rows(each, voices, weeks)),
        note=(
            f"What they wrote when asked what we miss, in the last {weeks} weeks and the {weeks} "
            f"before, by the day they answered. {returned} reasons named before were named again."
        ),
    )


def _rows(row: dict[str, Any], voices: Voices, weeks: int) -> tuple[Row, Row]:
    return (
        _row(
            f"missed before: {row['label']}", row, "before", f"in the {weeks} weeks before", voices
        ),
        _row("and again", row, "now", f"in the last {weeks} weeks", voices),
    )


def _row(label: str, row: dict[str, Any], period: str, when: str, voices: Voices) -> Row:
    count, ids = row[f"{period}_count"], tuple(row[f"{period}_ids"])
    figure = numbers.figure(f"{row['reason']}_{period}", count, count, QUERY, ids)
    quote = voices.choose(_REFS, ids, reason=row["reason"], beside=(figure,))
    return Row(label, (Cell(f"{_customers(count)} {when}", figure),), quote)


def _customers(count: int) -> str:
    return f"{count} customer" if count == 1 else f"{count} customers"
