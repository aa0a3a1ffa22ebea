"""Simulated programmes whose truth is known: what is said of them, and how often it is wrong.

Every bound is from theory: a nominal rate with the error of so many simulated programmes
(beyond its 99.9 % quantile), or a property proven of the method.
"""

import numpy as np
import pytest
from scipy.stats import binom

from winloss import numbers

CERTAIN = 0.999
SCALE = np.arange(1, 6)


def at_most(rate, times):
    """How often something of this rate may happen in so many times, but for one in a thousand."""
    return binom.ppf(CERTAIN, times, rate)


def at_least(rate, times):
    return binom.ppf(1 - CERTAIN, times, rate)


@pytest.mark.parametrize("total", [5, 8, 14, 31, 60, 120])
def test_wilson_coverage(total):
    """Close to 95 % on average over all rates, and never below its known floor.

    The floor lies just under the lower end for 1 of n, where the interval holds the rate only
    if nobody is counted; it tends to 0.838 (Agresti and Coull, "Approximate Is Better than
    Exact", The American Statistician 52, 1998).
    """
    chance = np.random.default_rng(total)
    ends = np.array([numbers.wilson(count, total) for count in range(total + 1)])
    rates = chance.uniform(size=200_000)
    counts = chance.binomial(total, rates)
    edges = np.concatenate([ends - 1e-9, ends + 1e-9]).ravel()
    edges = edges[(edges > 0) & (edges < 1)]

    mean = np.mean((ends[counts, 0] <= rates) & (rates <= ends[counts, 1]))
    coverage = sum(
        binom.pmf(count, total, edges) * ((low <= edges) & (edges <= high))
        for count, (low, high) in enumerate(ends)
    )

    floor = (1 - ends[1, 0]) ** total
    assert 0.94 <= mean <= 0.965
    assert coverage.min() == pytest.approx(floor, abs=1e-6)
    assert 0.83 < floor < 0.84


def programme(chance, rates):
    """One programme of teams with so many heard and so many who meant it."""
    heard = chance.integers(5, 41, len(rates))
    counts = chance.binomial(heard, rates)
    return [(f"team {at:02}", int(counts[at]), int(heard[at])) for at in range(len(rates))]


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.6])
def test_equal_teams_crown_nobody(rate):
    """Of programmes whose twelve teams are all equal at most 5 % set one apart."""
    chance = np.random.default_rng(3)
    times = 30

    crowned = sum(
        any(team.is_apart for team in numbers.shrunk(programme(chance, [rate] * 12)))
        for _ in range(times)
    )

    assert crowned <= 0.05 * times


def test_an_outstanding_team_is_seen():
    """Nine in ten beside two in ten: a ranking that never speaks would be no ranking."""
    chance = np.random.default_rng(4)
    seen = other = 0

    for _ in range(30):
        counts = chance.binomial(40, [0.2] * 9 + [0.9])
        ranked = numbers.shrunk([(str(at), int(count), 40) for at, count in enumerate(counts)])
        pooled = counts.sum() / 400
        above = {team.name for team in ranked if team.is_apart and team.share > pooled}
        seen += "9" in above
        other += bool(above - {"9"})

    assert seen >= 27
    assert other <= at_most(0.05, 30)


@pytest.mark.parametrize("teams", [4, 12])
def test_shrunk_coverage(teams):
    """Where teams differ, the intervals hold their true rates about 95 % of the time.

    Within 92.5 to 97.5 %, the mark of a robust procedure (Bradley, "Robustness?", British
    Journal of Mathematical and Statistical Psychology 31, 1978).
    """
    chance = np.random.default_rng(5)
    held = []

    for _ in range(300 // teams):
        rates = chance.beta(3, 7, teams)
        ranked = sorted(numbers.shrunk(programme(chance, rates)), key=lambda team: team.name)
        ends = [(team.low or 0, team.high or 0) for team in ranked]
        held += [low <= rate <= high for (low, high), rate in zip(ends, rates, strict=True)]

    assert at_least(0.925, len(held)) <= sum(held) <= at_most(0.975, len(held))


def calls(chance, now, before, times):
    """What is called of so many programmes; each segment has its heard and its rate."""
    said = []
    for _ in range(times):
        strata = {
            segment: (drawn(chance, *now[segment]), drawn(chance, *before[segment]))
            for segment in now
        }
        later = added(counts for counts, _ in strata.values())
        sooner = added(counts for _, counts in strata.values())
        said.append((numbers.call(later, sooner), numbers.call(later, sooner, strata)))
    return said


def drawn(chance, heard, rate):
    return int(chance.binomial(heard, rate)), heard


def added(split):
    counts, totals = zip(*split, strict=True)
    return sum(counts), sum(totals)


@pytest.mark.parametrize("heard", [20, 50])
def test_new_mix_is_not_called(heard):
    """Where only the mix changed, a change is called no more often than its nominal rate.

    Without strata the same programmes are called almost always once they are large.
    """
    before = {"small": (3 * heard, 0.1), "large": (heard, 0.6)}
    now = {"small": (heard, 0.1), "large": (3 * heard, 0.6)}
    times = 400

    said = calls(np.random.default_rng(6), now, before, times)

    called = sum("chance" in split for _, split in said)
    fooled = sum("chance" in plain for plain, _ in said)
    assert called <= at_most(numbers.OUTSIDE_LIMITS, times)
    assert sum(split == numbers.MIX for _, split in said) >= fooled - called - at_most(0.05, times)
    assert heard < 50 or fooled >= 0.95 * times


def test_true_change_is_called():
    """A quarter more in every segment is called nine times in ten, whatever the mix does."""
    before = {"small": (150, 0.1), "large": (50, 0.6)}
    now = {"small": (50, 0.35), "large": (150, 0.85)}

    said = calls(np.random.default_rng(7), now, before, 200)

    assert sum(split.startswith("More") for _, split in said) >= 180


def test_no_change_is_not_called():
    """Where nothing changed, neither way of calling exceeds its nominal rate."""
    same = {"small": (30, 0.2), "large": (30, 0.5)}
    times = 400

    said = calls(np.random.default_rng(8), same, same, times)

    for way in (0, 1):
        assert sum("chance" in each[way] for each in said) <= at_most(numbers.OUTSIDE_LIMITS, times)


@pytest.mark.parametrize(("pairs", "times"), [(5, 150), (15, 600), (30, 600)])
@pytest.mark.parametrize(
    "theirs", [(0.05, 0.15, 0.3, 0.3, 0.2), (0.02, 0.05, 0.13, 0.3, 0.5)], ids=["near", "far"]
)
def test_paired_coverage(pairs, times, theirs):
    """On five-point scales the interval of the mean gap holds the truth about 95 % of the time.

    Within 92.5 to 97.5 % (Bradley 1978), though the gaps are whole numbers and skewed.
    """
    chance = np.random.default_rng(9)
    ours = (0.1, 0.2, 0.3, 0.3, 0.1)
    truth = float(SCALE @ np.array(ours) - SCALE @ np.array(theirs))
    held = told = 0

    for _ in range(times):
        gaps = chance.choice(SCALE, pairs, p=ours) - chance.choice(SCALE, pairs, p=theirs)
        gap = numbers.paired(gaps.tolist())
        if gap.low is not None and gap.high is not None:
            told += 1
            held += gap.low <= truth <= gap.high

    assert at_least(0.925, told) <= held <= at_most(0.975, told)
    assert told >= 0.95 * times


def test_same_rating_is_rarely_a_gap():
    """Where both are rated alike, Wilcoxon's p-value is below 0.05 at its nominal rate at most."""
    chance = np.random.default_rng(10)
    times = 1000
    draws = chance.integers(1, 6, (times, 2, 20))

    told = [numbers.paired((us - them).tolist()).p_value for us, them in draws]
    found = sum(p_value is not None and p_value < 0.05 for p_value in told)

    assert found <= at_most(0.05, times)
