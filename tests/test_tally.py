"""A tally says no more than its n allows, and owns up to who left it open."""

from typing import Any

import polars as pl
import pytest

from winloss import numbers, tally
from winloss.reporting import Panel

SCHEMA: dict[str, Any] = {
    "period": pl.String,
    "value": pl.String,
    "voter_count": pl.Int64,
    "split_count": pl.Int64,
    "response_ids": pl.List(pl.String),
}


def made(*rows: tuple[str, str, int], split: int = 0) -> tally.Tally:
    ids = [(*row, split, [f"{row[0]}-{row[1]}"]) for row in rows]
    return tally.Tally(pl.DataFrame(ids, schema=SCHEMA, orient="row"), "sql/reports/some.sql")


def test_a_blank_is_in_the_total() -> None:
    figure = made(("all", "yes", 2), ("all", "open", 3)).saying("yes", "yes")

    assert (figure.count, figure.total, figure.row_ids) == (2, 5, ("all-yes",))


def test_nobody_said_it() -> None:
    """No rows are no ids, and no error."""
    figure = made(("all", "open", 3)).saying("yes", "yes")

    assert (figure.count, figure.total, figure.row_ids) == (0, 3, ())


def test_one_response_is_listed_once() -> None:
    """A respondent in two rows is one row id."""
    twice = pl.concat([made(("all", "yes", 1)).rows, made(("all", "yes", 1)).rows])

    assert tally.Tally(twice, "q").saying("yes", "yes").row_ids == ("all-yes",)


@pytest.mark.parametrize(
    ("answered", "period", "note"),
    [(14, "since the beginning", tally.ALL_TIME), (15, "over 13 weeks", "")],
)
def test_enough_in_the_window(answered: int, period: str, note: str) -> None:
    """Answers make a window enough; blanks do not."""
    told = made(("window", "yes", answered), ("window", "open", 9), ("all", "yes", 40)).told()

    assert (told.period(13), told.note) == (period, note)
    assert told.tally.saying("yes", "yes").count == (40 if note else answered)


def test_what_is_left_out_is_said() -> None:
    """Who left it open, and that colleagues differ: they count on the side that warns."""
    asked = made(("all", "yes", 1), ("all", "open", 3))

    assert asked.left_out == "Three left it open."
    assert made(("all", "no", 2), split=1).left_out == (
        "In one decision colleagues differ; the side that warns counts."
    )
    assert made(("all", "yes", 1)).left_out == ""


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (1, 1, ("The only one", "")),
        (2, 2, ("Both", "")),
        (4, 4, ("All 4", "")),
        (1, 4, ("1 of the 4", "")),
        (4, 7, ("4 of the 7", " (likely 25 to 84 %)")),
        (5, 5, ("5 of the 5", " (likely 57 to 100 %)")),
        (8, 20, ("40 % of those", " (8 of 20, likely 22 to 61 %)")),
    ],
)
def test_who(count: int, total: int, said: tuple[str, str]) -> None:
    assert tally.who(numbers.figure("said so", count, total, "q")) == said


def test_caveats() -> None:
    """One panel told since the beginning is enough for the section to say so."""
    since = Panel("since", "", (), note=f"{tally.ALL_TIME} And more.")

    assert tally.caveats([Panel("window", "", ())]) == ()
    assert tally.caveats([Panel("window", "", ()), since]) == (tally.THIN,)
