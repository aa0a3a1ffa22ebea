"""What a codebook is made of: reasons, the terms that speak for them, and one version of both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import polars as pl

Polarity = Literal["ours_good", "ours_bad", "theirs_good", "theirs_bad", "neutral"]

REASON_COLUMNS = (
    *("reason", "parent", "label", "polarity", "definition", "include", "exclude"),
    *("example", "valid_from", "valid_to", "becomes"),
)
REASON_MUST = ("reason", "label")
"""The columns without which a file is no codebook; every other may be missing or empty."""

TERM_COLUMNS = ("reason", "pattern", "weight", "polarity", "note")
TERM_MUST = ("reason", "pattern")
WEIGHTS = (1, 2, 3)


@dataclass(frozen=True)
class Reason:
    """One code; one with others below it is a family and never given to a text."""

    reason: str
    label: str
    parent: str | None = None
    polarity: Polarity | None = None
    """What a bare mention means where neither its term nor the words around it say; None: what
    the question makes likely."""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    """Filled: retired. It names old codings and people's codes, and is never given again."""
    becomes: tuple[str, ...] = ()
    """Its successors, as the file names them; see `Codebook.successors`."""


@dataclass(frozen=True)
class Term:
    """One way of saying a reason.

    `weight` 1 names the subject only, 2 says something of it, 3 leaves no doubt. `polarity` is
    None for a subject whose words around it decide.
    """

    reason: str
    pattern: str
    weight: int
    polarity: Polarity | None


@dataclass(frozen=True)
class Codebook:
    """Reasons and terms of one version; the version is a hash over every cell of both files.

    `terms` are those of the reasons that may be given.
    """

    version: str
    reasons: dict[str, Reason]
    terms: tuple[Term, ...]

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The reasons that may be given to a text, in the file's order: in force, none below."""
        return given(self.reasons.values())

    def successors(self, reason: str) -> tuple[str, ...]:
        """What a retired reason became, followed to reasons in force; empty for one in force.

        One: what people coded carries over to it. Several: it was split, and people look again.
        """
        found: dict[str, None] = {}
        for code in self.reasons[reason].becomes:
            further = self.successors(code) if self.reasons[code].valid_to else (code,)
            found |= dict.fromkeys(further)
        return tuple(found)

    def frame(self) -> pl.DataFrame:
        """One row per reason, in the file's order; all columns are text, null where empty.

        Columns as in the file (REASON_COLUMNS). `becomes` names reasons in force, separated by
        spaces.
        """
        rows = [self._cells(each) for each in self.reasons.values()]
        return pl.DataFrame(rows, schema=dict.fromkeys(REASON_COLUMNS, pl.String), orient="row")

    def _cells(self, reason: Reason) -> list[str | None]:
        values = {name: getattr(reason, name) for name in REASON_COLUMNS}
        values["becomes"] = " ".join(self.successors(reason.reason))
        return [None if value is None else str(value) or None for value in values.values()]


def given(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Of `reasons`, those that may be given to a text."""
    everything = tuple(reasons)
    families = {each.parent for each in everything}
    return tuple(
        each.reason for each in everything if each.valid_to is None and each.reason not in families
    )
