"""What people said of texts, as a learner takes it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from winloss.coding.rules.codes import Stance

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST = 5_000
"""Coded texts learned from: what learning takes grows with the square of their number."""


@dataclass(frozen=True)
class Example:
    """One text as a person coded it; no reasons where the person said that none applies."""

    text_hash: str
    stance: Stance
    text: str
    reasons: tuple[str, ...]
    primary: str | None
    """None where several reasons apply and nobody said which comes first."""


@dataclass(frozen=True)
class Examples:
    """Coded texts, sorted by text_hash and stance, and the reasons that may be given."""

    rows: tuple[Example, ...]
    reasons: tuple[str, ...]

    @cached_property
    def text_count(self) -> int:
        """How many texts people have coded; under two stances a text is one."""
        return len({row.text_hash for row in self.rows})

    @cached_property
    def is_single_choice(self) -> bool:
        """Whether every coded text gives exactly one reason."""
        return all(len(row.reasons) == 1 for row in self.rows)

    @cached_property
    def applies(self) -> "npt.NDArray[np.bool_]":
        """One row per example, one column per reason: whether a person gave it."""
        import numpy as np

        return np.array([[reason in row.reasons for reason in self.reasons] for row in self.rows])

    @cached_property
    def comes_first(self) -> "npt.NDArray[np.float64]":
        """As `applies`: 1 for the primary reason; where none is known, 1 shared among them."""
        import numpy as np

        return np.array([[_share(row, reason) for reason in self.reasons] for row in self.rows])


def examples(labels: pl.DataFrame, reasons: Sequence[str]) -> Examples:
    """The examples in `labels`: text_hash, text, stance, reason (null: none), is_primary.

    Reasons that may not be given are left out, and so is a text that has no others: nothing is
    known of it. Of more than MOST the same are kept whatever their order, and nearly the same when
    one is added.
    """
    allowed = frozenset(reasons)
    groups: dict[tuple[str, Stance], list[tuple[str, str | None, bool | None]]] = {}
    columns = labels.select("text_hash", "stance", "text", "reason", "is_primary").sort(
        pl.all(), nulls_last=True
    )
    for text_hash, stance, *said in columns.iter_rows():
        groups.setdefault((text_hash, stance), []).append((said[0] or "", said[1], said[2]))
    rows = []
    for (text_hash, stance), said in groups.items():
        given = {reason: bool(first) for _, reason, first in said if reason in allowed}
        if given or all(reason is None for _, reason, _ in said):
            rows.append(Example(text_hash, stance, said[0][0], tuple(given), _primary(given)))
    return Examples(tuple(_fewer(rows)), tuple(reasons))


def _fewer(rows: list[Example]) -> list[Example]:
    """At most MOST, drawn by their hash, in the order given."""
    drawn = sorted(rows, key=lambda row: hashlib.sha256(row.text_hash.encode()).digest())
    kept = {(row.text_hash, row.stance) for row in drawn[:MOST]}
    return [row for row in rows if (row.text_hash, row.stance) in kept]


def _primary(given: dict[str, bool]) -> str | None:
    if len(given) == 1:
        return next(iter(given))
    return next((reason for reason, is_first in given.items() if is_first), None)


def _share(row: Example, reason: str) -> float:
    if reason not in row.reasons:
        return 0.0
    return float(reason == row.primary) if row.primary else 1.0 / len(row.reasons)
