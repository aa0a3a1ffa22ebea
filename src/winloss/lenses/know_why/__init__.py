"""Did we know why, before they told us: right, partly, wrong, or nobody heard."""

from winloss.lenses.know_why import about, calls, card, goals, rates
from winloss.lenses.know_why.counts import Counts
from winloss.quotes import Voices
from winloss.reporting import KnowWhy

__all__ = ["NO_CARD", "NO_REASONS", "Counts", "section"]

NO_REASONS = "Our side has logged no reasons, so there is nothing to compare with."
NO_CARD = "Nobody on record chose a competitor or cancelled."


def section(counts: Counts, voices: Voices, *, weeks: int, has_logged: bool) -> KnowWhy:
    """The card of the last two and two, how often we were right, and what we mistake for what.

    `weeks` is the length of the window; `has_logged` whether our side logs reasons at all.
    """
    compared = rates.figures(counts.verdicts, rates.COMPARED)
    caveats = [] if has_logged else [NO_REASONS]
    if counts.card.is_empty():
        caveats.append(NO_CARD)
    rows = card.rows(counts.card, voices, has_logged=has_logged)
    aside = calls.Speakers(voices, card.response_ids(counts.card))
    wrong = compared[-1]
    voice = aside.said(wrong.row_ids, (wrong,))
    panels = (
        rates.moments(counts.moments),
        calls.called(counts.calls, aside),
        calls.confused(counts.confusion, aside),
        *goals.panels(counts.goals, voices),
        about.panel(counts.about, voices),
    )
    return KnowWhy(
        lens="know_why",
        title="Do you know why?",
        caveats=tuple(caveats),
        card=rows,
        rates=compared,
        line=rates.line(compared, weeks) if has_logged else "",
        others=rates.others(counts.verdicts),
        believed=rates.believed(counts.believed) if has_logged else "",
        voice=voice,
        lines=rates.lines(compared, counts.confusion),
        panels=tuple(panel for panel in panels if panel is not None),
    )
