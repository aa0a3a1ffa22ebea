"""Satisfied is not loyal: who would move, who stands where, and how those who left like it."""

from collections.abc import Iterator, Mapping

import polars as pl

from winloss import numbers, wording
from winloss.lenses.loyalty import since, standing, ties
from winloss.quotes import Voices
from winloss.reporting import Finding, Panel, Row, Section
from winloss.tally import OPEN, Tally, caveats, offered

READS = ("loyalty", *standing.READS, *ties.READS, *since.READS)
TITLE = "Satisfied, or loyal?"


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """Everything about loyalty; the week's satisfied customer who would move speaks first.

    `counts`: the frames of READS. Core questions are counted over the window of `weeks`; what
    blocks ask, since the beginning where few answered in it, which a caveat then says.
    """
    answers = Tally(counts["loyalty"], "sql/reports/loyalty.sql")
    if silence := _silence(answers):
        return Section("loyalty", TITLE, (), lines=(silence,))
    voices = voices.without(since.named(answers, counts))
    finding = _finding(answers, voices)
    voice = finding.quote if finding else None
    happy = _happy(answers, voices)
    if voice is None and happy:
        voice, happy = happy[0].quote, happy[1:]
    panels = (
        *standing.satisfied(answers),
        *([Panel("happy", "Happy, and leaving", happy)] if happy else []),
        *standing.matrix(counts, voices),
        *standing.moves(counts),
        *ties.whom(answers, voices),
        *ties.both_ways(counts, voices),
        *since.rivals(counts),
        *since.regret(answers, voices),
        *since.win_back(answers, counts),
    )
    return Section(
        "loyalty",
        TITLE,
        caveats(panels),
        voice=voice,
        lines=tuple(_lines(answers, weeks)),
        panels=panels,
        findings=(finding,) if finding else (),
        is_news=finding is not None,
    )


def _silence(answers: Tally) -> str:
    """What to say where nothing was answered; empty where something was."""
    everyone = answers.among(period="all")
    if everyone.figure("answered", pl.col("value") != OPEN).count:
        return ""
    refs = everyone.rows["question_ref"].unique()
    shown = max((everyone.among(question_ref=ref).total for ref in refs), default=0)
    return f"Asked of {shown}; nobody has answered." if shown else "Nobody has been asked yet."


def _lines(answers: Tally, weeks: int) -> Iterator[str]:
    would = standing.restless(answers, "window")
    might = standing.restless(answers, "window", "maybe").count
    if would.total:
        more = f"; {wording.number(might)} more might" if might else ""
        yield (
            "Current customers, satisfied, who would move for the right deal: "
            f"{numbers.spoken(would)} over {weeks} weeks{more}."
        )
    left = standing.satisfied_leavers(answers)
    if left.total:
        yield f"Of those who cancelled, were satisfied with us: {numbers.spoken(left)}."
    asked = since.again(answers)
    again = asked.tally.saying("not sure, or no", "unsure", "no")
    if again.total:
        said = f"{numbers.spoken(again)}, {asked.period(weeks)}"
        yield f"Of those who left, are not sure they would again: {said}."
    told = ties.missed(answers)
    person = told.tally.among(among="current").saying("a person", "person")
    if person.count:
        yield f"Would miss one person most: {numbers.spoken(person)}, {told.period(weeks)}."


def _finding(answers: Tally, voices: Voices) -> Finding | None:
    """The week's satisfied customers who would move; None where there are none."""
    said = standing.restless(answers, "week")
    if not said.count:
        return None
    window, before = (standing.restless(answers, period) for period in ("window", "before"))
    return offered(
        "loyalty",
        "satisfied_would_move",
        "satisfied, and would move",
        "who answered the pulse this week would move, though satisfied",
        quote=voices.choose(("right_deal", "missed"), said.row_ids),
        voices=said,
        trend=window,
        before=before,
    )


def _happy(answers: Tally, voices: Voices) -> tuple[Row, ...]:
    """The words of those who are satisfied and would go, or have gone: two of each at most."""
    would = standing.restless(answers, "window").row_ids
    left = standing.satisfied_leavers(answers).row_ids
    asked = (
        *(("Satisfied, would move", ("right_deal",), would),) * 2,
        *(("Was satisfied, has left", ("what_happened",), left),) * 2,
    )
    chosen = [(label, voices.choose(refs, ids)) for label, refs, ids in asked]
    return tuple(Row(label, (), quote) for label, quote in chosen if quote)
