"""The last two who chose a competitor and the last two who cancelled."""

from typing import Any

import polars as pl

from winloss import wording
from winloss.quotes import Voices
from winloss.reporting import CardRow

DISAGREE = "they disagree"

_WHO = {"cancelled": "cancelled"}
_NOTES = {"right": "right", "partly": "partly right", "wrong": "wrong"}


def rows(counts: pl.DataFrame, voices: Voices, *, has_logged: bool) -> tuple[CardRow, ...]:
    """One row per defection, with what its customers wrote, ticked and would have needed.

    Our reason of one decision stands here, so that only words with a name may stand beside it.
    """
    return tuple(_row(row, voices, has_logged=has_logged) for row in counts.to_dicts())


def response_ids(counts: pl.DataFrame) -> frozenset[str]:
    """Who speaks on the card, and so without a name nowhere else in the section."""
    return frozenset(counts["response_ids"].explode().drop_nulls())


def _row(row: dict[str, Any], voices: Voices, *, has_logged: bool) -> CardRow:
    ours = str(row["seller_label"] or ("nothing" if has_logged else "not recorded"))
    theirs, note = _theirs(row)
    is_told = row["ask_state"] == "answered" and row["may_see"]
    return CardRow(
        who=_WHO.get(str(row["decision_kind"]), "chose a competitor"),
        ours=ours,
        theirs=theirs,
        note=f"{note}; {DISAGREE}" if row["is_disputed"] else note,
        written=_listed(row["written_labels"]) if is_told else "",
        chosen=_listed(row["chosen_labels"]) if is_told else "",
        decisive=_listed(row["decisive_labels"]) if is_told else "",
        quote=voices.choose(("what_happened",), row["named_ids"])
        if is_told and row["named_ids"]
        else None,
    )


def _theirs(row: dict[str, Any]) -> tuple[str, str]:
    if row["ask_state"] != "answered":
        return "", "nobody heard them"
    if not row["may_see"]:
        return "", "heard, in confidence"
    if row["label"] is None:
        return "", "heard, no reason we can name"
    had_said = "ours has no place in the codebook" if row["seller_label"] else "we had said nothing"
    return str(row["label"]), _NOTES.get(str(row["verdict"]), had_said)


def _listed(labels: list[str] | None) -> str:
    return wording.listed(labels or ())
