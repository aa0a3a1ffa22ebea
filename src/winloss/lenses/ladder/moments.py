"""The moments customers tell of, and what we defended when they raised a concern."""

import polars as pl

from winloss import numbers, wording
from winloss.lenses.ladder.counts import Rows, ids, since, window_or_ever
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Quote, Row

QUERY = "sql/reports/ladder_incidents.sql"
DEFENDED_QUERY = "sql/reports/ladder_defended.sql"
SIDES = {"put_you_first": "For them", "put_us_first": "For ourselves"}
DEFENDED = {
    "price": "our price",
    "value": "the value of our product",
    "reputation": "our reputation or our rules",
    "guarantee": "the terms of our guarantee",
    "you": "the customer",
    "nothing": "nothing, as far as they saw",
}
_MOST = 3


def voice(told: Rows, voices: Voices) -> Quote | None:
    """A moment somebody told of, one for them first: it shows what defending is."""
    found = (_moment(side, told, voices) for side in SIDES)
    return next((quote for quote in found if quote), None)


def _moment(side: str, told: Rows, voices: Voices) -> Quote | None:
    here = ids(told, side)
    return voices.choose((side,), here) if here else None


def panels(told: Rows, voices: Voices) -> tuple[Panel, ...]:
    """What they tell of each side, for a full page to set side by side."""
    rows: dict[str, list[Row]] = {side: [] for side in SIDES if side in told}
    for _ in range(_MOST):
        for side in rows:
            quote = _moment(side, told, voices)
            rows[side] += [Row("", (), quote)] if quote else []
    return tuple(Panel(side, SIDES[side], (_told(side, told), *rows[side])) for side in rows)


def _told(side: str, told: Rows) -> Row:
    row = told[side]
    figure = numbers.figure(
        side, row["told_count"], row["shown_count"], QUERY, tuple(row["response_ids"])
    )
    return Row("tell of a moment", (Cell(numbers.spoken(figure), figure),))


def line(told: Rows, *, is_thin: bool) -> str:
    """How many tell of a moment for them, and for ourselves."""
    if not told:
        return ""
    asked = max(int(row["shown_count"]) for row in told.values())
    when = since(is_thin=is_thin)
    them, us = (int(told[side]["told_count"]) if side in told else 0 for side in SIDES)
    if not them and not us:
        return f"Asked of {asked}{when}; nobody tells of a moment for them or for ourselves."
    return (
        f"Of {asked} asked for a moment{when}, {_number(them)} tell{'s' * (them == 1)} "
        f"of one for them and {_number(us)} of one for ourselves."
    )


def _number(count: int) -> str:
    return wording.number(count) if count else "none"


def defended(frame: pl.DataFrame, told: Rows, voices: Voices) -> tuple[Panel | None, bool]:
    """What we defended when they raised a concern, most often first; True when thin."""
    rows, is_thin = window_or_ever(frame, "defended_what", "answered_count")
    known = [row for name, row in rows.items() if name in DEFENDED]
    if not known:
        return None, False
    shown = int(known[0]["shown_count"])
    figures = [
        numbers.figure(
            name,
            int(rows[name]["voter_count"]) if name in rows else 0,
            shown,
            DEFENDED_QUERY,
            tuple(ids(rows, name)),
        )
        for name in DEFENDED
    ]
    ranked = sorted(figures, key=lambda figure: -figure.count)
    return Panel(
        "defended",
        f"When they raised a concern, what we defended most{since(is_thin=is_thin)}",
        (*(_bar(figure, told, voices) for figure in ranked), *_left_open(rows, shown)),
    ), is_thin


def _left_open(rows: Rows, shown: int) -> tuple[Row, ...]:
    if None not in rows:
        return ()
    figure = numbers.figure("left open", int(rows[None]["voter_count"]), shown, DEFENDED_QUERY)
    return (Row("they left it open", (Cell(numbers.spoken(figure), figure),)),)


def _bar(figure: Figure, told: Rows, voices: Voices) -> Row:
    """One bar, and the moment somebody tells of who saw us defend this."""
    side = "put_you_first" if figure.name == "you" else "put_us_first"
    both = [each for each in figure.row_ids if each in ids(told, side)]
    quote = voices.choose((side,), both, beside=(figure,)) if both else None
    return Row(DEFENDED[figure.name], (Cell(numbers.spoken(figure), figure),), quote)
