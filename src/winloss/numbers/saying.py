"""How a figure is said: no more than its n allows, and never 0 % of something that happened."""

from winloss.numbers.intervals import COUNT_ONLY_BELOW, PERCENT_FROM
from winloss.reporting import Figure

NOBODY = "nobody heard yet"


def spoken(figure: Figure) -> str:
    """The figure as a report prints it, saying no more than its n allows.

    `3 of 4`, `6 of 12 (likely 25 to 75 %)`, `35 % (11 of 31, likely 21 to 53 %)`,
    `under 1 % (1 of 400, likely under 1 to 1 %)`, or `nobody heard yet` when the total is 0.
    """
    if figure.total == 0:
        return NOBODY
    counts = f"{figure.count} of {figure.total}"
    if figure.total < COUNT_ONLY_BELOW or figure.low is None or figure.high is None:
        return counts
    likely = likely_said(figure.low, figure.high)
    if figure.total < PERCENT_FROM:
        return f"{counts} ({likely})"
    return f"{percent_said(figure.count / figure.total)} ({counts}, {likely})"


def likely_said(low: float, high: float) -> str:
    """An interval of shares in words: `likely 25 to 75 %`, `likely 97 to over 99 %`."""
    return f"likely {_number(low)} to {_number(high)} %"


def alpha_said(alpha: float) -> str:
    """An alpha as it is printed, without the zero it never needs: `.58`, `1.00`."""
    said = f"{alpha:.2f}".replace("0.", ".", 1).replace("-", "\N{MINUS SIGN}")
    return "0" if said.strip("\N{MINUS SIGN}") == ".00" else said


def percent_said(share: float) -> str:
    """A share of 0 to 1 in words: `38 %`; `under 1 %` and `over 99 %` where rounding would lie.

    Raises ValueError for a share outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share of {share} cannot be; it runs from 0 to 1.")
    return f"{_number(share)} %"


def percent(share: float) -> int:
    """A share of 0 to 1 as a whole percentage, halves rounded up as readers expect.

    For a width or a sort; what a reader reads is `percent_said`.
    """
    return int(share * 100 + 0.5)


def _number(share: float) -> str:
    """`0` is said of nothing alone, `100` of everything alone."""
    whole = percent(share)
    if whole == 0 and share > 0:
        return "under 1"
    return "over 99" if whole == 100 and share < 1 else str(whole)  # noqa: PLR2004 (a percentage)
