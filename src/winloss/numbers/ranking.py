"""Groups beside one another, drawn towards what all share: luck crowns nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from winloss.numbers.comparing import discoveries
from winloss.numbers.intervals import CONFIDENCE, COUNT_ONLY_BELOW, refuse_impossible

FEWEST_GROUPS = 3
"""Below this nothing tells how much groups differ."""
TAIL = (1 - CONFIDENCE) / 2

Groups = Sequence[tuple[str, int, int]]
"""Name, count and total of each."""


@dataclass(frozen=True)
class Shrunk:
    """One group's share beside its shrunk one; shares 0 to 1."""

    name: str
    count: int
    total: int
    share: float | None
    """Drawn towards the pooled share, the more so the fewer answers; None when nobody answered
    in any group."""
    low: float | None
    """Lower end of the 95 % credible interval; None with fewer than 3 groups."""
    high: float | None
    is_apart: bool
    """True where the group differs from the pooled share, all groups allowed for."""


def shrunk(groups: Groups) -> tuple[Shrunk, ...]:
    """Each group (name, count, total) with its shrunk share, highest first, equal ones by name.

    Beta-binomial empirical Bayes (Efron and Morris, "Data Analysis Using Stein's Estimator and
    its Generalizations", JASA 70, 1975; Casella, "An Introduction to Empirical Bayes Data
    Analysis", The American Statistician 39, 1985): groups are spread around the pooled share by
    a beta distribution whose strength is fitted by maximum likelihood. Where they differ no
    more than chance, or are fewer than 3, each gets the pooled share. The interval does not
    take the fitted strength as known, which would make it far too narrow, but goes through all
    of them by likelihood (Deely and Lindley, "Bayes Empirical Bayes", JASA 76, 1981).

    A group is apart when the pooled share lies outside its interval, and its counts are rare
    under that share (exact binomial test) after Benjamini and Hochberg over all groups with at
    least 5 answers; so among equal groups at most one ranking in twenty sets anybody apart.
    Only such a group may be spoken of as higher or lower: the order of the others is no order.
    Raises ValueError for impossible counts and for a name given twice.
    """
    for _, count, total in groups:
        refuse_impossible(count, total)
    names = [name for name, _, _ in groups]
    if len(set(names)) < len(names):
        raise ValueError(f"A group was given twice: {', '.join(sorted(names))}.")
    counted, answered = sum(count for _, count, _ in groups), sum(total for _, _, total in groups)
    if not answered:
        ranked = [Shrunk(*group, None, None, None, is_apart=False) for group in groups]
    elif len(groups) < FEWEST_GROUPS:
        pooled = counted / answered
        ranked = [Shrunk(*group, pooled, None, None, is_apart=False) for group in groups]
    else:
        ranked = _ranked(groups, counted, answered)
    return tuple(sorted(ranked, key=lambda group: (-(group.share or 0.0), group.name)))


def _ranked(groups: Groups, counted: int, answered: int) -> list[Shrunk]:
    import numpy as np

    from winloss.numbers import spread

    pooled = counted / answered
    counts = np.array([count for _, count, _ in groups], dtype=float)
    totals = np.array([total for _, _, total in groups], dtype=float)
    strength = spread.strength(counts, totals, pooled)
    shares = np.full(len(groups), pooled)
    if strength is not None:
        shares = (pooled * strength + counts) / (strength + totals)
    posterior = spread.Posterior(counts, totals, pooled)
    lows, highs = posterior.end(TAIL), posterior.end(1 - TAIL)
    is_outside = (strength is not None) & ((pooled < lows) | (pooled > highs))
    is_apart = is_outside & np.array(_are_rare(groups, pooled))
    return [
        Shrunk(
            *group,
            share=float(shares[at]),
            low=float(min(lows[at], shares[at])),
            high=float(max(highs[at], shares[at])),
            is_apart=bool(is_apart[at]),
        )
        for at, group in enumerate(groups)
    ]


def _are_rare(groups: Groups, pooled: float) -> list[bool]:
    """Which counts are rare under the pooled share, all groups with enough answers allowed for."""
    from scipy.stats import binomtest

    heard = [group for group in groups if group[2] >= COUNT_ONLY_BELOW]
    p_values = [float(binomtest(count, total, pooled).pvalue) for _, count, total in heard]
    found = dict(zip(heard, discoveries(p_values).found, strict=True))
    return [found.get(group, False) for group in groups]
