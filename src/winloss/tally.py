"""Voters by what they answered: figures, and sentences, that say no more than their n allows."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Figure, Finding, Panel, Quote, Row

FEW = 15
"""Below so many answers in the window, what a block asks is told since the beginning."""
THIN = "Asked of few so far: counts since the beginning."
"""The caveat of a section in which anything is told since the beginning."""
ALL_TIME = "Counts since the beginning."
"""The same as a panel's note says it."""
OPEN = "open"
"""The answer of who was shown a question and left it empty."""


@dataclass(frozen=True)
class Tally:
    """Counts with the `voter_count` and `response_ids` of each row, from one query.

    Where it has a `value`, those of OPEN are counted in the total and nowhere else, and of the
    voters `split_count` are decisions whose respondents differ: the side that warns counts.
    """

    rows: pl.DataFrame
    query: str

    @property
    def total(self) -> int:
        """Everybody who was shown the question."""
        return int(self.rows["voter_count"].sum())

    def among(self, **wanted: str) -> "Tally":
        """The rows in which every column named has the value given."""
        is_wanted = [pl.col(column) == value for column, value in wanted.items()]
        return Tally(self.rows.filter(is_wanted), self.query)

    def figure(self, name: str, is_one: pl.Expr) -> Figure:
        """Those for whom `is_one` holds, of everybody in the tally."""
        found = self.rows.filter(is_one)
        ids = found["response_ids"].explode().drop_nulls().unique().sort()
        count = int(found["voter_count"].sum())
        return numbers.figure(name, count, self.total, self.query, tuple(ids))

    def saying(self, name: str, *values: str) -> Figure:
        """Those who answered one of the values."""
        return self.figure(name, pl.col("value").is_in(values))

    def told(self, is_answered: pl.Expr | None = None) -> "Told":
        """The answers of the window where there are enough, otherwise since the beginning."""
        answered = pl.col("value") != OPEN if is_answered is None else is_answered
        window = self.among(period="window")
        if window.figure("answered", answered).count >= FEW:
            return Told(window, "")
        return Told(self.among(period="all"), ALL_TIME)

    @property
    def left_out(self) -> str:
        """What must be said of those who left it open, or whose colleagues differ."""
        left, split = self.saying(OPEN, OPEN).count, int(self.rows["split_count"].sum())
        said = f"{wording.sentence(wording.number(left))} left it open." if left else ""
        return noted(said, differing(split))


@dataclass(frozen=True)
class Told:
    """A tally over the period that has enough to tell, and what must be said of that."""

    tally: Tally
    note: str
    """ALL_TIME, or nothing."""

    def period(self, weeks: int) -> str:
        """`over 13 weeks`, or `since the beginning`."""
        return "since the beginning" if self.note else f"over {weeks} weeks"


def who(figure: Figure) -> tuple[str, str]:
    """How a sentence about these begins, and what follows it in brackets, as n allows.

    `The only one`, `2 of the 3`; `4 of the 7` and ` (likely 25 to 84 %)`; `40 % of those` and
    ` (8 of 20, likely 22 to 61 %)`.
    """
    count, of = figure.count, figure.total
    if of < numbers.COUNT_ONLY_BELOW or figure.low is None or figure.high is None:
        everybody = {1: "The only one", 2: "Both"}.get(of, f"All {of}")
        return (everybody if count == of else f"{count} of the {of}"), ""
    likely = numbers.likely_said(figure.low, figure.high)
    if of < numbers.PERCENT_FROM:
        return f"{count} of the {of}", f" ({likely})"
    return f"{numbers.percent_said(count / of)} of those", f" ({count} of {of}, {likely})"


def offered(  # noqa: PLR0913 (a finding has many sides)
    lens: str,
    reason: str,
    label: str,
    claim: str,
    *,
    quote: Quote | None,
    voices: Figure,
    trend: Figure,
    before: Figure,
) -> Finding:
    """What a lens offers to a mail's findings, said as `voices` allow.

    `claim` goes on after `2 of the 3`, with neither range nor full stop; `trend` is the same over
    the window, `before` over the one before.
    """
    begins, likely = who(voices)
    return Finding(
        reason=reason,
        label=label,
        quote=quote,
        voices=voices,
        who=begins,
        claim=f"{claim}{likely}.",
        ours=(),
        logged="",
        contrary=None,
        trend=trend,
        call=numbers.call((trend.count, trend.total), (before.count, before.total)),
        lens=lens,
    )


def caveats(panels: Iterable[Panel]) -> tuple[str, ...]:
    """What a section of these panels must own up to."""
    return (THIN,) if any(ALL_TIME in panel.note for panel in panels) else ()


def cell(figure: Figure) -> Cell:
    """A figure as a panel says it."""
    return Cell(numbers.spoken(figure), figure)


def row(label: str, figure: Figure, quote: Quote | None = None) -> Row:
    """A panel's line of one figure."""
    return Row(label, (cell(figure),), quote)


def differing(split: int) -> str:
    """`In two decisions colleagues differ; the side that warns counts.`, or nothing."""
    if not split:
        return ""
    return f"In {wording.counted(split, 'decision')} colleagues differ; the side that warns counts."


def noted(*parts: str) -> str:
    """Sentences as one note, without the empty ones."""
    return " ".join(part for part in parts if part)
