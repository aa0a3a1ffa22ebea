"""Too late by then: doubt, telling us, our asking, deciding, cancelling."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/prevention_clock.sql"

NOBODY = "told nobody"
NEVER = "never asked"

_EVENTS = (
    ("warning", "first doubt"),
    ("told", "told us"),
    ("asked", "we asked"),
    ("decided", "decided inside"),
)
_DAYS = (
    "Medians of the days before cancelling, each of those who gave the day. “When did you, if you "
    "did” left blank beside other days counts as never. Too late: we asked after it was decided, "
    "or never. It could have been stopped: they say they would have stayed, or name what would "
    "have kept them and do not rule it out."
)


@dataclass(frozen=True)
class Clock:
    """The counts of one period."""

    row: dict[str, Any]
    heard: int
    is_window: bool


def judged(counts: pl.DataFrame) -> Clock:
    """The window where enough were heard in it, otherwise everything since the beginning.

    `counts` is one row per period (`is_window`): medians in days with their n, and counts.
    """
    rows = {bool(row["is_window"]): row for row in counts.to_dicts()}
    is_window = True in rows and rows[True]["heard_count"] >= numbers.PERCENT_FROM
    row = rows.get(is_window, {})
    return Clock(row, int(row.get("heard_count", 0)), is_window)


def lines(clock: Clock) -> tuple[str, ...]:
    """How much warning there was, and how often we asked too late."""
    if not clock.heard:
        return ()
    said = []
    if clock.row["comparable_count"]:
        never = clock.row["never_asked_count"]
        added = f", {wording.number(never)} of them never" if never else ""
        said.append(f"We asked too late in {numbers.spoken(_too_late(clock))}{added}.")
    if clock.row["answered_count"]:
        said.append(f"It could have been stopped in {numbers.spoken(_reversible(clock))}.")
    return tuple(said)


def panel(clock: Clock) -> Panel | None:
    """One row per event, the earliest first, and below what the days come to."""
    if not clock.heard:
        return None
    known = [(clock.row[f"{name}_days"], name, said) for name, said in _EVENTS]
    shown = sorted((each for each in known if _is_enough(clock, each[1])), reverse=True)
    rows = [
        Row(said, (Cell(f"{days:.0f} days before", _n(clock, name)),)) for days, name, said in shown
    ]
    return Panel(
        "clock",
        "Too late by then",
        (
            *rows,
            Row("cancelled", (Cell(wording.counted(clock.heard, "customer"), _n(clock, "heard")),)),
        ),
        note=" ".join((*_spans(clock), _DAYS)),
    )


def _is_enough(clock: Clock, name: str) -> bool:
    return int(clock.row[f"{name}_count"]) >= numbers.COUNT_ONLY_BELOW


def _n(clock: Clock, name: str) -> Figure:
    """How many gave the day."""
    return numbers.figure(f"{name}_days", int(clock.row[f"{name}_count"]), clock.heard, QUERY)


def _too_late(clock: Clock) -> Figure:
    row = clock.row
    ids = tuple(row["too_late_ids"])
    return numbers.figure("too_late", row["too_late_count"], row["comparable_count"], QUERY, ids)


def _reversible(clock: Clock) -> Figure:
    row = clock.row
    ids = tuple(row["reversible_ids"])
    return numbers.figure("reversible", row["reversible_count"], row["answered_count"], QUERY, ids)


def _spans(clock: Clock) -> tuple[str, ...]:
    row, said = clock.row, []
    if _is_enough(clock, "warning"):
        said.append(
            f"Warning time, from doubt to cancelling: {row['warning_days']:.0f} days in the middle "
            f"({row['warning_count']} gave it)."
        )
    if _is_enough(clock, "silent"):
        said.append(
            f"Silent time, from doubt to telling us: {row['silent_days']:.0f} days in the middle "
            f"({row['silent_count']} gave it)."
        )
    if row["may_tell_count"]:
        told = numbers.figure("never_told", row["never_told_count"], row["may_tell_count"], QUERY)
        said.append(f"Never told us: {numbers.spoken(told)}.")
    return tuple(said)


def cases_panel(cases: pl.DataFrame, weeks: int) -> Panel | None:
    """One line per cancellation that may be shown, in months; the others are counted.

    `cases` is one row per cancellation: `may_see`, `account_name`, five months, `we_asked`.
    """
    shown = cases.filter(pl.col("may_see")).to_dicts()
    others = cases.height - len(shown)
    if not cases.height:
        return None
    rest = f" {wording.sentence(wording.number(others))} more, in confidence." if others else ""
    return Panel(
        "cases",
        "How it went, case by case",
        tuple(Row(str(row["account_name"]), (Cell(told(row)),)) for row in shown),
        note=f"As they remember it; over {weeks} weeks.{rest}",
    )


def told(row: dict[str, Any]) -> str:
    """`Doubt in March, told nobody, we asked in June, cancelled in September.`.

    In the order of the months; what never came stands where it was due.
    """
    cancelled = row["cancelled_month"]
    parts = [
        (row["doubt_month"], "doubt"),
        (row["told_month"] or row["doubt_month"], "told us" if row["told_month"] else NOBODY),
        (row["asked_month"], "we asked"),
        (row["decided_month"], "decided"),
        (cancelled, "cancelled"),
    ]
    if row["asked_month"] is None and row["we_asked"] == "never":
        parts[2] = (row["decided_month"] or cancelled, NEVER)
    first = min(month for month, _ in parts if month is not None)
    dated = [(month or first, what) for month, what in parts if month or what == NOBODY]
    said = [
        _part(what, month, cancelled) for month, what in sorted(dated, key=lambda each: each[0])
    ]
    return f"{wording.sentence(', '.join(said))}."


def _part(what: str, month: datetime, cancelled: datetime) -> str:
    if what in (NOBODY, NEVER):
        return what
    year = f" {month.year}" if month.year != cancelled.year else ""
    return f"{what} in {month:%B}{year}"
