"""Whom we heard, who is silent, what is still running, and what was set aside."""

from winloss.lenses.coverage import agreement, bounds, coding, silence, splits
from winloss.lenses.coverage.counts import Counts
from winloss.reporting import Coverage, Finding, Panel

__all__ = ["ASKED_UNKNOWN", "Counts", "section"]

ASKED_UNKNOWN = "No invitations are on record, so nobody can say who was asked."


def section(counts: Counts, lead: Finding | None, *, weeks: int) -> Coverage:
    """How much of the silence we know, and what it could hide.

    `lead` is the finding whose share the silent could move; `weeks` the window's length.
    """
    closed = silence.closed(counts.states)
    running = silence.running(counts.states)
    has_invitations = bool(counts.sources["invitation_count"][0])
    export = silence.export(counts.export)
    return Coverage(
        lens="coverage",
        title="Who is silent",
        caveats=(
            *(() if has_invitations or closed[0].total == 0 else (ASKED_UNKNOWN,)),
            *(f"{caveat}: {count:,}." for caveat, count in counts.odd.iter_rows()),
        ),
        lines=_lines(counts, lead, weeks),
        panels=(*splits.panels(counts.splits), *_read(counts, weeks)),
        closed=closed,
        running=tuple(running.items()),
        silence=silence.silence(closed, weeks),
        bound=bounds.lead(lead, closed),
        surveys=silence.surveys(counts.states, running) if has_invitations else "",
        exits=silence.exits(counts.exits, export),
        exit_count=int(counts.exits["decision_count"].sum()),
        export=export,
        unread=silence.unread(counts.unread),
        uncoded=coding.uncoded(counts.coding),
        rejects=tuple(
            (f"{row['reason']} ({row['source']})", int(row["reject_count"]))
            for row in counts.rejects.to_dicts()
        ),
        set_aside=silence.set_aside(counts.rejects),
        open_opportunities=silence.opportunities(int(counts.sources["open_opportunity_count"][0])),
    )


def _read(counts: Counts, weeks: int) -> tuple[Panel, ...]:
    made = (coding.panel(counts.coding, weeks), agreement.panel(counts.agreement))
    return tuple(panel for panel in made if panel is not None)


def _lines(counts: Counts, lead: Finding | None, weeks: int) -> tuple[str, ...]:
    """What only the full page has room for."""
    said = (
        bounds.know_why(counts.verdicts),
        splits.mix(counts.splits),
        bounds.weighted(counts.splits, counts.reasons, lead),
        silence.signatures(counts.signatures, weeks),
        silence.deleted(counts.deleted, weeks),
        coding.languages(counts.coding),
        coding.held_back(counts.held_back, counts.period),
        agreement.unchecked(counts.agreement),
    )
    return tuple(line for line in said if line)
