"""Odds: exact, honest about several looks, and silent where nothing can be compared."""

import pytest
from scipy.stats import fisher_exact

from winloss import numbers


def test_twice_as_likely_is_more_than_twice_the_odds() -> None:
    """Ten of 20 against five of 20: odds of 1 against 1/3, and an interval around it."""
    found = numbers.odds((10, 20), (5, 20))

    assert found is not None
    assert 2.7 < found.ratio < 3.1
    assert found.low < 1 < found.ratio < found.high


def test_the_interval_agrees_with_the_exact_test() -> None:
    """Where Fisher's test is clearly below 5 %, even odds lie outside the interval."""
    found = numbers.odds((18, 20), (5, 20))

    assert found is not None
    assert fisher_exact([[18, 2], [5, 15]]).pvalue < 0.01
    assert found.low > 1


def test_more_looks_are_surer_of_less() -> None:
    """Of five looks each interval is wider, so that all five hold together."""
    one, five = numbers.odds((12, 20), (5, 20)), numbers.odds((12, 20), (5, 20), looks=5)

    assert one is not None
    assert five is not None
    assert five.ratio == one.ratio
    assert five.low < one.low < one.high < five.high


def test_nobody_on_the_other_side() -> None:
    """Without a single case in the other group only the lower end is known."""
    found = numbers.odds((8, 20), (0, 20))

    assert found is not None
    assert found.high == float("inf")
    assert found.low > 1


@pytest.mark.parametrize(
    ("one", "other"), [((0, 0), (3, 9)), ((3, 9), (0, 0)), ((0, 9), (0, 9)), ((9, 9), (9, 9))]
)
def test_nothing_to_compare(one: tuple[int, int], other: tuple[int, int]) -> None:
    """An empty group, or nobody or everybody on both sides, says nothing of odds."""
    assert numbers.odds(one, other) is None


def test_impossible_counts() -> None:
    """A count above its total is a wrong query, and no look at all is no comparison."""
    with pytest.raises(ValueError, match="5 of 4"):
        numbers.odds((5, 4), (1, 4))
    with pytest.raises(ValueError, match="0 looks"):
        numbers.odds((1, 4), (1, 4), looks=0)
