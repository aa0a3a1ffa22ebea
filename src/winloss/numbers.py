"""Honest statistics for small n: intervals, bounds, limits, and how a figure is said.

Below 5 a figure is a count, from 5 a count with its interval, from 15 a percentage with both.
"""

from functools import lru_cache

from winloss.reporting import Figure

COUNT_ONLY_BELOW = 5
PERCENT_FROM = 15
CONFIDENCE = 0.95
OUTSIDE_LIMITS = 1 - 0.9973
NOBODY = "nobody heard yet"
NO_CALL = "No change we can call."


@lru_cache(maxsize=4096)
def wilson(count: int, total: int) -> tuple[float, float] | None:
    """The 95 % Wilson score interval of a share, both ends 0 to 1; None when the total is 0.

    Wilson 1927; recommended for small n by Brown, Cai and DasGupta, "Interval Estimation for a
    Binomial Proportion", Statistical Science 16 (2001). Raises ValueError for a count that
    is negative or above the total.
    """
    _refuse_impossible(count, total)
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


def spoken(figure: Figure) -> str:
    """The figure as a report prints it, saying no more than its n allows.

    `3 of 4`, `6 of 12 (likely 25 to 75 %)`, `35 % (11 of 31, likely 21 to 53 %)`, or
    `nobody heard yet` when the total is 0.
    """
    if figure.total == 0:
        return NOBODY
    counts = f"{figure.count} of {figure.total}"
    if figure.total < COUNT_ONLY_BELOW or figure.low is None or figure.high is None:
        return counts
    likely = f"likely {percent(figure.low)} to {percent(figure.high)} %"
    if figure.total < PERCENT_FROM:
        return f"{counts} ({likely})"
    return f"{percent(figure.count / figure.total)} % ({counts}, {likely})"


def percent(share: float) -> int:
    """A share of 0 to 1 as a whole percentage, halves rounded up as readers expect."""
    return int(share * 100 + 0.5)


def bounds(count: int, heard: int, silent: int) -> tuple[float, float]:
    """What the share could be, 0 to 1, if none or all of the silent meant it.

    Worst-case bounds without any assumption (Manski, "Nonparametric Bounds on Treatment
    Effects", American Economic Review 80, 1990). With nobody to ask it may be anything:
    0 and 1. Raises ValueError for negative counts or a count above `heard`.
    """
    _refuse_impossible(count, heard)
    _refuse_impossible(0, silent)
    everyone = heard + silent
    if everyone == 0:
        return 0.0, 1.0
    return count / everyone, (count + silent) / everyone


def limits(total: int, before: tuple[int, int]) -> tuple[int, int]:
    """The counts out of `total` that are ordinary (99.73 %) if nothing changed since `before`.

    A binomial control limit, exact also where the earlier n is small: the earlier rate is not
    taken as known but spread by its Jeffreys posterior, Beta(k + 1/2, n - k + 1/2) (Brown, Cai
    and DasGupta 2001), which makes the later count beta-binomial. With a large earlier n this
    is the plain binomial limit; with a tiny one the limits open until nothing can be called.
    """
    _refuse_impossible(*before)
    _refuse_impossible(0, total)
    from scipy.stats import betabinom

    earlier, of = before
    ordinary = betabinom(total, earlier + 0.5, of - earlier + 0.5)
    return int(ordinary.ppf(OUTSIDE_LIMITS / 2)), int(ordinary.ppf(1 - OUTSIDE_LIMITS / 2))


def call(now: tuple[int, int], before: tuple[int, int]) -> str:
    """One sentence on the change from `before` to `now`, each a count and its total.

    `No change we can call.` inside the control limits, and wherever either total is below 5.
    """
    _refuse_impossible(*now)
    _refuse_impossible(*before)
    (count, total), (earlier, of) = now, before
    if min(total, of) < COUNT_ONLY_BELOW:
        return NO_CALL
    low, high = limits(total, before)
    said = f"{count} of {total} now, {earlier} of {of} before."
    if count > high:
        return f"More than chance allows: {said}"
    return f"Less than chance allows: {said}" if count < low else NO_CALL


def _refuse_impossible(count: int, total: int) -> None:
    """Stop at a count that cannot be: a wrong query must not become a wrong figure."""
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} cannot be; look at the query that counted it.")
