"""Groups beside one another, drawn towards what all share: luck crowns nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from winloss.numbers.comparing import discoveries
from winloss.numbers.intervals import CONFIDENCE, COUNT_ONLY_BELOW, refuse_impossible

FEWEST_GROUPS = 3
"""Below this nothing tells how much groups differ."""
STRENGTHS = (0.1, 1e5)
"""How many answers the pooled share may weigh against a group's own; above, groups are equal."""
LEAST_GAIN = 1e-6
"""Log-likelihood that a spread of groups must add to be more than rounding."""


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


def shrunk(groups: Sequence[tuple[str, int, int]]) -> tuple[Shrunk, ...]:
    """Each group (name, count, total) with its shrunk share, highest first, equal ones by name.

    Beta-binomial empirical Bayes (Efron and Morris, "Data Analysis Using Stein's Estimator and
    its Generalizations", JASA 70, 1975; Casella, "An Introduction to Empirical Bayes Data
    Analysis", The American Statistician 39, 1985): groups are spread around the pooled share by
    a beta distribution whose strength is fitted by maximum likelihood. Where they differ no
    more than chance, or are fewer than 3, each gets the pooled share.

    A group is apart when the pooled share lies outside its interval and its own counts are
    rare under that share (the larger of both p-values), after Benjamini and Hochberg over all
    groups with at least 5 answers; so among equal groups at most one ranking in twenty sets
    anybody apart. Only such a group may be spoken of as higher or lower: the order of the
    others is no order. The intervals take the fitted spread as known, and with a handful of
    groups they are somewhat narrow (Morris, "Parametric Empirical Bayes Inference", JASA 78,
    1983).

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
    else:
        strength = _strength(groups, counted / answered) if len(groups) >= FEWEST_GROUPS else None
        if strength is None:
            ranked = _equal(groups, counted, answered)
        else:
            ranked = _spread(groups, counted / answered, strength)
    return tuple(sorted(ranked, key=lambda group: (-(group.share or 0.0), group.name)))


def _strength(groups: Sequence[tuple[str, int, int]], pooled: float) -> float | None:
    """The sum of alpha and beta that makes these counts likeliest; None for equal groups."""
    if pooled in (0, 1):
        return None
    import numpy as np
    from scipy.optimize import minimize_scalar
    from scipy.stats import betabinom, binom

    counts, totals = _arrays(groups)

    def surprise(log_strength: float) -> float:
        strength = np.exp(log_strength)
        prior = pooled * strength, (1 - pooled) * strength
        return -float(betabinom.logpmf(counts, totals, *prior).sum())

    best = minimize_scalar(surprise, bounds=np.log(STRENGTHS), method="bounded")
    gain = float(binom.logpmf(counts, totals, pooled).sum()) * -1 - float(best.fun)
    return float(np.exp(best.x)) if gain > LEAST_GAIN else None


def _equal(groups: Sequence[tuple[str, int, int]], counted: int, answered: int) -> list[Shrunk]:
    """Every group at the pooled share, with its Jeffreys interval where there are enough groups."""
    from scipy.stats import beta

    pooled = counted / answered
    low: float | None = None
    high: float | None = None
    if len(groups) >= FEWEST_GROUPS:
        ends = beta.interval(CONFIDENCE, counted + 0.5, answered - counted + 0.5)
        # At none and at all the equal-tailed interval would leave out the share itself.
        low, high = min(float(ends[0]), pooled), max(float(ends[1]), pooled)
        low, high = low if counted else 0.0, high if counted < answered else 1.0
    return [Shrunk(*group, pooled, low, high, is_apart=False) for group in groups]


def _spread(groups: Sequence[tuple[str, int, int]], pooled: float, strength: float) -> list[Shrunk]:
    import numpy as np
    from scipy.stats import beta, binom

    counts, totals = _arrays(groups)
    own = beta(pooled * strength + counts, (1 - pooled) * strength + totals - counts)
    lows, highs = own.interval(CONFIDENCE)
    by_posterior = 2 * np.minimum(own.cdf(pooled), own.sf(pooled))
    # A skewed spread can put an ordinary count in its tail: the plain binomial must agree.
    plain = binom(totals, pooled)
    by_counts = 2 * np.minimum(plain.cdf(counts), plain.sf(counts - 1))
    p_values = np.minimum(np.maximum(by_posterior, by_counts), 1.0)
    enough = [total >= COUNT_ONLY_BELOW for _, _, total in groups]
    found = iter(discoveries([float(p) for p in p_values[enough]]).found)
    return [
        Shrunk(*group, float(share), float(low), float(high), is_apart=is_enough and next(found))
        for group, share, low, high, is_enough in zip(
            groups, own.mean(), lows, highs, enough, strict=True
        )
    ]


def _arrays(groups: Sequence[tuple[str, int, int]]) -> tuple[Any, Any]:
    import numpy as np

    return (
        np.array([count for _, count, _ in groups]),
        np.array([total for _, _, total in groups]),
    )
