"""What divides the reasons: segments, competitors, ratings, and what would have changed it."""

from typing import Any

import polars as pl
import pytest
from tests.lenses.drivers.counts import SPLITS, by_segment, frame

from winloss.lenses.drivers import decisive, ratings, splits
from winloss.reporting import Panel

RATES: dict[str, Any] = {
    "split": pl.String,
    "grouped_by": pl.String,
    "won_count": pl.Int64,
    "decided_count": pl.Int64,
}
RATINGS: dict[str, Any] = {
    "voter_key": pl.String,
    "criterion": pl.String,
    "is_won": pl.Boolean,
    "is_window": pl.Boolean,
    **dict.fromkeys(("us", "chosen", "gap"), pl.Float64),
    "response_ids": pl.List(pl.String),
}
MOVED: dict[str, Any] = {
    **dict.fromkeys(("decisive", "source", "reason", "label"), pl.String),
    **dict.fromkeys(("decision_count", "split_count", "confided_count"), pl.Int64),
    "without_amount_count": pl.Int64,
    "seen_amount_usd": pl.Float64,
    **dict.fromkeys(("account_names", "response_ids"), pl.List(pl.String)),
}


def cells(panel: Panel | None) -> list[list[str]]:
    """A panel as a reader sees it, without its headers."""
    assert panel is not None
    return [[row.label, *(cell.said for cell in row.cells)] for row in panel.rows]


def test_reasons_by_segment() -> None:
    """The largest group first, its reasons by how many named them; main ones apart."""
    rows = by_segment("price", bank=(3, 8), port=(6, 20)).vstack(
        frame(SPLITS, ("segment", "port", "support", "support", 8, 2, 20, ["a"]))
    )

    panel = splits.reasons(rows, "segment")

    assert cells(panel) == [
        ["port (20 heard)", "support", "40 % (8 of 20, likely 22 to 61 %)", "2", "6"],
        ["", "price", "30 % (6 of 20, likely 15 to 52 %)", "6", "0"],
        ["bank (8 heard)", "price", "3 of 8 (likely 14 to 69 %)", "3", "0"],
    ]
    assert panel is not None
    assert {figure.row_ids for row in panel.rows for figure in row.figures} == {()}


def test_a_small_group_takes_another_with_it() -> None:
    """Two of the bank's could be told by subtraction, were the next group shown."""
    panel = splits.reasons(by_segment("price", bank=(1, 2), port=(6, 20), yard=(3, 9)), "segment")

    assert {row[0] for row in cells(panel)} == {"port (20 heard)"}
    assert panel is not None
    assert panel.note.endswith(
        "Two groups are not shown: under five, or to be told by subtraction."
    )


def test_equal_competitors_crown_nobody() -> None:
    """Where nobody differs more than chance allows, names are in the order of the alphabet."""
    rates = frame(
        RATES,
        ("competitor", "Quayside", 14, 30),
        ("competitor", "Tidemark", 10, 30),
        ("competitor", "Berthmate", 12, 30),
    )

    panel = splits.rates(rates, "competitor", 13)

    assert [row[0] for row in cells(panel)] == ["Berthmate", "Quayside", "Tidemark"]
    assert {len(row) for row in cells(panel)} == {3}
    assert panel is not None
    assert "the order tells nothing" in panel.note


def test_a_competitor_apart_is_said_to_be() -> None:
    """Both rates are shown: its own, and the one drawn towards all."""
    names = ["Berthmate", "Harbor One", "Lodestar", "Quayside", None, "unlisted"]
    rows = [("competitor", name, 60 if name == "Quayside" else 20, 80) for name in names]

    panel = splits.rates(frame(RATES, *rows), "competitor", 13)

    first = cells(panel)[0]
    assert first[0] == "Quayside"
    assert first[1].startswith("75 % (60 of 80")
    assert not first[2].startswith("75 %")
    assert first[3] == "more often than the others"
    assert {"no competitor known", "a competitor not on our list"} < {
        row[0] for row in cells(panel)
    }


def test_few_decisions_with_a_competitor_are_hidden() -> None:
    """Three losses to one rival, and the group that would tell them, are not shown."""
    rows = [("segment", "a", 2, 3), ("segment", "b", 5, 9), ("segment", "c", 9, 30)]

    assert [row[0] for row in cells(splits.rates(frame(RATES, *rows), "segment", 13))] == ["c"]


def rated(
    criterion: str, *, won: list[float], against: list[tuple[float | None, float | None]]
) -> list[Any]:
    """One row per decision: us where they chose us, us and theirs where they did not."""
    rows: list[Any] = [
        (f"w{n}", criterion, True, True, us, None, None, [f"w{n}"]) for n, us in enumerate(won)
    ]
    for n, (us, chosen) in enumerate(against):
        gap = None if us is None or chosen is None else us - chosen
        rows.append((f"l{n}", criterion, False, True, us, chosen, gap, [f"l{n}"]))
    return rows


SERVICE = rated(
    "service",
    won=[5, 4, 4, 5, 4, 5, 4, 5],
    against=[(1, 4), (2, 5), (2, 4), (1, 5), (3, 4), (2, 4), (2, 5), (1, 4), (2, None), (None, 4)],
)
VALUE = rated(
    "value",
    won=[3, 4, 2, 3, 4, 3, 2, 4],
    against=[(3, 3), (4, 3), (2, 3), (3, 4), (4, 4), (3, 3), (2, 2), (3, 4), (4, 3), (3, 3)],
)


def test_the_gap_is_of_those_who_rated_both() -> None:
    """Means of pairs alone; whoever left one open is said, and is no zero."""
    gap, _ = ratings.panels(frame(RATINGS, *SERVICE))

    assert cells(gap) == [
        [
            "help with getting started, and after",
            "1.8",
            "4.4",
            "\N{MINUS SIGN}2.6 (likely \N{MINUS SIGN}3.4 to \N{MINUS SIGN}1.9)",
            "eight of ten",
        ]
    ]


def test_few_ratings_are_counted() -> None:
    """Below five pairs no mean is told."""
    gap, _ = ratings.panels(frame(RATINGS, *rated("value", won=[], against=[(1, 5), (2, None)])))

    assert cells(gap) == [["value for the money", "", "", "", "one of two"]]


def test_importance_needs_wins_and_losses() -> None:
    """From losses alone nothing is said to matter."""
    alone = [row for row in SERVICE if not row[2]]

    _, importance = ratings.panels(frame(RATINGS, *alone))

    assert cells(importance)[0][1] == ratings.NEEDS_BOTH


def test_what_matters_is_what_tells_wins_from_losses() -> None:
    """Service does, value does not; only the former stands."""
    _, importance = ratings.panels(frame(RATINGS, *VALUE, *SERVICE))

    service, value = cells(importance)
    assert service[0] == "help with getting started, and after"
    assert service[1].endswith(": stands")
    assert not value[1].endswith(": stands")
    assert service[2] == "8, 9"
    assert "Of 2 comparisons, 1 stands" in importance.note


def test_thin_ratings_count_from_the_beginning() -> None:
    """Fewer than 15 of the window: the time before counts too, and the panel says so."""
    older = [(f"o{row[0]}", *row[1:3], False, *row[4:]) for row in SERVICE]

    thin, _ = ratings.panels(frame(RATINGS, *SERVICE[:9], *older))
    thick, _ = ratings.panels(frame(RATINGS, *SERVICE, *older))

    assert thin.note.startswith(ratings.THIN)
    assert not thick.note.startswith(ratings.THIN)
    assert cells(thick)[0][4] == "eight of ten"


@pytest.mark.parametrize("effect", [0.0, 0.3, 0.5, 0.9, 1.0])
def test_an_effect_lies_in_its_interval(effect: float) -> None:
    """Its ends stay on the scale, and more answers make it narrower."""
    low, high = ratings.effect_interval(effect, 10, 20)
    near, far = ratings.effect_interval(effect, 100, 200)

    assert 0 <= low <= near <= effect <= far <= high <= 1
    assert high - low > far - near


def answer(
    decisive: str | None, count: int, *, confided: int = 0, names: tuple[str, ...] = ()
) -> tuple[Any, ...]:
    seen = (count - confided) * 10_000.0
    return (decisive, None, None, None, count, 0, confided, 0, seen, list(names), ["a"])


def named(decisive: str, source: str, reason: str, count: int, *names: str) -> tuple[Any, ...]:
    return (decisive, source, reason, reason, count, 0, 0, 0, 1.0, list(names), ["a"])


def test_what_would_have_changed_it() -> None:
    """Of all who were asked, also those who left it open; then what they would have needed."""
    rows = [
        answer("yes", 6),
        answer("no", 5),
        answer(None, 9),
        named("yes", "decisive", "onboarding", 2),
        named("maybe", "decisive", "onboarding", 1),
        named("no", "decisive", "price", 4),
    ]

    moved, _ = decisive.panels(frame(MOVED, *rows))

    assert cells(moved) == [
        ["yes: would have chosen us, or stayed", "30 % (6 of 20, likely 15 to 52 %)", ""],
        ["maybe", "0 % (0 of 20, likely 0 to 16 %)", ""],
        ["no", "25 % (5 of 20, likely 11 to 47 %)", ""],
        ["left it open", "45 % (9 of 20, likely 26 to 66 %)", ""],
        ["and would have needed something about onboarding", "3", "2 yes, 1 maybe"],
    ]


@pytest.mark.parametrize(
    ("confided", "said"),
    [
        (0, "The six whose answers we may see are worth $60k."),
        (1, "The five whose answers we may see are worth $50k."),
        (5, "The one whose answers we may see is worth $10k."),
        (6, "none of them lets us see their answers, nor say what they are worth."),
    ],
)
def test_close_calls(confided: int, said: str) -> None:
    """Their value is a sum of those who let us see it, and says so."""
    rows = [
        answer("yes", 6, confided=confided),
        named("yes", "theirs", "support", 4, "Kestrel Freight", "Oakhaven Foods"),
    ]

    _, close = decisive.panels(frame(MOVED, *rows))

    assert said in close.note
    assert cells(close) == [
        ["support", "4 of 6 (likely 30 to 90 %)", "Kestrel Freight and Oakhaven Foods"]
    ]


def test_nobody_was_asked() -> None:
    """No ratings and no answers make no panel."""
    assert ratings.panels(pl.DataFrame(schema=RATINGS)) == ()
    assert decisive.panels(pl.DataFrame(schema=MOVED)) == ()
    assert splits.rates(pl.DataFrame(schema=RATES), "segment", 13) is None
