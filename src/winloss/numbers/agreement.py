"""Two judges of the same cases: who names a thing more often, and what chance alone would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winloss.numbers.floors import refuse_negative
from winloss.numbers.intervals import CONFIDENCE, COUNT_ONLY_BELOW

if TYPE_CHECKING:
    import polars as pl

TENTATIVE_BELOW = 0.667
"""Krippendorff, "Content Analysis" (2004), 241: under it not even tentative conclusions hold."""
FEWEST_CHECKED = 30
"""Texts that two must have coded before their agreement may speak for a reason."""
_DRAWS = 10_000
_SEED = 2007
_PLACES = 3


@dataclass(frozen=True)
class Agreement:
    """How often two judges named the same, beside what chance would have given."""

    count: int
    total: int
    expected: float
    """How often they would have agreed had each dealt out the same names at random."""
    kappa: float
    """Cohen's kappa: 0 is chance, 1 is always, below 0 is worse than chance."""


def discordant(only_first: int, only_second: int) -> float:
    """The two-sided p-value that two judges name a thing equally often, in the same cases.

    Only the cases in which one named it and the other did not can tell. The exact form of
    McNemar, "Note on the Sampling Error of the Difference Between Correlated Proportions",
    Psychometrika 12 (1947): a binomial test at one half. 1.0 without such a case. Raises
    ValueError for a negative count.
    """
    refuse_negative((only_first, only_second), 1)
    if only_first + only_second == 0:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(only_first, only_first + only_second, 0.5).pvalue)


def agreement(pairs: Mapping[tuple[str, str], int]) -> Agreement | None:
    """How far two judges agree beyond chance; `pairs` counts (first's name, second's name).

    None where there is nothing to compare, or where both always named one thing, so that
    chance explains everything. Cohen, "A Coefficient of Agreement for Nominal Scales",
    Educational and Psychological Measurement 20 (1960); what chance gives is scipy's
    `expected_freq`. Raises ValueError for a negative count.
    """
    refuse_negative(pairs.values(), 1)
    names = sorted({name for pair in pairs for name in pair})
    table = [[pairs.get((first, second), 0) for second in names] for first in names]
    total = sum(pairs.values())
    if not total:
        return None
    from scipy.stats.contingency import expected_freq

    expected = float(expected_freq(table).trace())
    count = sum(table[place][place] for place in range(len(names)))
    if total - expected <= 0:
        return None
    return Agreement(count, total, expected, (count - expected) / (total - expected))


@dataclass(frozen=True)
class Alpha:
    """How far two judges agree beyond chance on whether a thing is there, in the same texts."""

    value: float | None
    """Krippendorff's alpha, 1 at most, 0 for chance; None where it cannot be said."""
    low: float | None
    """Lower end of its 95 % interval, None with the value."""
    high: float | None
    text_count: int

    @property
    def is_tentative(self) -> bool | None:
        """True where they agree too little, or on too few texts to say; None where nothing can be.

        Rounded as it is printed, so that .667 is .667.
        """
        if self.value is None:
            return None
        return self.value < TENTATIVE_BELOW or self.text_count < FEWEST_CHECKED


_NOTHING = Alpha(None, None, None, 0)


def alpha(both: int, one: int, neither: int) -> Alpha:
    """Krippendorff's alpha, nominal, of texts in which both, one or neither named a thing.

    Rounded to three places. Nothing is said where the rarer answer, named or not named, was
    given in fewer than five texts: without variation alpha does not exist, and with next to none
    a single text decides it. Computed by the `krippendorff` package.

    The interval is the bootstrap over texts which Hayes and Krippendorff ask for ("Answering the
    Call for a Standard Reliability Measure for Coding Data", Communication Methods and Measures
    1, 2007), drawn as Rubin's ("The Bayesian Bootstrap", Annals of Statistics 9, 1981) with half
    a text added to each of the three kinds. The plain one says `1.00 to 1.00` of 30 texts without
    a disagreement; in simulated codings it held a true .9 in 65 to 93 % of samples of 30 to 200
    texts, this one in 94 to 98 %. Raises ValueError for a negative count.
    """
    refuse_negative((both, one, neither), 1)
    total = both + one + neither
    if min(both, neither) + one < COUNT_ONLY_BELOW or not (both or one) or not (neither or one):
        return Alpha(None, None, None, total)
    from krippendorff import alpha as computed

    named = [[0, 2]] * both + [[1, 1]] * one + [[2, 0]] * neither
    value = float(computed(value_counts=named, level_of_measurement="nominal"))
    low, high = _interval(both, one, neither)
    return Alpha(
        round(value, _PLACES),
        round(min(low, value), _PLACES),
        round(max(high, value), _PLACES),
        total,
    )


def _interval(both: int, one: int, neither: int) -> tuple[float, float]:
    import numpy as np
    from scipy.stats import dirichlet

    kinds = [both + 0.5, one + 0.5, neither + 0.5]
    drawn = dirichlet.rvs(kinds, _DRAWS, random_state=_SEED)
    half = drawn[:, 1] / 2
    alphas = 1 - half / ((drawn[:, 0] + half) * (drawn[:, 2] + half))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(alphas, (tail, 1 - tail))
    return float(low), float(high)


def judged(counts: "pl.DataFrame") -> "pl.DataFrame":
    """The counts of `sql/steps/agreement_counts.sql`, with what they say of each reason.

    In: one row per codebook_version, pair and reason (text_count, both_count, one_count,
    neither_count); a null reason is all reasons together. Out: the same rows in the same order
    with alpha, alpha_low, alpha_high (1 at most) and is_tentative (see `Alpha`); all four null
    where nothing can be said, and of all reasons together, whose sets agree or do not.
    """
    import polars as pl

    kinds = ("both_count", "one_count", "neither_count")
    found = [
        _NOTHING if row["reason"] is None else alpha(*(int(row[kind]) for kind in kinds))
        for row in counts.iter_rows(named=True)
    ]
    return counts.with_columns(
        pl.Series("alpha", [each.value for each in found], dtype=pl.Float64),
        pl.Series("alpha_low", [each.low for each in found], dtype=pl.Float64),
        pl.Series("alpha_high", [each.high for each in found], dtype=pl.Float64),
        pl.Series("is_tentative", [each.is_tentative for each in found], dtype=pl.Boolean),
    )
