"""Whom we heard, who is silent, what is still running, and what was set aside."""

from dataclasses import dataclass

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Coverage, Figure, Finding

QUERY = "sql/reports/coverage.sql"
STATES = ("answered", "closed_silent", "never_asked", "unknown")
NAMED_CAUSES = 2
SILENT = ("closed_silent", "never_asked", "unknown")
ASKED_UNKNOWN = "No invitations are on record, so nobody can say who was asked."


@dataclass(frozen=True)
class Counts:
    """The counts of `sql/reports/coverage*.sql`, one frame a file."""

    states: pl.DataFrame
    """One row per state of asking, `is_closed` apart."""
    exits: pl.DataFrame
    """One row per kind of defection that fell in the week."""
    rejects: pl.DataFrame
    """One row per cause for which input was set aside."""
    sources: pl.DataFrame
    """One row: how much of each kind of input there is."""


def section(counts: Counts, lead: Finding | None, *, weeks: int) -> Coverage:
    """How much of the silence we know, and what it could hide.

    `lead` is the finding whose share the silent could move; `weeks` the window's length.
    """
    closed = _closed(counts.states)
    running = _running(counts.states)
    exit_count = int(counts.exits["decision_count"].sum())
    has_invitations = bool(counts.sources["invitation_count"][0])
    return Coverage(
        lens="coverage",
        title="Who is silent",
        caveats=() if has_invitations or closed[0].total == 0 else (ASKED_UNKNOWN,),
        closed=closed,
        running=tuple(running.items()),
        silence=_silence(closed, weeks),
        bound=_bound(lead, closed),
        surveys=_surveys(counts.states, running) if has_invitations else "",
        exits=_exits(counts.exits, exit_count),
        exit_count=exit_count,
        rejects=tuple(
            (f"{row['reason']} ({row['source']})", int(row["reject_count"]))
            for row in counts.rejects.to_dicts()
        ),
        set_aside=_set_aside(counts.rejects),
        open_opportunities=_open(int(counts.sources["open_opportunity_count"][0])),
    )


def _closed(states: pl.DataFrame) -> tuple[Figure, ...]:
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


def _running(states: pl.DataFrame) -> dict[str, int]:
    rows = states.filter(~pl.col("is_closed")).sort("ask_state").to_dicts()
    return {row["ask_state"]: int(row["decision_count"]) for row in rows}


def _silence(closed: tuple[Figure, ...], weeks: int) -> str:
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


def _bound(lead: Finding | None, closed: tuple[Figure, ...]) -> str:
    silent = sum(figure.count for figure in closed if figure.name in SILENT)
    if lead is None or not silent or not lead.trend.count:
        return ""
    low, high = numbers.bounds(lead.trend.count, lead.trend.total, silent)
    return (
        f"If all the silent meant {lead.label}, it would be {numbers.percent(high)} %; "
        f"if none did, {numbers.percent(low)} %."
    )


def _surveys(states: pl.DataFrame, running: dict[str, int]) -> str:
    count = running.get("open", 0)
    if not count:
        return "No survey is open."
    closes = states.filter((pl.col("ask_state") == "open") & ~pl.col("is_closed"))
    day = wording.day(closes["next_closes_on"][0])
    if count == 1:
        return f"One survey is open, until {day}."
    return f"{wording.sentence(wording.number(count))} surveys are open; the next closes on {day}."


def _exits(exits: pl.DataFrame, count: int) -> str:
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


def _set_aside(rejects: pl.DataFrame) -> str:
    count = int(rejects["reject_count"].sum())
    if not count:
        return ""
    causes = [f"{row['reason']} ({row['reject_count']:,})" for row in rejects.to_dicts()]
    causes = [*causes[:NAMED_CAUSES], "other causes"] if len(causes) > NAMED_CAUSES else causes
    rows = wording.counted(count, "input row")
    verb = "was" if count == 1 else "were"
    return f"{wording.sentence(rows)} {verb} set aside: {wording.listed(causes)}."


def _open(count: int) -> str:
    if not count:
        return ""
    verb = "opportunity is" if count == 1 else "opportunities are"
    return f"{wording.sentence(wording.number(count))} {verb} not decided yet."
