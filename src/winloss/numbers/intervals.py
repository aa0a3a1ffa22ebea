"""Shares with what they may be: intervals, and bounds where many are silent."""

from functools import lru_cache

from winloss.reporting import Figure

COUNT_ONLY_BELOW = 5
PERCENT_FROM = 15
CONFIDENCE = 0.95
OUTSIDE_LIMITS = 1 - 0.9973


@lru_cache(maxsize=4096)
def wilson(count: int, total: int) -> tuple[float, float] | None:
    """The 95 % Wilson score interval of a share, both ends 0 to 1; None when the total is 0.

    Wilson 1927; recommended for small n by Brown, Cai and DasGupta, "Interval Estimation for a
    Binomial Proportion", Statistical Science 16 (2001). Raises ValueError for a count that
    is negative or above the total.
    """
    refuse_impossible(count, total)
    if total == 0:
        return None
    from scipy.stats import binomtest

    interval = binomtest(count, total).proportion_ci(CONFIDENCE, method="wilson")
    share = count / total
    # Rounding can leave the end at 0 or 1 a hair inside the share itself.
    return min(max(float(interval.low), 0.0), share), max(min(float(interval.high), 1.0), share)


def figure(name: str, count: int, total: int, query: str, row_ids: tuple[str, ...] = ()) -> Figure:
    """A figure with its interval; `query` is the file that counted it, `row_ids` its responses.

    Raises ValueError for a count that is negative or above the total.
    """
    low, high = wilson(count, total) or (None, None)
    return Figure(name, count, total, low, high, query, tuple(row_ids))


def bounds(count: int, heard: int, silent: int) -> tuple[float, float]:
    """What the share could be, 0 to 1, if none or all of the silent meant it.

    Worst-case bounds without any assumption (Manski, "Nonparametric Bounds on Treatment
    Effects", American Economic Review 80, 1990). With nobody to ask it may be anything:
    0 and 1. Raises ValueError for negative counts or a count above `heard`.
    """
    refuse_impossible(count, heard)
    refuse_impossible(0, silent)
    everyone = heard + silent
    if everyone == 0:
        return 0.0, 1.0
    return count / everyone, (count + silent) / everyone


def refuse_impossible(count: int, total: int) -> None:
    """Stop at a count that cannot be: a wrong query must not become a wrong figure."""
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} cannot be; look at the query that counted it.")
