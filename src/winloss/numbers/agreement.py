"""Two judges of the same cases: who names a thing more often, and what chance alone would do."""

from collections.abc import Mapping
from dataclasses import dataclass

from winloss.numbers.floors import refuse_negative


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
