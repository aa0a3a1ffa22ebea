"""Did we know why, before they told us: right, partly, wrong, or nobody heard."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import CardRow, Figure, KnowWhy, Pair

QUERY = "sql/reports/know_why.sql"
CONFUSION_QUERY = "sql/reports/know_why_confusion.sql"
COMPARED = ("right", "partly", "wrong")
APART = ("silent", "unstated", "uncoded")
NO_REASONS = "Our side has logged no reasons, so there is nothing to compare with."
NO_CARD = "Nobody on record chose a competitor or cancelled."

_WHO = {"cancelled": "cancelled"}
_NOTES = {"right": "right", "partly": "partly right", "wrong": "wrong"}


@dataclass(frozen=True)
class Counts:
    """The counts of `sql/reports/know_why*.sql`, one frame a file."""

    verdicts: pl.DataFrame
    """One row per verdict over the window."""
    card: pl.DataFrame
    """One row per defection of the card; `label` and `verdict` null where in confidence."""
    confusion: pl.DataFrame
    """One row per reason we had logged and main reason they gave."""
    believed: pl.DataFrame
    """One row per reason we logged for the week's exits nobody has explained."""


def section(counts: Counts, *, weeks: int, has_logged: bool) -> KnowWhy:
    """The card of the last two and two, how often we were right, and what we mistake for what.

    `weeks` is the length of the window; `has_logged` whether our side logs reasons at all.
    """
    rates = _figures(counts.verdicts, COMPARED)
    caveats = [] if has_logged else [NO_REASONS]
    if counts.card.is_empty():
        caveats.append(NO_CARD)
    return KnowWhy(
        lens="know_why",
        title="Do you know why?",
        caveats=tuple(caveats),
        card=tuple(_row(row, has_logged=has_logged) for row in counts.card.to_dicts()),
        rates=rates,
        line=_line(rates, weeks) if has_logged else "",
        others=_figures(counts.verdicts, APART, of=int(counts.verdicts["decision_count"].sum())),
        confusion=_confusion(counts.confusion),
        believed=_believed(counts.believed) if has_logged else "",
    )


def _row(row: dict[str, Any], *, has_logged: bool) -> CardRow:
    ours = str(row["seller_label"] or ("nothing" if has_logged else "not recorded"))
    who = _WHO.get(str(row["decision_kind"]), "chose a competitor")
    theirs, note = _theirs(row)
    return CardRow(who, ours, theirs, note)


def _theirs(row: dict[str, Any]) -> tuple[str, str]:
    if row["ask_state"] != "answered":
        return "", "nobody heard them"
    if not row["may_see"]:
        return "", "heard, in confidence"
    if row["label"] is None:
        return "", "heard, no reason we can name"
    return str(row["label"]), _NOTES.get(str(row["verdict"]), "we had said nothing")


def _figures(
    verdicts: pl.DataFrame, names: tuple[str, ...], of: int | None = None
) -> tuple[Figure, ...]:
    rows = {row["verdict"]: row for row in verdicts.to_dicts()}
    counts = {name: int(rows[name]["decision_count"]) if name in rows else 0 for name in names}
    everyone = sum(counts.values()) if of is None else of
    return tuple(
        numbers.figure(name, counts[name], everyone, QUERY, tuple(rows[name]["response_ids"] or ()))
        if name in rows
        else numbers.figure(name, 0, everyone, QUERY)
        for name in names
    )


def _line(rates: tuple[Figure, ...], weeks: int) -> str:
    right, partly, wrong = rates
    if right.total == 0:
        return ""
    rest = f"partly right on {partly.count}, wrong on {wrong.count}"
    return f"Over {weeks} weeks: right on {numbers.spoken(right)}, {rest}."


def _confusion(pairs: pl.DataFrame) -> tuple[Pair, ...]:
    everyone = int(pairs["decision_count"].sum()) if pairs.height else 0
    return tuple(
        Pair(
            row["seller_label"] or row["seller_reason"],
            row["label"] or row["reason"],
            numbers.figure(
                f"we said {row['seller_label']}, they said {row['label']}",
                row["decision_count"],
                everyone,
                CONFUSION_QUERY,
                tuple(row["response_ids"]),
            ),
        )
        for row in pairs.to_dicts()
    )


def _believed(logged: pl.DataFrame) -> str:
    """What we hold true unheard: `We logged price for three; no customer has confirmed it.`."""
    named = logged.filter(pl.col("seller_reason").is_not_null()).to_dicts()
    if not named:
        return ""
    parts = [f"{row['seller_label']} for {wording.number(row['decision_count'])}" for row in named]
    return f"We logged {wording.listed(parts, most=3)}; no customer has confirmed it."
