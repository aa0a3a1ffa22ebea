"""Paired ratings: the same respondent on us and on the supplier they chose."""

from itertools import product
from math import nan, sqrt
from statistics import mean, stdev

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata, wilcoxon

from winloss import numbers


@pytest.mark.parametrize("gaps", [[], [1], [-1, 0, 2, -3]])
def test_few_pairs(gaps):
    """Below 5 pairs only how many there are."""
    assert numbers.paired(gaps) == numbers.Paired(len(gaps), None, None, None, None)


def test_interval_by_hand():
    """Mean and Student's 2.262 standard errors for 10 pairs."""
    gaps = [-2, -1, -1, 0, -3, -1, 0, 1, -2, -1]

    told = numbers.paired(gaps)

    half = 2.2622 * stdev(gaps) / sqrt(10)
    assert told.pair_count == 10
    assert told.mean == mean(gaps) == -1
    assert (told.low, told.high) == pytest.approx((-1 - half, -1 + half), abs=0.001)


def test_wilcoxon_is_exact():
    """All of 8 different gaps one way: one of 256 ways of signing each side."""
    told = numbers.paired([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4])

    assert told.p_value == pytest.approx(2 / 256)


def test_wilcoxon_with_ties():
    """Five alike, all one way: 2 of 32 signings are as far out."""
    told = numbers.paired([1, 1, 1, 1, 1])

    assert told.p_value == pytest.approx(2 / 32)
    assert (told.mean, told.low, told.high) == (1, None, None)


def test_wilcoxon_keeps_zeros():
    """Zeros take ranks and no side: by counting all 256 ways of signing eight gaps."""
    gaps = [0, 0, 0, -2, 1, 1, 3, 2]
    ranks = rankdata([abs(gap) for gap in gaps])
    sums = [
        sum(rank * sign for rank, gap, sign in zip(ranks, gaps, signs, strict=True) if gap)
        for signs in product((-1, 1), repeat=8)
    ]
    seen = sum(rank if gap > 0 else -rank for rank, gap in zip(ranks, gaps, strict=True) if gap)

    told = numbers.paired(gaps)

    assert told.p_value == pytest.approx(sum(abs(each) >= seen for each in sums) / 256)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(-4, 4), min_size=5, max_size=8))
@example([-1, 2, -3, 4, 5, 6, -7, 8, 9, 10, 11, -12, 13, 14, 15, 16])
def test_wilcoxon_agrees_with_scipy(gaps):
    """The p-value is that of the established implementation, where it has an exact one."""
    theirs = wilcoxon(gaps, zero_method="pratt").pvalue if any(gaps) else 1

    assert numbers.paired(gaps).p_value == pytest.approx(theirs)


def test_no_gap_at_all():
    """Everybody rated both alike: no gap, and nothing against that."""
    assert numbers.paired([0] * 6) == numbers.Paired(6, 0, None, None, 1.0)


def test_many_pairs():
    """Above the exact range the p-value still comes, without a warning."""
    told = numbers.paired([-1, 0, 0, 1, -2, -1, -1, 0, -1, 2, -3, -1] * 5)

    assert told.p_value is not None
    assert told.high is not None
    assert told.p_value < 0.01
    assert told.high < 0


def test_unrated_pairs():
    with pytest.raises(ValueError, match="finite"):
        numbers.paired([1, 2, nan, 0, 1])
