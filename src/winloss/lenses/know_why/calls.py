"""Which reasons we name too often or too seldom, and which we take for which."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Quote, Row

CALLS_QUERY = "sql/reports/know_why_calls.sql"
CONFUSION_QUERY = "sql/reports/know_why_confusion.sql"
MOST_ROWS = 8
MOST_QUOTES = 2
BIG = 2
"""From so many decisions apart on, customers speak."""


@dataclass(frozen=True)
class Speakers:
    """Who may speak beside what we had said, which is told as counts."""

    voices: Voices
    on_card: frozenset[str]
    """Responses whose decision the card tells alone."""

    def said(
        self, response_ids: Collection[str], beside: tuple[Figure, ...], reason: str | None = None
    ) -> Quote | None:
        """A quote of a group of decisions whose figures stand beside it."""
        free = set(response_ids) - self.on_card
        return self.voices.choose(("what_happened",), free, reason=reason, beside=beside)


def called(counts: pl.DataFrame, speakers: Speakers) -> Panel | None:
    """Each reason as often as we said it and as they said it, the widest apart first."""
    if counts.is_empty():
        return None
    rows = counts.to_dicts()
    tested = numbers.discoveries([_p_value(row) for row in rows])
    stands = {row["reason"] for row, found in zip(rows, tested.found, strict=True) if found}
    shown = [row for row in rows if row["ours_count"] != row["theirs_count"]][:MOST_ROWS]
    return Panel(
        "calls",
        "What we say too often, and too seldom",
        tuple(row for each in shown for row in _rows(each, stands, speakers)),
        ("the reason", "we said", "they said", "we said it"),
        "Decisions in which both spoke; a customer's main reason. Exact McNemar tests on the "
        f"decisions in which one side alone named it. {tested.said} The quotes are of those "
        "decisions too.",
    )


def _p_value(row: dict[str, Any]) -> float:
    both = row["both_count"]
    return numbers.discordant(row["ours_count"] - both, row["theirs_count"] - both)


def _rows(row: dict[str, Any], stands: set[str], speakers: Speakers) -> Iterator[Row]:
    apart = row["ours_count"] - row["theirs_count"]
    total = row["compared_count"]
    ours = numbers.figure(
        "we said", row["ours_count"], total, CALLS_QUERY, tuple(row["ours_ids"] or ())
    )
    theirs = numbers.figure(
        "they said", row["theirs_count"], total, CALLS_QUERY, tuple(row["theirs_ids"] or ())
    )
    how = f"{abs(apart)} {'too often' if apart > 0 else 'too seldom'}"
    said = f"{how}, more than chance" if row["reason"] in stands else how
    alone = _alone(row, apart)
    figures = (ours, theirs, alone)
    cells = (
        Cell(f"{ours.count} of {total}", ours),
        Cell(f"{theirs.count} of {total}", theirs),
        Cell(said, alone),
    )
    quotes = _quotes(row, apart, speakers, figures) if abs(apart) >= BIG else []
    yield Row(row["label"], cells, quotes[0] if quotes else None)
    for quote in quotes[1:]:
        yield Row("another of them", (Cell(""),) * 3, quote)


def _alone(row: dict[str, Any], apart: int) -> Figure:
    """The decisions in which the side that names it more often names it alone."""
    is_ours = apart > 0
    said = row["ours_count"] if is_ours else row["theirs_count"]
    name = "we alone said" if is_ours else "they alone said"
    ids = tuple((row["over_ids"] if is_ours else row["under_ids"]) or ())
    return numbers.figure(name, said - row["both_count"], row["compared_count"], CALLS_QUERY, ids)


def _quotes(
    row: dict[str, Any], apart: int, speakers: Speakers, beside: tuple[Figure, ...]
) -> list[Quote]:
    """What they say where we name it and they do not, or where they do and we do not."""
    reason = None if apart > 0 else str(row["reason"])
    ids = beside[-1].row_ids
    found = [speakers.said(ids, beside, reason) for _ in range(MOST_QUOTES)]
    return [quote for quote in found if quote is not None]


def confused(pairs: pl.DataFrame, speakers: Speakers) -> Panel | None:
    """What we said against what they said, of the decisions we can compare."""
    if pairs.is_empty():
        return None
    everyone = int(pairs["decision_count"].sum())
    often = pairs.filter(pl.col("decision_count") >= BIG)
    rows = []
    for row in often.to_dicts():
        ids = tuple(row["response_ids"])
        ours = row["seller_label"] or row["seller_reason"]
        theirs = row["label"] or row["reason"]
        count = row["decision_count"]
        name = f"we said {ours}, they said {theirs}"
        figure = numbers.figure(name, count, everyone, CONFUSION_QUERY, ids)
        is_big = row["seller_reason"] != row["reason"] and count >= BIG
        quote = speakers.said(ids, (figure,), row["reason"]) if is_big else None
        rows.append(Row(ours, (Cell(theirs), Cell(str(count), figure)), quote))
    if rare := pairs.height - often.height:
        rows.append(Row(wording.counted(rare, "more pair"), (Cell(""), Cell("1 each"))))
    return Panel(
        "confusion",
        "What we said, and what they said",
        tuple(rows),
        ("we said", "they said", "decisions"),
        "The main reason of each decision we can compare, as often as both were said of one.",
    )
