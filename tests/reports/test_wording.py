"""Counts, lists, money and days are said one way everywhere."""

import pytest

from winloss import wording
from winloss.weeks import Week


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.number(0), "no"),
        (wording.number(10), "ten"),
        (wording.number(2_089), "2,089"),
        (wording.counted(1, "exit"), "one exit"),
        (wording.counted(7, "exit"), "seven exits"),
        (wording.times(2), "twice"),
        (wording.times(3), "three times"),
        (wording.listed([]), ""),
        (wording.listed(["a"]), "a"),
        (wording.listed(["a", "b", "c"]), "a, b and c"),
        (wording.listed(["a", "b", "c", "d"], most=2), "a, b and 2 more"),
        (wording.sentence("help to start"), "Help to start"),
        (wording.usd(950), "$950"),
        (wording.usd(214_300), "$214k"),
        (wording.usd(999_600), "$1.0m"),
        (wording.period(Week.parse("2026-W40")), "week 40, 28 September to 4 October"),
        (wording.period(Week.parse("2026-W41")), "week 41, 5 to 11 October"),
        (wording.period(Week.parse("2026-W53")), "week 53, 28 December to 3 January"),
    ],
)
def test_said(said: str, expected: str) -> None:
    """Each as a reader says it."""
    assert said == expected
