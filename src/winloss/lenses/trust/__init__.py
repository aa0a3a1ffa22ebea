"""Trust is ability times commitment: how we are rated, and the moments that showed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from winloss import numbers
from winloss.lenses.trust import moments, ratings
from winloss.quotes import Voices
from winloss.reporting import Finding, Section
from winloss.tally import OPEN, Tally, caveats, offered

READS = ("trust", *ratings.READS)
TITLE = "Did they trust us?"


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """Everything about trust; whoever we failed in the week when it mattered speaks first.

    `counts`: the frames of READS, all of them from blocks: told over the window, or since the
    beginning where few answered in it, which a caveat then says.
    """
    answers = Tally(counts["trust"], "sql/reports/trust.sql")
    rated = counts["trust_ratings"].filter(pl.col("period") == "all")
    if silence := _silence(answers, rated):
        return Section("trust", TITLE, (), lines=(silence,))
    finding = _finding(answers, voices)
    voice = (finding and finding.quote) or moments.opening(answers, voices)
    panels = (
        *ratings.able_and_committed(counts),
        *ratings.four(counts),
        *ratings.sides(counts),
        *moments.tested(answers, voices),
        *ratings.noticed(counts, voices),
        *moments.ammunition(answers, voices),
        *moments.needless(answers, voices),
        *moments.advised(answers),
    )
    return Section(
        "trust",
        TITLE,
        caveats(panels),
        voice=voice,
        lines=tuple(_lines(answers, counts, weeks))
        or ("Asked, but too few have answered to say more.",),
        panels=panels,
        findings=(finding,) if finding else (),
        is_news=finding is not None,
    )


def _silence(answers: Tally, rated: pl.DataFrame) -> str:
    """What to say where nothing was answered; empty where something was."""
    everyone = answers.among(period="all")
    is_answered = pl.col("value") != OPEN
    if everyone.figure("answered", is_answered).count or rated["voter_count"].sum():
        return ""
    refs = everyone.rows["question_ref"].unique()
    shown = [everyone.among(question_ref=ref).total for ref in refs]
    most = max([*shown, *rated["shown_count"]], default=0)
    return f"Asked of {most}; nobody has answered." if most else "Nobody has been asked yet."


def _lines(answers: Tally, counts: Mapping[str, pl.DataFrame], weeks: int) -> Iterator[str]:
    yield from ratings.lines(counts, weeks)
    tested = moments.asked(answers, "tested_passed")
    failed = tested.tally.saying("we were not there", "no")
    if failed.total:
        period = tested.period(weeks)
        yield f"Not there when they needed us most: {numbers.spoken(failed)}, {period}."
    unarmed = moments.unarmed(answers)
    short = unarmed.tally.saying("lost, and short of ammunition", "no", "partly")
    if short.total:
        said = f"{numbers.spoken(short)}, {unarmed.period(weeks)}"
        yield f"Lost, short of what it took to convince the others: {said}."


@dataclass(frozen=True)
class _News:
    """What of a week's answers is worth a finding."""

    reason: str
    label: str
    question_ref: str
    values: tuple[str, ...]
    words_ref: str
    claim: str


_NEWS = (
    _News(
        "failed_test",
        "not there when it mattered",
        "tested_passed",
        ("no",),
        "tested_words",
        "asked this week said that we were not there when they needed us most",
    ),
    _News(
        "no_ammunition",
        "no ammunition",
        "ammunition",
        ("no", "partly"),
        "ammunition_missing",
        "asked this week lacked something to convince the others",
    ),
)


def _finding(answers: Tally, voices: Voices) -> Finding | None:
    """The week's failed tests; where there are none, those who could not convince the others."""
    for news in _NEWS:
        week, window, before = (
            answers.among(period=period, question_ref=news.question_ref).saying(
                news.label, *news.values
            )
            for period in ("week", "window", "before")
        )
        if week.count:
            return offered(
                "trust",
                news.reason,
                news.label,
                news.claim,
                quote=voices.choose((news.words_ref,), week.row_ids),
                voices=week,
                trend=window,
                before=before,
            )
    return None
