"""Wishes in customers' words, gathered by family: what many asked for, and what one did."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Quote, Row

MOST_SINGLES = 12
QUERY = "sql/reports/respect_wishes.sql"


@dataclass(frozen=True)
class Wish:
    """One kind of wish, as `sql/reports/respect_wishes.sql` names it, and its panel."""

    name: str
    panel: str
    title: str
    columns: tuple[str, ...] = ()
    """Headers where what we did about it stands beside it."""


def panels(
    wish: Wish, frame: pl.DataFrame, voices: Voices, *, asked: int, is_thin: bool
) -> tuple[Panel, ...]:
    """Families by how many asked, the most first; then what has none, or was named once.

    `frame` holds the rows of `sql/reports/respect_wishes.sql`, `asked` is how many were shown
    the question; with `is_thin` counts are since the beginning. No panel where nobody wrote.
    """
    span = "ever" if is_thin else "voter"
    rows = [row for row in frame.to_dicts() if row["wish"] == wish.name and row[f"{span}_count"]]
    total = sum(row[f"{span}_count"] for row in rows if row["is_total"])
    if not total:
        return ()
    found = [row for row in rows if not row["is_total"]]
    shared = [row for row in found if row["label"] and row[f"{span}_count"] > 1]
    shared.sort(key=lambda row: (-row[f"{span}_count"], row["label"]))
    lone = [place for row in found if row not in shared for place in _places(row, span)]
    drawn = [_family(wish, row, total, span, voices) for row in shared]
    singles = [Row("one customer", (), quote) for quote in _spoken(lone, voices)]
    note = (
        f"{wording.sentence(wording.counted(total, 'customer'))} of {asked} asked named any. "
        "Families are the codebook's."
    )
    alone = f"What one customer named, or has no family: {wording.number(MOST_SINGLES)} at most."
    shown = (
        Panel(wish.panel, wish.title, tuple(drawn), wish.columns if drawn else (), note),
        Panel(f"{wish.panel}_alone", "", tuple(singles), note=alone),
    )
    return shown if singles else shown[:1]


def _family(wish: Wish, row: dict[str, Any], total: int, span: str, voices: Voices) -> Row:
    ids = _ids(row, span)
    name = f"{row['wish']} {row['parent']}"
    figure = numbers.figure(name, row[f"{span}_count"], total, QUERY, tuple(ids))
    quotes = _spoken(_places(row, span), voices, most=1, beside=(figure,))
    cells = [Cell(numbers.spoken(figure), figure)]
    if wish.columns:
        cells.append(Cell(_followed(row)))
    return Row(row["label"], tuple(cells), quotes[0] if quotes else None)


def _followed(row: dict[str, Any]) -> str:
    """What became of it: how many actions of ours answer that family."""
    count, done = int(row["action_count"]), int(row["done_count"])
    if not count:
        return "nothing yet"
    said = wording.counted(count, "action")
    return f"{said}, {wording.number(done) if done else 'none'} done"


def _ids(row: dict[str, Any], span: str) -> list[str]:
    found: list[str] = row["ever_ids"] if span == "ever" else row["response_ids"]
    return found


def _places(row: dict[str, Any], span: str) -> list[str]:
    """Where the family was written, as `question_ref|response_id`."""
    ids = set(_ids(row, span))
    return [place for place in row["places"] if place.partition("|")[2] in ids]


def _spoken(
    places: list[str],
    voices: Voices,
    most: int = MOST_SINGLES,
    beside: tuple[Figure, ...] = (),
) -> list[Quote]:
    """Quotes from answers given as `question_ref|response_id`."""
    quotes: list[Quote] = []
    for place in places:
        ref, _, response_id = place.partition("|")
        if len(quotes) == most:
            break
        if quote := voices.choose((ref,), (response_id,), beside=beside):
            quotes.append(voices.entire(quote))
    return quotes
