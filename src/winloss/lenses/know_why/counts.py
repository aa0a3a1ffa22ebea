"""What the lens reads, and how a group of decisions may be told beside its voices."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Counts:
    """The counts of `sql/reports/know_why*.sql`, one frame a file."""

    verdicts: pl.DataFrame
    """One row per verdict over the window."""
    card: pl.DataFrame
    """One row per defection of the card; what they said is null where in confidence."""
    confusion: pl.DataFrame
    """One row per reason we had logged and main reason they gave."""
    believed: pl.DataFrame
    """One row per reason we logged for the week's exits nobody has explained."""
    calls: pl.DataFrame
    """One row per reason that we had logged or they gave: how often each side named it."""
    moments: pl.DataFrame
    """One row per moment at which our reason was committed: before, between, after."""
    goals: pl.DataFrame
    """One row: who told us what they wanted, and what our side had written beforehand."""
    about: pl.DataFrame
    """One row per kind of decision, in the window and since the beginning."""
