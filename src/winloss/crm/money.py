"""Says which amounts are worth nothing we know in dollars, for want of a rate or of a currency.

The warehouse values decisions (sql/staging/decisions.sql), also by rates told in earlier weeks;
this asks the same of what the sources hold now.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True)
class Unrated:
    """Amounts of one currency that no rate makes dollars."""

    currency: str | None
    """None: the source names no currency."""
    amount_count: int
    rated_from: date | None
    """From when on there is a rate; None: there is none."""


def unrated(
    decisions: pl.DataFrame, rates: pl.DataFrame | None, today: date
) -> tuple[Unrated, ...]:
    """The amounts without a rate in force on their day, one item per currency, most first.

    Both frames are in the columns of `crm.shape`; an amount's day is that of the decision, else
    of its opening, else `today`.
    """
    amounts = decisions.filter(
        pl.col("amount").is_not_null(),
        pl.col("amount_usd").is_null(),
        pl.col("currency").ne_missing("USD"),
    )
    first = pl.col("valid_from").min().alias("rated_from")
    began = _no_rates() if rates is None else rates.group_by("currency").agg(first)
    day = pl.coalesce("decided_on", "opened_on", pl.lit(today))
    found = (
        amounts.join(began, on="currency", how="left")
        .filter(pl.col("rated_from").is_null() | (pl.col("rated_from") > day))
        .group_by("currency", "rated_from")
        .len()
        .sort("len", "currency", descending=[True, False])
    )
    return tuple(
        Unrated(currency, count, rated_from)
        for currency, rated_from, count in found.select("currency", "rated_from", "len").rows()
    )


def _no_rates() -> pl.DataFrame:
    return pl.DataFrame(schema={"currency": pl.String, "rated_from": pl.Date})
