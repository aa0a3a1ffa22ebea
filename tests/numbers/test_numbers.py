"""Honest statistics: what a figure may say at every n."""

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss import numbers


@st.composite
def shares(draw, most=400):
    total = draw(st.integers(0, most))
    return draw(st.integers(0, total)), total


@settings(deadline=None)
@given(shares())
def test_wilson_holds_the_share(share):
    """The interval contains the share and stays within 0 and 1."""
    count, total = share

    interval = numbers.wilson(count, total)

    assert (interval is None) == (total == 0)
    if interval:
        assert 0 <= interval[0] <= count / total <= interval[1] <= 1


def test_wilson_known():
    """The values printed in the field guide: 3 of 8 is 14 to 69 %."""
    interval = numbers.wilson(3, 8)

    assert interval == pytest.approx((0.137, 0.694), abs=0.0005)


@pytest.mark.parametrize(("rate", "total"), [(0.1, 8), (0.3, 14), (0.5, 31), (0.18, 60)])
def test_wilson_covers(rate, total):
    """In 4,000 repeated samples the interval holds the true rate about 95 % of the time."""
    chance = random.Random(7)
    hits = 0

    for _ in range(4000):
        count = sum(chance.random() < rate for _ in range(total))
        low, high = numbers.wilson(count, total) or (1, 0)
        hits += low <= rate <= high

    assert 0.92 <= hits / 4000 <= 0.985


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (0, 0, "nobody heard yet"),
        (1, 1, "1 of 1"),
        (3, 4, "3 of 4"),
        (0, 5, "0 of 5 (likely 0 to 43 %)"),
        (6, 12, "6 of 12 (likely 25 to 75 %)"),
        (14, 14, "14 of 14 (likely 78 to 100 %)"),
        (0, 15, "0 % (0 of 15, likely 0 to 20 %)"),
        (11, 31, "35 % (11 of 31, likely 21 to 53 %)"),
        (1, 400, "under 1 % (1 of 400, likely under 1 to 1 %)"),
        (399, 400, "over 99 % (399 of 400, likely 99 to over 99 %)"),
        (400, 400, "100 % (400 of 400, likely 99 to 100 %)"),
    ],
)
def test_spoken(count, total, said):
    """Counts below 5, the interval from 5, percentages from 15."""
    figure = numbers.figure("heard", count, total, "sql/reports/drivers.sql")

    assert numbers.spoken(figure) == said


@settings(deadline=None)
@given(shares())
def test_spoken_is_honest(share):
    """No percentage below 15 and no interval below 5, whatever the count."""
    count, total = share

    said = numbers.spoken(numbers.figure("x", count, total, "q"))

    assert "nan" not in said.lower()
    assert ("%" in said) == (total >= 5)
    assert ("% (" in said) == (total >= 15)
    assert total == 0 or f"{count} of {total}" in said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.0001, "under 1 %"),
        (0.00499, "under 1 %"),
        (0.005, "1 %"),
        (0.375, "38 %"),
        (0.9949, "99 %"),
        (0.995, "over 99 %"),
        (1, "100 %"),
    ],
)
def test_percent_said(share, said):
    """Nobody reads 0 % of something that happened, nor 100 % of something that did not always."""
    assert numbers.percent_said(share) == said


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_impossible_shares(share):
    with pytest.raises(ValueError, match="runs from 0 to 1"):
        numbers.percent_said(share)


def test_light_commands_stay_light():
    """Importing the numbers does not import what counts with them."""
    script = "import sys; from winloss import numbers; sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_figure_keeps_rows():
    figure = numbers.figure("x", 1, 2, "sql/reports/drivers.sql", ("form/a", "form/b"))

    assert figure.row_ids == ("form/a", "form/b")
    assert numbers.figure("x", 0, 0, "q").low is None


@pytest.mark.parametrize(("count", "total"), [(-1, 3), (4, 3), (0, -1)])
def test_impossible_counts(count, total):
    """A count above its total is a wrong query, not a figure."""
    with pytest.raises(ValueError, match="cannot be"):
        numbers.figure("x", count, total, "q")


@settings(deadline=None)
@given(shares(50), st.integers(0, 50))
def test_bounds_hold_every_answer(share, silent):
    """Whatever the silent would have said, the share lies within the bounds."""
    count, heard = share

    low, high = numbers.bounds(count, heard, silent)

    assert 0 <= low <= high <= 1
    everyone = heard + silent
    assert all(low <= (count + meant) / (everyone or 1) <= high for meant in range(silent + 1))


def test_bounds_of_nobody():
    assert numbers.bounds(0, 0, 0) == (0.0, 1.0)
    assert numbers.bounds(1, 4, 0) == (0.25, 0.25)


@pytest.mark.parametrize(
    ("now", "before"),
    [((4, 4), (0, 400)), ((5, 5), (2, 4)), ((0, 0), (0, 0)), ((6, 12), (5, 12)), ((3, 8), (0, 0))],
)
def test_call_is_silent(now, before):
    """Tiny totals and ordinary movement are not called."""
    assert numbers.call(now, before) == "No change we can call."


def test_call_speaks():
    """A count outside the limits is called, with both counts."""
    up = numbers.call((18, 20), (10, 100))
    down = numbers.call((0, 60), (30, 60))

    assert up == "More than chance allows: 18 of 20 now, 10 of 100 before."
    assert down == "Less than chance allows: 0 of 60 now, 30 of 60 before."


def test_limits_are_binomial():
    """With a large earlier n they are the exact binomial limits of that rate."""
    from scipy.stats import binom

    plain = binom(40, 0.3)

    assert numbers.limits(40, (300_000, 1_000_000)) == (plain.ppf(0.00135), plain.ppf(0.99865))


def test_false_calls_are_rare():
    """When nothing changed, at most one comparison in a hundred is called, at any small n."""
    chance = random.Random(11)
    called = 0

    for _ in range(600):
        rate, before, now = chance.random(), chance.randint(5, 40), chance.randint(5, 40)
        earlier = sum(chance.random() < rate for _ in range(before))
        later = sum(chance.random() < rate for _ in range(now))
        called += numbers.call((later, now), (earlier, before)) != numbers.NO_CALL

    assert called <= 6
