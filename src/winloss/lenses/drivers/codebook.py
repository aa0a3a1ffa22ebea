"""That the codebook changed within the time that is compared, and what that moved."""

from collections.abc import Sequence

import polars as pl

from winloss import wording
from winloss.lenses.drivers.counts import Row

_MOST_NAMED = 5
"""Reasons named of a change; of more, their number."""


def changed(changes: pl.DataFrame) -> str:
    """The last change of the codebook and what it moved, in words; empty where none fell within.

    `changes` is one row per change since the window before began, the last one first.
    """
    rows = changes.to_dicts()
    if not rows:
        return ""
    times = f" {wording.times(len(rows))}, last" if len(rows) > 1 else ""
    return (
        f"The codebook changed{times} on {wording.day(rows[0]['taken_up_on'])}. "
        f"Both periods are read with the new one{_moved(rows[0])}."
    )


def reasons(changes: pl.DataFrame) -> tuple[str, ...]:
    """Which reasons each change added and retired, a sentence each; none where it did neither."""
    told = []
    for row in changes.to_dicts():
        parts = [
            *_part("added", row["added_labels"]),
            *_part("retired", row["retired_labels"]),
        ]
        if parts:
            on = wording.day(row["taken_up_on"])
            told.append(f"The codebook of {on} {wording.listed(parts)}.")
    return tuple(told)


def _moved(row: Row) -> str:
    texts, moved = int(row["text_count"]), int(row["moved_count"])
    if not texts:
        return ""
    if not moved:
        return f"; each of {wording.counted(texts, 'text')} has the main reason it had before"
    verb = "has" if moved == 1 else "have"
    of = f"{wording.number(moved)} of {wording.counted(texts, 'text')}"
    return f"; {of} {verb} another main reason than before"


def _part(what: str, labels: Sequence[str] | None) -> tuple[str, ...]:
    if not labels:
        return ()
    named, more = list(labels[:_MOST_NAMED]), len(labels) - _MOST_NAMED
    return (f"{what} {wording.listed([*named, f'{more} more'] if more > 0 else named)}",)
