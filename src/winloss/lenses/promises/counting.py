"""Reads the counts: over the window where enough answered, otherwise since the beginning."""

from typing import Any, Literal

import polars as pl

from winloss import numbers, tally, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Quote, Row

QUERY = "sql/reports/promises.sql"
ANSWERS_QUERY = "sql/reports/promises_answers.sql"
FEW = "Asked of few so far: counts since the beginning."

Scope = Literal["week", "window", "before", "ever"]


class Ledger:
    """The rows of `sql/reports/promises.sql`: one per count and scope."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """Count over the window where enough were promised anything, otherwise over all time."""
        self._rows = {(row["scope"], row["said"]): row for row in frame.to_dicts()}
        enough = self._figure("window", "kept").total >= numbers.PERCENT_FROM
        self.scope: Scope = "window" if enough else "ever"

    @property
    def is_silent(self) -> bool:
        """True where nobody has said anything about our promises."""
        return not self.ever("answered").count

    def figure(self, said: str) -> Figure:
        """A count over the scope that has enough."""
        return self._figure(self.scope, said)

    def week(self, said: str) -> Figure:
        """A count of the news week."""
        return self._figure("week", said)

    def window(self, said: str) -> Figure:
        """A count over the window, however few."""
        return self._figure("window", said)

    def before(self, said: str) -> Figure:
        """A count over the window before."""
        return self._figure("before", said)

    def ever(self, said: str) -> Figure:
        """A count since the beginning."""
        return self._figure("ever", said)

    def _figure(self, scope: Scope, said: str) -> Figure:
        row = self._rows.get((scope, said))
        if row is None:
            return numbers.figure(said, 0, 0, QUERY)
        ids = tuple(row["response_ids"])
        return numbers.figure(said, row["voter_count"], row["total_count"], QUERY, ids)


class Answers:
    """The rows of `sql/reports/promises_answers.sql`: one per question, way it went and answer."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """Keep the rows as they are; the scope is chosen question by question."""
        self._frame = frame

    def scope(self, ref: str) -> Scope:
        """The window where enough answered the question in it, otherwise all time."""
        answered = _sum(self._totals(ref, "window"), "answered_count")
        return "window" if answered >= numbers.PERCENT_FROM else "ever"

    def of(self, ref: str, went: str | None, answer: str) -> Figure:
        """How many gave an answer, of those asked; of one way it went, or of all."""
        rows = self._rows(ref).filter(pl.col("answer") == answer)
        totals = self._totals(ref, self.scope(ref))
        if went is not None:
            rows, totals = (each.filter(pl.col("went") == went) for each in (rows, totals))
        return self._figure(ref, answer, rows, _sum(totals, "shown_count"))

    def left_open(self, ref: str, went: str | None = None) -> Figure:
        """How many were shown the question and gave no answer; of one way it went, or of all."""
        totals = self._totals(ref, self.scope(ref))
        if went is not None:
            totals = totals.filter(pl.col("went") == went)
        shown, answered = _sum(totals, "shown_count"), _sum(totals, "answered_count")
        return numbers.figure(f"{ref}: left open", shown - answered, shown, ANSWERS_QUERY)

    def share(self, ref: str, went: str, answer: str) -> Figure:
        """How many of those who gave an answer went one way."""
        rows = self._rows(ref).filter(pl.col("answer") == answer)
        total = _sum(rows, "voter_count")
        return self._figure(ref, f"{answer}, {went}", rows.filter(pl.col("went") == went), total)

    def written(self, ref: str) -> Figure:
        """How many wrote something, of those who were shown the question."""
        shown = _sum(self._totals(ref, self.scope(ref)), "shown_count")
        rows = self._rows(ref).filter(pl.col("answer").is_not_null())
        return self._figure(ref, "written", rows, shown)

    def said(self, ref: str) -> str:
        """How many wrote something, as a sentence."""
        said = f"{numbers.spoken(self.written(ref))} wrote something here."
        return said if self.scope(ref) == "window" else f"{said} {FEW}"

    def answered_count(self, ref: str) -> int:
        """How many answered the question at all."""
        return _sum(self._totals(ref, self.scope(ref)), "answered_count")

    def note(self, ref: str) -> str:
        """Of how many this speaks: who left the question open, and since when it counts."""
        totals = self._totals(ref, self.scope(ref))
        shown, answered = _sum(totals, "shown_count"), _sum(totals, "answered_count")
        left = f"{wording.number(shown - answered)} left it open" if shown > answered else ""
        split = tally.differing(_sum(totals, "split_count"))
        said = tally.noted(f"Asked of {shown}" + (f"; {left}." if left else "."), split)
        return said if self.scope(ref) == "window" else f"{said} {FEW}"

    def _rows(self, ref: str) -> pl.DataFrame:
        scope = self.scope(ref)
        return self._frame.filter((pl.col("question_ref") == ref) & (pl.col("scope") == scope))

    def _totals(self, ref: str, scope: Scope) -> pl.DataFrame:
        """One row per way it went; the totals stand on each of its rows."""
        rows = self._frame.filter((pl.col("question_ref") == ref) & (pl.col("scope") == scope))
        return rows.unique("went", maintain_order=True)

    def _figure(self, ref: str, name: str, rows: pl.DataFrame, total: int) -> Figure:
        ids = sorted({each for found in rows["response_ids"] for each in found})
        count = _sum(rows, "voter_count")
        return numbers.figure(f"{ref}: {name}", count, total, ANSWERS_QUERY, tuple(ids))


def cell(figure: Figure) -> Cell:
    """The figure as its n allows; a dash where nobody can be counted."""
    return Cell(numbers.spoken(figure) if figure.total else "–", figure if figure.total else None)


def left_open(answers: Answers, *refs: str, label: str = "left it open") -> tuple[Row, ...]:
    """A last row for those who left one question, or the worst answered of several, open."""
    figures = [answers.left_open(ref) for ref in refs]
    most = max(figures, key=lambda figure: figure.count)
    return (Row(label, (cell(most),)),) if most.count else ()


def voices_of(
    voices: Voices, refs: tuple[str, ...], figure: Figure, most: int
) -> tuple[Quote, ...]:
    """As many voices of those behind a figure as consent allows, at most so many."""
    found: list[Quote] = []
    while len(found) < most and (quote := voices.choose(refs, figure.row_ids)):
        found.append(quote)
    return tuple(found)


def quoted(name: str, title: str, quotes: tuple[Quote, ...], note: str) -> Panel:
    """A panel that is nothing but what customers wrote."""
    return Panel(name, title, tuple(Row("", (), quote) for quote in quotes), note=note)


def _sum(rows: pl.DataFrame, column: str) -> int:
    found: Any = rows[column].sum()
    return int(found)
