"""Rankings: drawn to the pooled share, and nobody apart by luck."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc
from scipy.stats import betabinom, binomtest

from winloss import numbers


@st.composite
def groups(draw):
    totals = draw(st.lists(st.integers(0, 60), max_size=9))
    return [(f"team {at}", draw(st.integers(0, total)), total) for at, total in enumerate(totals)]


@settings(deadline=None, max_examples=80)
@given(groups())
def test_between_own_and_pooled(given_groups):
    """The shrunk share lies between a group's own and the pooled one, in its interval, ranked."""
    answered = sum(total for _, _, total in given_groups)

    ranked = numbers.shrunk(given_groups)

    assert {(group.name, group.count, group.total) for group in ranked} == set(given_groups)
    if not answered:
        assert all(group.share is None and not group.is_apart for group in ranked)
        return
    pooled = sum(count for _, count, _ in given_groups) / answered
    shares = [group.share or 0 for group in ranked]
    assert shares == sorted(shares, reverse=True)
    for group in ranked:
        own = group.count / group.total if group.total else pooled
        assert group.share is not None
        assert min(own, pooled) - 1e-9 <= group.share <= max(own, pooled) + 1e-9
        assert (group.low is None) == (len(ranked) < 3)
        if group.is_apart:
            assert group.total >= 5
            assert group.low is not None
            assert group.high is not None
            assert not group.low <= pooled <= group.high


def test_known_fit():
    """The strength is the one at which these counts are likeliest, found by trying them all."""
    given_groups = [("a", 2, 20), ("b", 9, 20), ("c", 12, 20), ("d", 17, 20)]

    def likelihood(strength):
        return sum(
            betabinom.logpmf(count, total, strength / 2, strength / 2)
            for _, count, total in given_groups
        )

    best = max((step / 100 for step in range(10, 2000)), key=likelihood)

    shares = {group.name: group.share for group in numbers.shrunk(given_groups)}
    assert shares["a"] == pytest.approx((2 + best / 2) / (20 + best), abs=0.001)
    assert shares["d"] == pytest.approx((17 + best / 2) / (20 + best), abs=0.001)


@pytest.mark.parametrize(
    ("counts", "totals", "error"),
    [
        ([3, 4, 5], [10, 10, 10], 0.025),
        ([0, 0, 0], [12, 8, 20], 0.012),
        ([2, 9, 12, 17], [20, 20, 20, 20], 0.012),
    ],
)
def test_intervals_against_the_whole_posterior(counts, totals, error):
    """The ends lie where going through every pooled share and every strength puts them."""
    share = (np.arange(100) + 0.5)[:, None, None] / 100
    strength = np.geomspace(0.1, 1e5, 60)[None, :, None]
    first, second = share * strength, (1 - share) * strength
    weights = np.exp(betabinom.logpmf(counts, totals, first, second).sum(axis=2, keepdims=True))
    weights /= np.sqrt(strength * share * (1 - share))
    weights /= weights.sum()
    missed = np.subtract(totals, counts)

    ranked = numbers.shrunk(
        [
            (str(at), count, total)
            for at, (count, total) in enumerate(zip(counts, totals, strict=True))
        ]
    )

    for group in ranked:
        at = int(group.name)
        alpha, other = first[..., 0] + counts[at], second[..., 0] + missed[at]
        for end, level in ((group.low, 0.025), (group.high, 0.975)):
            under, over = (
                float((weights[..., 0] * betainc(alpha, other, place)).sum())
                for place in (max((end or 0) - error, 0), min((end or 0) + error, 1))
            )
            assert under <= level <= over


def test_one_apart():
    """A group far from all others, on many answers, is told apart; the others are not."""
    ordinary = [(f"team {at}", 12 + at % 3, 40) for at in range(7)]

    ranked = numbers.shrunk([*ordinary, ("harbour", 34, 40), ("new", 1, 1)])

    assert [group.name for group in ranked if group.is_apart] == ["harbour"]
    assert ranked[0].name == "harbour"
    assert 12 / 40 < (ranked[0].share or 0) < 34 / 40


def test_many_are_allowed_for():
    """Outside its interval and rare by itself, 14 of 20 is not rare as one of ten groups."""
    counts = [14, 13, 5, 11, 11, 15, 5, 6, 8, 1]
    pooled = sum(counts) / 200

    ranked = numbers.shrunk([(f"team {at}", count, 20) for at, count in enumerate(counts)])

    team = next(group for group in ranked if group.name == "team 0")
    assert binomtest(14, 20, pooled).pvalue < 0.05
    assert (team.low or 0) > pooled
    assert not team.is_apart
    assert [group.count for group in ranked if group.is_apart] == [15, 1]


def test_equal_groups_get_one_share():
    """Groups that differ no more than chance are ranked by name alone."""
    ranked = numbers.shrunk([("c", 4, 10), ("a", 3, 10), ("b", 5, 10)])

    assert [group.name for group in ranked] == ["a", "b", "c"]
    assert {group.share for group in ranked} == {0.4}
    assert all((group.low or 1) < 0.4 < (group.high or 0) for group in ranked)


@pytest.mark.parametrize(("count", "end"), [(0, "low"), (10, "high")])
def test_all_alike(count, end):
    """None or all of everybody: the interval holds the share and is not a point."""
    ranked = numbers.shrunk([(name, count, 10) for name in "abc"])

    assert getattr(ranked[0], end) == count / 10
    assert ranked[0].low != ranked[0].high


def test_two_groups_have_no_ranking():
    """Two groups do not tell how much groups differ: both pooled, without interval."""
    ranked = numbers.shrunk([("a", 0, 30), ("b", 30, 30)])

    assert [(group.share, group.low, group.is_apart) for group in ranked] == [
        (0.5, None, False),
        (0.5, None, False),
    ]


def test_impossible_groups():
    """A name given twice and a count above its total are wrong queries."""
    with pytest.raises(ValueError, match="given twice"):
        numbers.shrunk([("a", 1, 2), ("a", 1, 2)])
    with pytest.raises(ValueError, match="cannot be"):
        numbers.shrunk([("a", 3, 2)])
