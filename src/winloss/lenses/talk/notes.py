"""What our own deal notes hold: phrases about customers, never who wrote them or of whom."""

from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.lenses.talk.outside import Areas
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/talk_notes.sql"
FEWEST_SELLERS = 3
NOTE = (
    "Phrases of a list anybody may read, sql/seeds/talk_terms.csv. Whom they were meant for, only "
    "a person can tell; who wrote them is not kept here."
)


def panel(frame: pl.DataFrame, areas: Areas, voices: Voices, weeks: int) -> Panel | None:
    """Notes with such a phrase, of all and by team, and the phrases; beside them a customer."""
    found = _total(frame, "window")
    if found is None:
        return None
    low = areas["customers"]["low_ids"] if "customers" in areas else []
    quote = voices.choose(("talk_words",), low) if low else None
    first = _row("all our notes" if _is_company(frame) else "your notes", found, quote)
    title = f"Our own notes of {weeks} weeks"
    columns = ("notes", "with such a phrase", "phrases")
    return Panel("notes", title, (first, *_teams(frame), *_phrases(frame)), columns, NOTE)


def line(frame: pl.DataFrame, weeks: int) -> str:
    """How many phrases our notes hold, and whether that changed."""
    found = _total(frame, "window")
    if found is None:
        return ""
    notes, flags = found["note_count"], found["flag_count"]
    if not flags:
        held = f"None of our {wording.counted(notes, 'note')} of {weeks} weeks runs a customer down"
        return f"{held} by a phrase of our list."
    rate = f" ({100 * flags / notes:.1f} per 100)" if notes >= numbers.PERCENT_FROM else ""
    said = f"Our {wording.counted(notes, 'note')} of {weeks} weeks hold {wording.number(flags)}"
    phrase = f"phrase{'s' * (flags != 1)} that run{'s' * (flags == 1)} customers down{rate}."
    return f"{said} {phrase} {_call(frame, found)}"


def _call(frame: pl.DataFrame, found: dict[str, Any]) -> str:
    before = _total(frame, "before") or {"flagged_count": 0, "note_count": 0}
    now = (found["flagged_count"], found["note_count"])
    return numbers.call(now, (before["flagged_count"], before["note_count"]))


def _alone(frame: pl.DataFrame, period: str) -> pl.DataFrame:
    """The rows about notes, without those about one phrase."""
    return frame.filter((pl.col("period") == period) & pl.col("term").is_null())


def _is_company(frame: pl.DataFrame) -> bool:
    return bool(frame["is_company"].all())


def _hidden(frame: pl.DataFrame, period: str) -> frozenset[str]:
    """Teams of too few notes or too few sellers, and those that subtraction would tell."""
    rows = _alone(frame, period)
    notes = dict(rows.select("team", "note_count").iter_rows())
    sellers = dict(rows.select("team", "seller_count").iter_rows())
    return numbers.suppressed(notes) | numbers.suppressed(sellers, FEWEST_SELLERS)


def _total(frame: pl.DataFrame, period: str) -> dict[str, Any] | None:
    """What the notes of the edition's readers hold; None where that may not be shown."""
    here = _alone(frame, period).filter(pl.col("is_audience"))
    if not _is_company(frame):
        here = here.filter(~pl.col("team").is_in(list(_hidden(frame, period))))
    if here.is_empty():
        return None
    counts = here.select(pl.col("note_count", "flag_count", "flagged_count").sum())
    return counts.to_dicts()[0]


def _figure(name: str, row: dict[str, Any]) -> Figure:
    return numbers.figure(name, row["flagged_count"], row["note_count"], QUERY)


def _row(label: str, row: dict[str, Any], quote: Any = None) -> Row:  # noqa: ANN401
    figure = _figure(label, row)
    cells = (Cell(numbers.spoken(figure), figure), Cell(str(row["flag_count"])))
    return Row(label, cells, quote)


def _teams(frame: pl.DataFrame) -> tuple[Row, ...]:
    """By team, for readers of the whole company only."""
    if not _is_company(frame):
        return ()
    hidden = _hidden(frame, "window")
    rows = _alone(frame, "window").sort("team").to_dicts()
    shown = [row for row in rows if row["team"] not in hidden]
    return tuple(_row(row["team"] or "no team named", row) for row in shown)


def _phrases(frame: pl.DataFrame) -> tuple[Row, ...]:
    """The phrases, most used first; where notes may be shown, so may what they hold."""
    here = frame.filter(
        (pl.col("period") == "window") & pl.col("term").is_not_null() & pl.col("is_audience")
    )
    counts = here.group_by("term").agg(pl.col("flag_count").sum())
    ranked = counts.sort("flag_count", "term", descending=[True, False]).iter_rows()
    return tuple(Row(f"“{term}”", (Cell(""), Cell(str(count)))) for term, count in ranked)
