"""Who is silent, what is still running, what came in and what was set aside, in sentences."""

from datetime import date
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Figure

QUERY = "sql/reports/coverage.sql"
STATES = ("answered", "closed_silent", "never_asked", "unknown")
SILENT = ("closed_silent", "never_asked", "unknown")
NAMED_CAUSES = 2

_FORMS = {
    "lost_deal": "lost-deal survey",
    "won_deal": "won-deal survey",
    "cancellation": "cancellation survey",
    "pulse": "pulse",
    "seller": "sellers\N{RIGHT SINGLE QUOTATION MARK} form",
    "staff": "staff form",
}
_ABOUT_EXITS = ("lost_deal", "cancellation")


def closed(states: pl.DataFrame) -> tuple[Figure, ...]:
    """By state of asking, among defections whose survey closed in the window."""
    rows = {row["ask_state"]: row for row in states.filter(pl.col("is_closed")).to_dicts()}
    everyone = sum(int(row["decision_count"]) for row in rows.values())
    return tuple(
        numbers.figure(
            state,
            int(rows[state]["decision_count"]) if state in rows else 0,
            everyone,
            QUERY,
            tuple(rows[state]["response_ids"] or ()) if state in rows else (),
        )
        for state in STATES
    )


def running(states: pl.DataFrame) -> dict[str, int]:
    """By state of asking, among those whose survey has not closed."""
    rows = states.filter(~pl.col("is_closed")).sort("ask_state").to_dicts()
    return {row["ask_state"]: int(row["decision_count"]) for row in rows}


def silence(closed: tuple[Figure, ...], weeks: int) -> str:
    """How many of them told us why, and how many did not."""
    answered, silent, never, unknown = closed
    if answered.total == 0:
        return f"No survey closed in the last {weeks} weeks, so there is no rate yet."
    told = (
        f"Of {wording.counted(answered.total, 'exit')} whose survey closed in the last "
        f"{weeks} weeks, {wording.number(answered.count) if answered.count else 'none'} told us why"
    )
    if unknown.count:
        return f"{told}; asked: unknown for the other {wording.number(unknown.count)}."
    parts = []
    if silent.count:
        parts.append(f"{wording.number(silent.count)} stayed silent")
    if never.count:
        verb = "was" if never.count == 1 else "were"
        parts.append(f"{wording.number(never.count)} {verb} never asked")
    return f"{told}{'; ' if parts else ''}{wording.listed(parts)}."


def surveys(states: pl.DataFrame, running: dict[str, int]) -> str:
    """Which surveys are open, and until when."""
    count = running.get("open", 0)
    if not count:
        return "No survey is open."
    closes = states.filter((pl.col("ask_state") == "open") & ~pl.col("is_closed"))
    day = wording.day(closes["next_closes_on"][0])
    if count == 1:
        return f"One survey is open, until {day}."
    return f"{wording.sentence(wording.number(count))} surveys are open; the next closes on {day}."


def exits(exits: pl.DataFrame, export: str) -> str:
    """How many left in the week, and what they were worth; else where the CRM export ends."""
    count = int(exits["decision_count"].sum())
    if export:
        return export
    if count == 0:
        return "No new exits this week."
    said = wording.sentence(wording.counted(count, "new exit"))
    without = int(exits["without_amount_count"].sum())
    amount = float(exits["amount_usd"].sum())
    if without == count or not amount:
        return f"{said} this week, value not recorded."
    worth = wording.usd(amount)
    unknown = f", and {wording.number(without)} of unknown value" if without else ""
    return f"{said} this week, worth {worth}{unknown}."


def set_aside(rejects: pl.DataFrame) -> str:
    """How much input could not be used, and for which causes."""
    count = int(rejects["reject_count"].sum())
    if not count:
        return ""
    causes = [f"{row['reason']} ({row['reject_count']:,})" for row in rejects.to_dicts()]
    causes = [*causes[:NAMED_CAUSES], "other causes"] if len(causes) > NAMED_CAUSES else causes
    rows = wording.counted(count, "input row")
    verb = "was" if count == 1 else "were"
    return f"{wording.sentence(rows)} {verb} set aside: {wording.listed(causes)}."


def opportunities(count: int) -> str:
    """What is not decided is counted, not rejected."""
    if not count:
        return ""
    verb = "opportunity is" if count == 1 else "opportunities are"
    return f"{wording.sentence(wording.number(count))} {verb} not decided yet."


def export(held: pl.DataFrame) -> str:
    """Where the CRM export ends, if before the week, or begins, if after it; else nothing.

    `held` is one row: its first and last day, and those of the week.
    """
    row = held.to_dicts()[0] if held.height else {}
    first, last = row.get("first_decided_on"), row.get("last_decided_on")
    if last and last < row["week_from"]:
        return f"The CRM export ends on {_day(last, row)}."
    if first and first > row["week_to"]:
        return f"The CRM export begins on {_day(first, row)}."
    return ""


def _day(on: date, row: dict[str, Any]) -> str:
    is_this_year = on.year == row["week_to"].year
    return wording.day(on) if is_this_year else f"{wording.day(on)} {on.year}"


def unread(form_kinds: tuple[str, ...]) -> str:
    """That forms could not be read, so that nobody takes them for silence."""
    return " ".join(
        f"The {_FORMS[kind]} could not be read this week; its "
        f"{'exits may only seem silent' if kind in _ABOUT_EXITS else 'answers are missing'}."
        for kind in dict.fromkeys(form_kinds)
    )


def signatures(counts: pl.DataFrame, weeks: int) -> str:
    """How many responses count nowhere for want of a signature of ours."""
    by_fault = dict(counts.select("signature", "response_count").iter_rows())
    missing, invalid = by_fault.get("missing", 0), by_fault.get("invalid", 0)
    count = missing + invalid
    if not count:
        return ""
    parts = []
    if missing:
        parts.append(f"{wording.number(missing)} without one")
    if invalid:
        parts.append(f"{wording.number(invalid)} with a false one")
    verb = "counts" if count == 1 else "count"
    return (
        f"{wording.sentence(wording.counted(count, 'response'))} of the last {weeks} weeks {verb} "
        f"nowhere for want of a valid signature: {wording.listed(parts)}."
    )


def deleted(counts: pl.DataFrame, weeks: int) -> str:
    """How many responses count nowhere because somebody took them back at the source."""
    count = int(counts["response_count"].sum())
    if not count:
        return ""
    was, counts_nowhere = ("was", "counts") if count == 1 else ("were", "count")
    return (
        f"{wording.sentence(wording.counted(count, 'response'))} of the last {weeks} weeks {was} "
        f"deleted at the source and {counts_nowhere} nowhere."
    )
