"""What customers hear: how our people speak of customers, of what we do and of one another."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from winloss import numbers
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Finding, Panel, Quote, Row
from winloss.tally import offered

QUERY = "sql/reports/talk.sql"
NOBODY = "Nobody has been asked yet how our people talk."
AREAS = {"customers": "of customers", "value": "of what we do", "team": "of one another"}
SAID = {"high": "stand up", "low": "run down"}
"""What the upper and the lower two steps of a scale of five say."""
CAPTION = "What we say consistently is what we think."
_WORDS = ("talk_words",)
_CLAIMS = {
    "low": "heard us run customers down",
    "high": "heard us stand up for customers",
}

Areas = Mapping[str, dict[str, Any]]
"""Area of talk -> its counts; an area without a row was asked of nobody."""


def by_area(frame: pl.DataFrame, period: str) -> Areas:
    """The counts of one period by area."""
    return {row["area"]: row for row in frame.filter(pl.col("period") == period).to_dicts()}


def answered(areas: Areas) -> int:
    """How many rated the area that most rated."""
    return max((int(row["answered_count"]) for row in areas.values()), default=0)


def heard(frame: pl.DataFrame) -> tuple[Areas, bool]:
    """The window's counts, or those since the beginning where it holds fewer than 15; True then."""
    window = by_area(frame, "window")
    if answered(window) >= numbers.PERCENT_FROM:
        return window, False
    return by_area(frame, "ever") or window, True


def share(areas: Areas, area: str, side: str) -> Figure:
    """Those who heard us stand up for it (`high`) or run it down (`low`), of those asked."""
    row = areas[area]
    ids = tuple(row[f"{side}_response_ids"])
    name = f"{SAID[side]}, {AREAS[area]}"
    return numbers.figure(name, row[f"{side}_count"], row["shown_count"], QUERY, ids)


def rated(areas: Areas, area: str, side: str) -> tuple[int, int]:
    """How many heard it so, and how many rated it at all, as beside ratings of our own."""
    row = areas[area]
    return int(row[f"{side}_count"]), int(row["answered_count"])


def panel(areas: Areas, voices: Voices) -> Panel | None:
    """One row per area: who heard us stand up for it, run it down, or left it open; a voice."""
    if not answered(areas):
        return None
    rows = tuple(
        Row(AREAS[area], _cells(areas, area), _voice(areas, area, voices, _shares(areas, area)))
        for area in AREAS
        if area in areas
    )
    columns = ("they speak", "stand up for it", "run it down", "left it open")
    return Panel("outside", "What customers hear", rows, columns, CAPTION)


def _cells(areas: Areas, area: str) -> tuple[Cell, ...]:
    said = tuple(Cell(numbers.spoken(figure), figure) for figure in _shares(areas, area))
    row = areas[area]
    count = row["shown_count"] - row["answered_count"]
    left_open = numbers.figure(f"left open, {AREAS[area]}", count, row["shown_count"], QUERY)
    return (*said, Cell(str(count), left_open, is_aside=True) if count else Cell(""))


def _shares(areas: Areas, area: str) -> tuple[Figure, ...]:
    return tuple(share(areas, area, side) for side in SAID)


def _voice(
    areas: Areas, area: str, voices: Voices, beside: tuple[Figure, ...] = ()
) -> Quote | None:
    """Somebody on the side where most are, or else one on the other."""
    row = areas[area]
    sides = ("high", "low") if row["high_count"] >= row["low_count"] else ("low", "high")
    found = (voices.choose(_WORDS, row[f"{side}_ids"], beside=beside) for side in sides)
    return next((quote for quote in found if quote), None)


def voice(areas: Areas, voices: Voices) -> Quote | None:
    """Who opens the section: somebody who heard how we speak of customers."""
    return _voice(areas, "customers", voices) if "customers" in areas else None


def line(areas: Areas, *, is_thin: bool) -> str:
    """What customers hear us say of customers."""
    if not areas:
        return NOBODY
    if "customers" not in areas or not areas["customers"]["answered_count"]:
        asked = max(int(row["shown_count"]) for row in areas.values())
        return f"Asked of {asked}; nobody has answered."
    row = areas["customers"]
    left_open = row["shown_count"] - row["answered_count"]
    up, down = (numbers.spoken(share(areas, "customers", side)) for side in SAID)
    open_too = f"; {left_open} left it open" if left_open else ""
    when = "Since the beginning, customers" if is_thin else "Customers"
    return f"{when} heard us stand up for customers: {up}; run them down: {down}{open_too}."


def finding(frame: pl.DataFrame, voices: Voices) -> Finding | None:
    """What those who answered in the week heard us say of customers, the worse first."""
    week, window = by_area(frame, "week"), by_area(frame, "window")
    if "customers" not in week:
        return None
    for side in ("low", "high"):
        ids = week["customers"][f"{side}_ids"]
        quote = voices.choose(_WORDS, ids) if ids else None
        if quote is not None:
            return _found(side, quote, (week, window, by_area(frame, "before")))
    return None


def _found(side: str, quote: Quote, periods: tuple[Areas, Areas, Areas]) -> Finding:
    now, trend, before = (
        share(areas, "customers", side)
        if "customers" in areas
        else numbers.figure(SAID[side], 0, 0, QUERY)
        for areas in periods
    )
    claim = f"asked this week how our people talk {_CLAIMS[side]}"
    return offered(
        "talk", side, _CLAIMS[side], claim, quote=quote, voices=now, trend=trend, before=before
    )
