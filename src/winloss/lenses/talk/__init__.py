"""How we talk of customers, of what we do and of one another: outside, inside, in our notes."""

from collections.abc import Mapping

import polars as pl

from winloss.lenses.talk import conviction, inside, notes, outside
from winloss.quotes import Voices
from winloss.reporting import Section

READS = ("talk", "talk_staff", "talk_staff_voices", "talk_notes", "talk_conviction")
TITLE = "How do we speak of them?"
FEW = "Asked of few so far: counts since the beginning."


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """What customers hear over `weeks` weeks, what staff say, and what our own notes hold.

    `counts` are the frames of READS, as the first lines of those queries describe them.
    """
    heard, is_thin = outside.heard(counts["talk"])
    now = outside.by_area(counts["talk"], "week")
    finding = outside.finding(counts["talk"], voices)
    opening = finding.quote if finding else outside.voice(heard, voices)
    staff = inside.company(counts["talk_staff"])
    panels = (
        outside.panel(heard, voices),
        inside.panel(staff, heard, counts["talk_staff_voices"], voices),
        inside.teams(counts["talk_staff"]),
        notes.panel(counts["talk_notes"], heard, voices, weeks),
        conviction.panel(counts["talk_conviction"]),
    )
    lines = (
        outside.line(heard, is_thin=is_thin),
        inside.line(staff, heard),
        notes.line(counts["talk_notes"], weeks),
        conviction.line(counts["talk_conviction"]),
    )
    return Section(
        "talk",
        TITLE,
        (FEW,) if is_thin and outside.answered(heard) else (),
        voice=opening,
        lines=tuple(line for line in lines if line),
        panels=tuple(panel for panel in panels if panel is not None),
        findings=(finding,) if finding else (),
        is_news=outside.answered(now) > 0,
    )
