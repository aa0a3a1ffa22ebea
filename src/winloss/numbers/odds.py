"""How much more likely one group is than another, as odds, with what they may be."""

from dataclasses import dataclass

from winloss.numbers.comparing import Counts
from winloss.numbers.intervals import CONFIDENCE, refuse_impossible


@dataclass(frozen=True)
class Odds:
    """The odds in one group as a multiple of those in another."""

    ratio: float
    """1 where both are alike; infinite where the other group has none."""
    low: float
    high: float


def odds(one: Counts, other: Counts, looks: int = 1) -> Odds | None:
    """The odds ratio of two groups, each a count and its total, with its exact interval.

    The interval holds 95 %; of several `looks` at the same data, all of them together
    (Bonferroni). None where a group is empty, or nobody or everybody in both is counted.
    The conditional estimate and its interval: Cornfield, "A Statistical Problem Arising from
    Retrospective Studies", Proceedings of the Third Berkeley Symposium (1956). Raises
    ValueError for a count that is negative or above its total, and for no look at all.
    """
    refuse_impossible(*one)
    refuse_impossible(*other)
    if looks < 1:
        raise ValueError(f"{looks} looks cannot be; at least one was taken.")
    (count, total), (counted, of) = one, other
    if not total or not of or count + counted in (0, total + of):
        return None
    from scipy.stats.contingency import odds_ratio

    found = odds_ratio([[count, total - count], [counted, of - counted]], kind="conditional")
    interval = found.confidence_interval(1 - (1 - CONFIDENCE) / looks)
    return Odds(float(found.statistic), float(interval.low), float(interval.high))
