"""How much groups differ, and what each one's share may then be.

Imported only where something is ranked: numpy and scipy are slow to come.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import betainc
from scipy.stats import beta, betabinom, binom

Numbers = NDArray[np.float64]
"""One number per group."""

STRENGTHS = (0.1, 1e5)
"""How many answers the pooled share may weigh against a group's own; above, groups are equal."""
LEAST_GAIN = 1e-6
"""Log-likelihood that a spread of groups must add to be more than rounding."""
STEPS, MIDDLES, HALVINGS = 30, 7, 18
"""How finely strengths and pooled shares are gone through, and the ends of an interval sought."""
UNLIKELY = 7
"""Strengths whose logarithm of the likelihood is so much lower than the best are left out."""


def strength(counts: Numbers, totals: Numbers, pooled: float) -> float | None:
    """The sum of alpha and beta that makes these counts likeliest; None for equal groups."""
    if pooled in (0, 1):
        return None
    best = minimize_scalar(
        lambda logarithm: -_likelihood(counts, totals, pooled, np.exp(logarithm)),
        bounds=np.log(STRENGTHS),
        method="bounded",
    )
    gain = -float(best.fun) - float(binom.logpmf(counts, totals, pooled).sum())
    return float(np.exp(best.x)) if gain > LEAST_GAIN else None


class Posterior:
    """What each group's own share may be: a mixture of beta distributions.

    Strengths are weighed by their likelihood and the usual prior, even in the strength to the
    power of -1/2 (Gelman and others, "Bayesian Data Analysis", 3rd edition, section 5.3). At each
    strength the pooled share has its Jeffreys posterior, from as many answers as remain when
    those of one group resemble one another.
    """

    def __init__(self, counts: Numbers, totals: Numbers, pooled: float) -> None:
        """Weigh every strength by how likely it makes these counts."""
        strengths = np.geomspace(*STRENGTHS, STEPS)
        # At 0 and 1 the likelihood has no spread to look at: half an answer keeps it off them.
        inside = min(max(pooled, 0.5 / totals.sum()), 1 - 0.5 / totals.sum())
        logarithms = np.array([_likelihood(counts, totals, inside, each) for each in strengths])
        logarithms -= np.log(strengths) / 2
        is_likely = logarithms > logarithms.max() - UNLIKELY
        strengths, logarithms = strengths[is_likely, None], logarithms[is_likely]
        remaining = totals / (1 + np.maximum(totals - 1, 0) / (strengths + 1))
        answers = remaining.sum(axis=1)[:, None]
        levels = (np.arange(MIDDLES) + 0.5) / MIDDLES
        middles = beta.ppf(levels, pooled * answers + 0.5, (1 - pooled) * answers + 0.5)
        weights = np.exp(logarithms - logarithms.max())
        self._weights = np.repeat(weights / weights.sum() / MIDDLES, MIDDLES)
        self._alphas = (middles * strengths).reshape(-1, 1) + counts
        self._betas = ((1 - middles) * strengths).reshape(-1, 1) + totals - counts

    def end(self, level: float) -> Numbers:
        """The share of each group below which its own lies with this chance, by halving."""
        low, high = np.zeros(self._alphas.shape[1]), np.ones(self._alphas.shape[1])
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            is_under = self._weights @ betainc(self._alphas, self._betas, middle) < level
            low, high = np.where(is_under, middle, low), np.where(is_under, high, middle)
        ends: Numbers = (low + high) / 2
        return ends


def _likelihood(counts: Numbers, totals: Numbers, pooled: float, strength: float) -> float:
    """The logarithm of the likelihood of a strength."""
    spread = pooled * strength, (1 - pooled) * strength
    return float(betabinom.logpmf(counts, totals, *spread).sum())
