"""Ratings of the same respondent, paired: us minus the supplier they chose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from winloss.numbers.intervals import CONFIDENCE, COUNT_ONLY_BELOW

MOST_EXACT = 50
"""Pairs up to which the p-value counts every way; above, the normal approximation is as good."""


@dataclass(frozen=True)
class Paired:
    """A mean gap with what it may be, in points of the scale."""

    pair_count: int
    mean: float | None
    """Above 0 where we are rated higher; None below 5 pairs."""
    low: float | None
    """Lower end of the 95 % interval; None below 5 pairs, and where every gap is the same."""
    high: float | None
    p_value: float | None
    """That gaps go either way alike (Wilcoxon signed ranks); None below 5 pairs."""


def paired(differences: Sequence[float]) -> Paired:
    """The mean gap of respondents who rated both, with its interval and p-value.

    The interval is Student's, for the mean. It is in order on short ordinal scales because a
    difference of two ratings has no far outliers and means of such bounded values are near
    normal early: de Winter and Dodou, "Five-Point Likert Items: t test versus
    Mann-Whitney-Wilcoxon", Practical Assessment, Research and Evaluation 15 (2010); Norman,
    "Likert Scales, Levels of Measurement and the Laws of Statistics", Advances in Health
    Sciences Education 15 (2010). With fewer than 5 pairs only their number is told. Where
    every gap is the same there is no spread to make an interval of, and none is given. Its ends
    may lie beyond the scale.

    The p-value is Wilcoxon's signed-rank test (Wilcoxon 1945), ties at zero kept in the ranks
    (Pratt, JASA 54, 1959), exact up to 50 pairs. It looks at ranks,
    not at the mean, and 5 pairs can never bring it below 0.06.

    Raises ValueError for a difference that is no finite number.
    """
    gaps = [float(gap) for gap in differences]
    if not all(isfinite(gap) for gap in gaps):
        raise ValueError("A gap of two ratings is a finite number; leave unrated pairs out.")
    if len(gaps) < COUNT_ONLY_BELOW:
        return Paired(len(gaps), None, None, None, None)
    low, high = _interval(gaps)
    return Paired(len(gaps), sum(gaps) / len(gaps), low, high, _p_value(gaps))


def _interval(gaps: list[float]) -> tuple[float, float] | tuple[None, None]:
    if min(gaps) == max(gaps):
        return None, None
    from scipy.stats import ttest_1samp

    interval = ttest_1samp(gaps, 0).confidence_interval(CONFIDENCE)
    return float(interval.low), float(interval.high)


def _p_value(gaps: list[float]) -> float:
    if not any(gaps):
        return 1.0
    if len(gaps) > MOST_EXACT:
        from scipy.stats import wilcoxon

        return float(wilcoxon(gaps, zero_method="pratt").pvalue)
    return _exact(gaps)


def _exact(gaps: list[float]) -> float:
    """By all ways of signing the gaps, counted with the shift algorithm.

    Streitberg and Roehmel, "Exact Distributions for Permutation and Rank Tests", Statistical
    Software Newsletter 12 (1986). scipy counts them one by one where gaps tie: a second for
    13 pairs, and not at all for more.
    """
    from scipy.stats import rankdata

    # Ranks of ties end in a half at most: doubled they are whole.
    doubled = [round(2 * rank) for rank in rankdata([abs(gap) for gap in gaps])]
    ways = Counter({0: 1})
    for rank, gap in zip(doubled, gaps, strict=True):
        if gap:
            ways += Counter({so_far + rank: count for so_far, count in ways.items()})
    ours = sum(rank for rank, gap in zip(doubled, gaps, strict=True) if gap > 0)
    above = sum(count for total, count in ways.items() if total >= ours)
    below = sum(count for total, count in ways.items() if total <= ours)
    return min(2 * min(above, below) / ways.total(), 1.0)
