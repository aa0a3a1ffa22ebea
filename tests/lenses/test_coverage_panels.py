"""Who answers, and what the figures could be if the silent differ."""

from typing import Any

import polars as pl
import pytest

from winloss import numbers
from winloss.lenses.coverage import bounds, splits
from winloss.reporting import Finding, Panel

SPLITS: dict[str, Any] = {
    "split": pl.String,
    "grouped_by": pl.String,
    **dict.fromkeys(("closed_count", "asked_count", "answered_count"), pl.Int64),
    **dict.fromkeys(("never_asked_count", "unknown_count"), pl.Int64),
    **dict.fromkeys(("least_usd", "most_usd"), pl.Float64),
    **dict.fromkeys(("early_days", "median_days", "late_days"), pl.Float64),
    **dict.fromkeys(("within_7_count", "within_14_count", "within_30_count"), pl.Int64),
    "response_ids": pl.List(pl.String),
}
REASONS: dict[str, Any] = {
    **dict.fromkeys(("split", "grouped_by", "reason"), pl.String),
    **dict.fromkeys(("decision_count", "heard_count"), pl.Int64),
}


def group(
    split: str, name: str | None, closed: int, answered: int, most: float = 0.0
) -> tuple[Any, ...]:
    """A group of a split in which everybody was asked, and answered within nine days."""
    days = (4.0, 6.0, 9.0, 0, answered, answered)
    return (split, name, closed, closed, answered, 0, 0, 0.0, most, *days, ["a"])


def panels(*groups: Any) -> dict[str, Panel]:
    return {panel.name: panel for panel in splits.panels(counted(*groups))}


def counted(*groups: Any) -> pl.DataFrame:
    return pl.DataFrame(list(groups), schema=SPLITS, orient="row")


def cells(panel: Panel) -> list[list[str]]:
    """A panel as a reader sees it, without its headers."""
    return [[row.label, *(cell.said for cell in row.cells)] for row in panel.rows]


def lead(count: int, heard: int) -> Finding:
    voices = numbers.figure("price", 1, 1, "sql/reports/drivers_week.sql")
    trend = numbers.figure("price", count, heard, "sql/reports/drivers.sql")
    return Finding("price", "price", None, voices, "", "", (), "", None, trend, "")


def test_who_answers() -> None:
    """The mix of those heard beside the mix of all, the largest group first."""
    found = panels(group("team", "East", 12, 3), group("team", "West", 28, 14))

    assert cells(found["heard_by_team"]) == [
        ["West", "70 % (28)", "82 % (14)", "28", "50 % (14 of 28, likely 33 to 67 %)", "14"],
        ["East", "30 % (12)", "18 % (3)", "12", "3 of 12 (likely 9 to 53 %)", "9"],
    ]
    figures = [figure for row in found["heard_by_team"].rows for figure in row.figures]
    assert {figure.row_ids for figure in figures} == {()}


@pytest.mark.parametrize("split", ["kind", "outcome", "team", "segment", "value"])
def test_no_group_is_told_by_subtraction(split: str) -> None:
    """A group of two takes the next smallest with it, in every split."""
    groups = [group(split, "1", 30, 9, 5.0), group(split, "2", 9, 4, 7.0), group(split, "3", 2, 2)]

    (panel,) = panels(*groups).values()

    assert len(panel.rows) == 1
    assert panel.rows[0].cells[2].said == "30"
    assert panel.note == "Two groups are not shown: under five, or to be told by subtraction."


def test_thirds_say_where_they_are_cut() -> None:
    """Values are told in bands, and those without one last."""
    thirds = [("1", 18_000.0), ("2", 45_000.0), ("3", 90_000.0), (None, 0.0)]
    found = panels(*(group("value", name, 20, 10, most) for name, most in thirds))

    assert [row[0] for row in cells(found["heard_by_value"])] == [
        "up to $18k",
        "above $18k, up to $45k",
        "above $45k",
        "value not recorded",
    ]


def test_days_to_answer() -> None:
    """Median, quartiles, and how many answered in time; of fewer than five nothing."""
    found = panels(group("all", None, 40, 16))

    assert cells(found["days"])[:2] == [
        ["median", "6 days; half took between 4 and 9 days"],
        ["within 7 days", "0 % (0 of 16, likely 0 to 19 %)"],
    ]
    assert panels(group("all", None, 40, 4)) == {}


def test_another_mix_is_said_to_be_one() -> None:
    """One look of two stands, and both are named."""
    looks = [("team", "East", 6), ("team", "West", 40), ("segment", "a", 23), ("segment", "b", 23)]

    said = splits.mix(counted(*(group(split, name, 60, heard) for split, name, heard in looks)))

    assert said.startswith(
        "Those heard are another mix than all, by team. Of 2 comparisons, 1 stands once all 2"
    )


def test_a_group_too_small_for_chi_square_is_taken_with_another() -> None:
    """Two tiny groups cannot make a difference of their own."""
    teams = [("a", 50, 25), ("b", 50, 25), ("c", 1, 1), ("d", 1, 1)]

    said = splits.mix(counted(*(group("team", *team) for team in teams)))

    assert said.startswith("Those heard differ from all no more than chance allows.")


def test_bounds_of_know_why() -> None:
    """What we had logged for the silent may be right or wrong for all of them."""
    verdicts = [("right", 5), ("partly", 2), ("wrong", 3), ("silent", 10)]

    said = bounds.know_why(
        pl.DataFrame(verdicts, schema=["verdict", "decision_count"], orient="row")
    )

    assert said == (
        "Had we known why for all the silent, we would be right on 75 %; for none of them, on 25 %."
    )


def cell(name: str, everyone: int, heard: int, named: int) -> tuple[list[Any], list[Any]]:
    """A cell of outcome and segment: all of it, and those heard and naming price."""
    return [group("cell", name, everyone, heard)], [
        ("cell", name, None, heard, heard),
        ("cell", name, "price", named, heard),
    ]


def weigh(*made: tuple[list[Any], list[Any]], count: int, heard: int) -> str:
    everyone = counted(*(row for groups, _ in made for row in groups))
    named = [row for _, reasons in made for row in reasons]
    reasons = pl.DataFrame(named, schema=REASONS, orient="row")
    return bounds.weighted(everyone, reasons, lead(count, heard))


def test_weighted_by_outcome_and_segment() -> None:
    """Half of all are of the group that hardly answers, and it weighs half."""
    said = weigh(
        cell("competitor, small", 80, 40, 32),
        cell("cancelled, large", 80, 10, 2),
        count=34,
        heard=50,
    )

    assert said.startswith(
        "Weighted by how it ended and segment to all whose survey closed, price is named by 50 %"
    )
    assert said.endswith("unweighted by 68 % (34 of 50, likely 54 to 79 %).")


def test_small_cells_are_taken_together() -> None:
    """Where one cell is too small, how it ended alone may do."""
    said = weigh(
        cell("lost, small", 20, 3, 1),
        cell("lost, large", 20, 9, 3),
        cell("cancelled, small", 20, 8, 2),
        count=6,
        heard=20,
    )

    assert said.startswith("Weighted by how it ended to all")


def test_nothing_is_weighted_by_too_few() -> None:
    """Four who answered do not speak for forty."""
    said = weigh(cell("lost, small", 40, 4, 1), cell("lost, large", 20, 4, 3), count=4, heard=8)
    alone = weigh(cell("lost, small", 40, 4, 1), count=1, heard=4)

    assert said.startswith("Weighted by how it ended")
    assert alone.startswith("Nothing is weighted")
