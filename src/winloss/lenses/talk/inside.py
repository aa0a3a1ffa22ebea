"""What our own staff say of how we talk: never of fewer than five, of a team or of all."""

from collections.abc import Mapping

import polars as pl

from winloss import numbers, wording
from winloss.lenses.talk.outside import AREAS, SAID, Areas, rated
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/talk_staff.sql"
NO_GAP = "No gap we can call."
NOTE = (
    "Staff answer without a name. Their answers count by the quarter, once it is over; fewer "
    "than five are not shown."
)

Staff = Mapping[str, tuple[int, int, int]]
"""Area -> answers, those of the upper two steps, those of the lower two."""


def company(frame: pl.DataFrame) -> Staff:
    """The staff an edition is for, by area, without areas of fewer than five answers.

    An edition for a team is about that team, and empty where the team is hidden.
    """
    here = frame.filter(pl.col("is_audience"))
    if not frame["is_company"].all():
        here = here.filter(~pl.col("team").is_in(list(_hidden(frame))))
    sums = here.group_by("area").agg(
        pl.col(f"{what}_count").sum() for what in ("answered", "high", "low")
    )
    counts = {row[0]: (row[1], row[2], row[3]) for row in sums.iter_rows()}
    return {area: counts[area] for area in AREAS if counts.get(area, (0,))[0] >= numbers.FLOOR}


def _hidden(frame: pl.DataFrame) -> frozenset[str]:
    """The teams that no area shows: under the floor in one of them, or told by subtraction."""
    hidden: set[str] = set()
    for area in AREAS:
        rows = frame.filter(pl.col("area") == area)
        counts = dict(rows.select("team", "answered_count").iter_rows())
        hidden |= numbers.suppressed(counts)
    return frozenset(hidden)


def _share(staff: Staff, area: str, side: str) -> Figure:
    total, high, low = staff[area]
    name = f"staff: {SAID[side]}, {AREAS[area]}"
    return numbers.figure(name, high if side == "high" else low, total, QUERY)


def panel(staff: Staff, areas: Areas, words: pl.DataFrame, voices: Voices) -> Panel | None:
    """One row per area beside what customers hear: our own view, the gap, and a voice."""
    if not staff:
        return None
    ids = dict(words.select("area", "response_ids").iter_rows())
    rows = tuple(
        Row(AREAS[area], (*_cells(figures), Cell(_gap(staff, areas, area))), quote)
        for area in staff
        for figures in [_shares(staff, area)]
        for quote in [voices.choose(("talk_words",), ids.get(area) or (), beside=figures)]
    )
    columns = ("we speak", "stand up for it", "run it down", "beside customers")
    return Panel("inside", "What our staff say", rows, columns, NOTE)


def _shares(staff: Staff, area: str) -> tuple[Figure, ...]:
    return tuple(_share(staff, area, side) for side in SAID)


def _cells(figures: tuple[Figure, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(numbers.spoken(figure), figure) for figure in figures)


def _gap(staff: Staff, areas: Areas, area: str) -> str:
    """Which side hears us stand up more often, where chance alone would not do it."""
    if area not in areas or not areas[area]["answered_count"]:
        return "No customer has said."
    ours, theirs = _share(staff, area, "high"), rated(areas, area, "high")
    chance = numbers.exact((ours.count, ours.total), theirs)
    if chance >= 1 - numbers.CONFIDENCE:
        return NO_GAP
    is_ours_more = ours.count / ours.total > theirs[0] / theirs[1]
    return "We think better of it than they do." if is_ours_more else "They think better of it."


def line(staff: Staff, areas: Areas) -> str:
    """How often staff say that we stand up for customers, and whether customers agree."""
    if "customers" not in staff:
        return ""
    figure = _share(staff, "customers", "high")
    gap = _gap(staff, areas, "customers")
    return f"Inside, {numbers.spoken(figure)} say that we stand up for them. {gap}"


def teams(frame: pl.DataFrame) -> Panel | None:
    """The teams large enough to show, for readers of the whole company only."""
    if not frame["is_company"].all():
        return None
    hidden = _hidden(frame)
    names = [name for name in frame["team"].unique().sort() if name not in hidden]
    shown = {
        (row["team"], row["area"]): row
        for row in frame.to_dicts()
        if row["team"] in names and row["answered_count"] >= numbers.FLOOR
    }
    if not shown:
        return None
    rows = tuple(_team(name, shown) for name in names)
    columns = ("team", *AREAS.values())
    note = "Staff who say that we stand up."
    if hidden:
        groups = wording.listed(sorted(name or "no team" for name in hidden))
        note += f" Not shown, since too few answered or subtraction would tell: {groups}."
    return Panel("teams", "By team", rows, columns, note)


def _team(name: str, shown: Mapping[tuple[str, str], Mapping[str, int]]) -> Row:
    cells = []
    for area in AREAS:
        row = shown.get((name, area))
        if row is None:
            cells.append(Cell("none"))
            continue
        figure = numbers.figure(
            f"staff of {name}: {AREAS[area]}", row["high_count"], row["answered_count"], QUERY
        )
        cells.append(Cell(numbers.spoken(figure), figure))
    return Row(name or "no team named", tuple(cells))
