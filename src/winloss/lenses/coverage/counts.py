"""What the lens is handed: counts of `sql/reports/coverage*.sql`, one frame a file."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Counts:
    """One frame a file, and the forms that could not be read."""

    states: pl.DataFrame
    """One row per state of asking, `is_closed` apart."""
    exits: pl.DataFrame
    """One row per kind of defection that fell in the week."""
    rejects: pl.DataFrame
    """One row per cause for which input was set aside."""
    sources: pl.DataFrame
    """One row: how much of each kind of input there is."""
    export: pl.DataFrame
    """One row: the first and last day of the CRM export, and of the week."""
    signatures: pl.DataFrame
    """One row per fault of a signature."""
    deleted: pl.DataFrame
    """One row: how many responses were deleted at the source."""
    splits: pl.DataFrame
    """One row per group of a split: how far asking got, and how soon they answered."""
    reasons: pl.DataFrame
    """One row per group of a split and reason, among those heard: `drivers_splits`."""
    verdicts: pl.DataFrame
    """One row per verdict on what we had logged: `know_why`."""
    coding: pl.DataFrame
    """One row per way in which answers in words were read, and language."""
    agreement: pl.DataFrame
    """One row per pair of judges and reason, and per reason of the edition nobody checked."""
    odd: pl.DataFrame
    """One row per check that found rows which readers should know of."""
    unread: tuple[str, ...]
    """The kinds of form that could not be read in the edition's run."""
    held_back: int
    """Answers of `period` not quoted as long as nobody has looked at a name in them."""
    period: str
    """The time of the voices, in words."""
