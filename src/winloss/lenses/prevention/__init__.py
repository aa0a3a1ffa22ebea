"""What can still be kept, what broke before others left, and how well we saw it coming."""

from collections.abc import Mapping

import polars as pl

from winloss.lenses.prevention import chain, clock, missed, signs, trial, watch
from winloss.quotes import Voices
from winloss.reporting import Prevention, Sign

READS = (
    "prevention",
    "prevention_check_ins",
    "prevention_chain",
    "prevention_odds",
    "prevention_clock",
    "prevention_cases",
    "prevention_steps",
    "prevention_words",
    "prevention_missed",
)

THIN = "Asked of few so far: counts since the beginning."
NOBODY = "Nobody who cancelled has told us yet what came before."

_OPENING = ("would_have_changed", "missed")


def named(
    counts: Mapping[str, pl.DataFrame], *, check_in_days: int, has_check_ins: bool
) -> frozenset[str]:
    """The accounts that the signs name, who are quoted nowhere beside them without their name."""
    found = _signs(counts, check_in_days=check_in_days, has_check_ins=has_check_ins)
    return frozenset(each for sign in found for each in sign.account_ids)


def _signs(
    counts: Mapping[str, pl.DataFrame], *, check_in_days: int, has_check_ins: bool
) -> tuple[Sign, ...]:
    return signs.found(
        counts["prevention"],
        counts["prevention_check_ins"],
        check_in_days=check_in_days,
        has_check_ins=has_check_ins,
    )


def section(
    counts: Mapping[str, pl.DataFrame],
    voices: Voices,
    weeks: int,
    *,
    check_in_days: int,
    has_check_ins: bool,
) -> Prevention:
    """The week's signs, then the chain, the clock, the list, its back-test and what came back.

    `counts` holds the frames of `READS` by name. `weeks` is the length of the window.
    """
    found = _signs(counts, check_in_days=check_in_days, has_check_ins=has_check_ins)
    watched = watch.listed(counts["prevention_steps"], counts["prevention_words"], check_in_days)
    voices = voices.without(
        {
            *(each for sign in found for each in sign.account_ids),
            *(watched.account_ids if watched else ()),
            *counts["prevention_cases"]["account_id"].drop_nulls(),
        }
    )
    broken = chain.judged(counts["prevention_chain"])
    days = clock.judged(counts["prevention_clock"])
    voice = broken.voice(voices, _OPENING)
    tried = trial.judged(counts["prevention_steps"], counts["prevention_words"])
    panels = (
        chain.panel(broken, voices),
        chain.odds_panel(counts["prevention_odds"]),
        clock.panel(days),
        clock.cases_panel(counts["prevention_cases"], weeks),
        watched.panel if watched else None,
        trial.panel(tried),
        missed.panel(counts["prevention_missed"], voices, weeks),
    )
    lines = (*chain.lines(broken, weeks), *clock.lines(days), *trial.lines(tried))
    is_thin = (broken.heard and not broken.is_window) or (days.heard and not days.is_window)
    return Prevention(
        lens="prevention",
        title="What can still be kept",
        caveats=(THIN,) if is_thin else (),
        signs=found,
        calls=signs.calls(counts["prevention"]),
        voice=voice,
        lines=lines if broken.heard or days.heard else (NOBODY, *trial.lines(tried)),
        panels=tuple(panel for panel in panels if panel is not None),
    )
