"""Whom we defended: four rungs, the moments customers tell of, and what defending is worth."""

from collections.abc import Mapping

import polars as pl

from winloss.lenses.ladder import moments, price, rungs
from winloss.lenses.ladder.counts import Rows, by, window_or_ever
from winloss.quotes import Voices
from winloss.reporting import Section

READS = ("ladder", "ladder_incidents", "ladder_defended", "ladder_price")
TITLE = "Whom did we defend?"
FEW = "Asked of few so far: counts since the beginning."
NOBODY = "Nobody has been asked yet."


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """The ladder over `weeks` weeks, the moments told, and who would pay to be defended.

    `counts` are the frames of READS, as the first lines of those queries describe them.
    """
    stood = {name: by(counts["ladder"], name, "ladder_rung") for name in ("window", "before")}
    told, few_told = window_or_ever(counts["ladder_incidents"], "side", "shown_count")
    told_now = by(counts["ladder_incidents"], "week", "side")
    named, few_named = price.named(counts["ladder_price"])
    week = by(counts["ladder"], "week", "ladder_rung")
    finding = rungs.finding(week, stood, told_now, voices)
    said = finding.quote if finding else None
    opening = moments.voice(told_now, voices) or said or moments.voice(told, voices)
    ladder = rungs.panel(stood["window"], told, voices)
    defended, few_defended = moments.defended(counts["ladder_defended"], told, voices)
    premium = price.panel(named, voices, is_thin=few_named)
    panels = (ladder, *moments.panels(told, voices), defended, premium)
    lines = (
        *rungs.lines(stood["window"], weeks),
        moments.line(told, is_thin=few_told),
        price.line(named, is_thin=few_named),
    )
    return Section(
        "ladder",
        TITLE,
        (FEW,) if few_told or few_named or few_defended else (),
        voice=opening,
        lines=tuple(line for line in lines if line) or (_unanswered(stood["window"]),),
        panels=tuple(panel for panel in panels if panel is not None),
        findings=(finding,) if finding else (),
        is_news=finding is not None or any(row["told_count"] for row in told_now.values()),
    )


def _unanswered(window: Rows) -> str:
    asked = int(window[None]["voter_count"]) if None in window else 0
    return f"Asked of {asked}; nobody has answered." if asked else NOBODY
