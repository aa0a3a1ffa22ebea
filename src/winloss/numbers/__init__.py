"""Honest statistics for small n: intervals, changes, rankings, ratings, and what is hidden.

Below 5 a figure is a count, from 5 a count with its interval, from 15 a percentage with both.
Counts are whole numbers, shares run from 0 to 1, intervals hold 95 %. Whatever cannot be, such
as a count above its total, is a ValueError: a wrong query must not become a wrong figure.
"""

from winloss.numbers.agreement import (
    FEWEST_CHECKED,
    TENTATIVE_BELOW,
    Agreement,
    Alpha,
    agreement,
    alpha,
    discordant,
    judged,
)
from winloss.numbers.change import MIX, NO_CALL, call, limits
from winloss.numbers.comparing import Discoveries, Stratified, discoveries, exact, stratified
from winloss.numbers.floors import FLOOR, suppressed
from winloss.numbers.intervals import (
    CONFIDENCE,
    COUNT_ONLY_BELOW,
    OUTSIDE_LIMITS,
    PERCENT_FROM,
    bounds,
    figure,
    wilson,
)
from winloss.numbers.odds import Odds, odds
from winloss.numbers.ranking import Shrunk, shrunk
from winloss.numbers.ratings import Paired, paired
from winloss.numbers.saying import NOBODY, alpha_said, likely_said, percent, percent_said, spoken
from winloss.numbers.tables import suppressed_table
from winloss.numbers.weights import Cell, Weighted, weighted

__all__ = [
    "CONFIDENCE",
    "COUNT_ONLY_BELOW",
    "FEWEST_CHECKED",
    "FLOOR",
    "MIX",
    "NOBODY",
    "NO_CALL",
    "OUTSIDE_LIMITS",
    "PERCENT_FROM",
    "TENTATIVE_BELOW",
    "Agreement",
    "Alpha",
    "Cell",
    "Discoveries",
    "Odds",
    "Paired",
    "Shrunk",
    "Stratified",
    "Weighted",
    "agreement",
    "alpha",
    "alpha_said",
    "bounds",
    "call",
    "discordant",
    "discoveries",
    "exact",
    "figure",
    "judged",
    "likely_said",
    "limits",
    "odds",
    "paired",
    "percent",
    "percent_said",
    "shrunk",
    "spoken",
    "stratified",
    "suppressed",
    "suppressed_table",
    "weighted",
    "wilson",
]
