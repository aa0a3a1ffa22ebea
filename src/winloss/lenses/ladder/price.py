"""Price, and being defended: what a defender could have won."""

from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.lenses.ladder.counts import left_open, since, window_or_ever
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/ladder_price.sql"

Named = dict[str, Any]
"""The row of those who named price; empty where nobody of them was asked."""


def named(frame: pl.DataFrame) -> tuple[Named, bool]:
    """Those who named price and were asked what defending is worth; True when thin."""
    rows, is_thin = window_or_ever(
        frame.with_columns(everyone=pl.lit("all")), "everyone", "answered_count"
    )
    return rows.get("all", {}), is_thin


def panel(row: Named, voices: Voices, *, is_thin: bool) -> Panel | None:
    """How many of them would pay more, in the words of one who would."""
    if not row or not row["answered_count"]:
        return None
    figure = _paying(row)
    quote = voices.choose(("put_us_first",), figure.row_ids, stance="against", beside=(figure,))
    return Panel(
        "premium",
        f"The price, and being defended{since(is_thin=is_thin)}",
        (Row("would pay more to be defended", (Cell(numbers.spoken(figure), figure),), quote),),
        note=left_open(row["shown_count"] - row["answered_count"]),
    )


def _paying(row: Named) -> Figure:
    return numbers.figure(
        "named price and would pay more to be defended",
        row["paying_count"],
        row["shown_count"],
        QUERY,
        tuple(row["response_ids"]),
    )


def line(row: Named, *, is_thin: bool) -> str:
    """`Of four asked who named price, two would pay more to be defended.`, and what we logged."""
    if not row or not row["answered_count"]:
        return ""
    of, would, logged = row["shown_count"], row["paying_count"], row["logged_count"]
    who = wording.number(would) if would else "none"
    whom = f"{wording.number(of)} asked who named price{since(is_thin=is_thin)}"
    left = row["shown_count"] - row["answered_count"]
    blank = f"; {wording.number(left)} left it open" if left else ""
    said = f"Of {whom}, {who} would pay more to be defended{blank}."
    if not logged:
        return said
    which = "it" if of == 1 else f"{wording.number(logged)} of them"
    return f"{said} We had logged price for {which}."
