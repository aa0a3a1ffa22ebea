"""A share weighted back to everyone who was asked, where some groups answer more than others."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from winloss.numbers.intervals import CONFIDENCE, COUNT_ONLY_BELOW, refuse_impossible


@dataclass(frozen=True)
class Cell:
    """One group of customers, such as a segment."""

    name: str
    everyone: int
    """All of the group, heard or silent."""
    heard: int
    count: int
    """Those heard who meant it."""


@dataclass(frozen=True)
class Weighted:
    """A weighted share with its interval, or why there is none."""

    share: float | None
    """0 to 1, as if every group had answered alike."""
    low: float | None
    """Lower end of the 95 % Wilson interval at the effective n."""
    high: float | None
    effective: float | None
    """Answers of equal weight that would tell as much; never above those heard."""
    reason: str
    """Why nothing is weighted, such as `cells too small: bank, port`; empty where it is."""


def weighted(cells: Sequence[Cell]) -> Weighted:
    """The share among everyone, each group weighing as many as it has, not as many as answered.

    Poststratification, and the effective n that unequal weights leave: the squared sum of the
    weights over the sum of their squares (Kish, "Survey Sampling", 1965). The interval is
    Wilson's with that n (Korn and Graubard, Survey Methodology 24, 1998, for the idea). A
    group of which fewer than 5 were heard stops the weighting: its few would speak for many.
    It mends who answers among groups, never who answers within one. Groups without anybody
    are left out. Raises ValueError where fewer are in a group than were heard, or fewer heard
    than counted.
    """
    for cell in cells:
        refuse_impossible(cell.heard, cell.everyone)
        refuse_impossible(cell.count, cell.heard)
    held = [cell for cell in cells if cell.everyone]
    if not held:
        return Weighted(None, None, None, None, "nobody to weigh")
    small = sorted(cell.name for cell in held if cell.heard < COUNT_ONLY_BELOW)
    if small:
        return Weighted(None, None, None, None, f"cells too small: {', '.join(small)}")
    everyone = sum(cell.everyone for cell in held)
    share = sum(cell.everyone * cell.count / cell.heard for cell in held) / everyone
    effective = everyone**2 / sum(cell.everyone**2 / cell.heard for cell in held)
    return Weighted(share, *_wilson(share, effective), effective, "")


def _wilson(share: float, total: float) -> tuple[float, float]:
    """Wilson's interval where the total is no whole number, as an effective n is."""
    from scipy.stats import norm

    squared = float(norm.ppf((1 + CONFIDENCE) / 2)) ** 2
    middle = (share + squared / (2 * total)) / (1 + squared / total)
    spread = share * (1 - share) / total + squared / (4 * total**2)
    half = sqrt(squared * spread) / (1 + squared / total)
    return max(min(middle - half, share), 0.0), min(max(middle + half, share), 1.0)
