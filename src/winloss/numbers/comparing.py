"""Two groups compared: exactly, within strata, and many comparisons at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from winloss.numbers.intervals import CONFIDENCE, refuse_impossible

Counts = tuple[int, int]
"""A count and its total."""


@dataclass(frozen=True)
class Stratified:
    """The change from one period to the next among like customers."""

    excess: float
    """Counts now beyond what the same strata would give without change; negative for fewer."""
    statistic: float
    """Chi-squared with one degree of freedom, continuity corrected."""
    p_value: float
    stratum_count: int
    """Strata that could be compared: heard in both periods, and not all alike."""


@dataclass(frozen=True)
class Discoveries:
    """Which of many comparisons stand, once it is allowed for how many were made."""

    adjusted: tuple[float, ...]
    """The p-values after the adjustment, in the order given."""
    found: tuple[bool, ...]
    """True where a comparison stands, in the order given."""
    said: str
    """`Of 14 comparisons, 2 stand once all 14 are allowed for.`"""


def exact(now: Counts, before: Counts) -> float:
    """The two-sided p-value that two groups share one rate; each is a count and its total.

    Fisher's exact test (Fisher 1922; 1935): right at any n, on the safe side at a small one.
    1.0 where a group is empty. Raises ValueError for a count that is negative or above its
    total.
    """
    refuse_impossible(*now)
    refuse_impossible(*before)
    from scipy.stats import fisher_exact

    (count, total), (earlier, of) = now, before
    return float(fisher_exact([[count, total - count], [earlier, of - earlier]]).pvalue)


def stratified(now: Mapping[str, Counts], before: Mapping[str, Counts]) -> Stratified | None:
    """Whether the share changed among like customers, so that a new mix is not taken for change.

    Both map a stratum, such as a segment, to its count and total; a stratum missing on one
    side was not heard there and says nothing about change. None where no stratum can be
    compared. The Cochran-Mantel-Haenszel test: Cochran, "Some Methods for Strengthening the
    Common Chi-Squared Tests", Biometrics 10 (1954); Mantel and Haenszel, "Statistical Aspects
    of the Analysis of Data from Retrospective Studies", JNCI 22 (1959), with their continuity
    correction, which keeps its size honest in thin strata. Raises ValueError for a count that
    is negative or above its total.
    """
    for counts in (*now.values(), *before.values()):
        refuse_impossible(*counts)
    from scipy.stats import chi2

    excess, variance, compared = 0.0, 0.0, 0
    for stratum in sorted(now.keys() & before.keys()):
        (count, total), (earlier, of) = now[stratum], before[stratum]
        everyone, counted = total + of, count + earlier
        if not total or not of or counted in (0, everyone):
            continue
        # Mean and variance of the hypergeometric; scipy's warns at 2 and 3 of a stratum.
        excess += count - total * counted / everyone
        unlike = total * of * counted * (everyone - counted)
        variance += unlike / (everyone**2 * (everyone - 1))
        compared += 1
    if not compared:
        return None
    statistic = max(abs(excess) - 0.5, 0.0) ** 2 / variance
    return Stratified(excess, statistic, float(chi2.sf(statistic, 1)), compared)


def discoveries(p_values: Sequence[float]) -> Discoveries:
    """Which of these comparisons stand when at most 5 % of what is found may be false.

    Benjamini and Hochberg, "Controlling the False Discovery Rate", Journal of the Royal
    Statistical Society B 57 (1995). Hand in every comparison that was made, also the dull
    ones: leaving them out is what makes false discoveries. Raises ValueError for a p-value
    outside 0 to 1.
    """
    if not all(0 <= p_value <= 1 for p_value in p_values):
        raise ValueError(f"A p-value runs from 0 to 1, not as in {list(p_values)}.")
    if not p_values:
        return Discoveries((), (), "Nothing was compared.")
    from scipy.stats import false_discovery_control

    adjusted = tuple(float(p_value) for p_value in false_discovery_control(list(p_values)))
    found = tuple(p_value < 1 - CONFIDENCE for p_value in adjusted)
    return Discoveries(adjusted, found, _said(len(found), sum(found)))


def _said(compared: int, stand: int) -> str:
    if compared == 1:
        return "The one comparison stands." if stand else "The one comparison does not stand."
    standing = f"{stand or 'none'} {'stands' if stand == 1 else 'stand'}"
    return f"Of {compared} comparisons, {standing} once all {compared} are allowed for."
