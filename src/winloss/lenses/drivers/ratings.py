"""Ratings: us beside the supplier they chose, and what tells those who chose us from the rest."""

from collections.abc import Sequence
from math import sqrt

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Panel
from winloss.reporting import Row as Line

QUERY = "sql/reports/drivers_ratings.sql"
THIN = "Asked of few so far: counts since the beginning."
NEXT_TO = 1e-9
NEEDS_BOTH = "needs wins and losses"

_LABELS = {
    "value": "value for the money",
    "product": "the product",
    "people": "our people",
    "service": "help with getting started, and after",
}


def panels(ratings: pl.DataFrame) -> tuple[Panel, ...]:
    """The gap to the chosen supplier, and importance by performance.

    `ratings` is one row per decision and criterion. Where fewer than 15 decisions of the window
    rated anything, those of the time before count too, and the panels say so.
    """
    rated = ratings.filter(pl.col("us").is_not_null() | pl.col("chosen").is_not_null())
    in_window = rated.filter(pl.col("is_window"))
    is_thin = in_window["voter_key"].n_unique() < numbers.PERCENT_FROM
    asked = ratings if is_thin else ratings.filter(pl.col("is_window"))
    if rated.is_empty():
        return ()
    criteria = [name for name in _LABELS if name in set(asked["criterion"])]
    by_name = {name: asked.filter(pl.col("criterion") == name) for name in criteria}
    note = THIN if is_thin else ""
    return (
        Panel(
            "gap",
            "Us, beside the supplier they chose",
            tuple(_gap(_LABELS[name], frame) for name, frame in by_name.items()),
            ("from 1 to 5", "us", "the supplier they chose", "gap", "rated both, of those asked"),
            f"{note} Of decisions against us; means only of those who rated both.".strip(),
        ),
        _importance(by_name, note),
    )


def _gap(label: str, asked: pl.DataFrame) -> Line:
    against = asked.filter(~pl.col("is_won"))
    both = against.filter(pl.col("gap").is_not_null())
    gap = numbers.paired(both["gap"].to_list())
    ids = tuple(sorted(both["response_ids"].explode().drop_nulls().unique().to_list()))
    figure = numbers.figure(label, both.height, against.height, QUERY, ids)
    if gap.mean is None:
        return Line(
            label, (*(Cell("") for _ in range(3)), Cell(_of(figure.count, figure.total), figure))
        )
    likely = f" (likely {_signed(gap.low)} to {_signed(gap.high)})" if gap.low is not None else ""
    cells = (
        Cell(_mean(both["us"].to_list())),
        Cell(_mean(both["chosen"].to_list())),
        Cell(f"{_signed(gap.mean)}{likely}"),
        Cell(_of(figure.count, figure.total), figure),
    )
    return Line(label, cells)


def _importance(by_name: dict[str, pl.DataFrame], note: str) -> Panel:
    """How well each criterion tells who chose us from who did not, beside how we are rated."""
    won = {name: _us(frame, is_won=True) for name, frame in by_name.items()}
    against = {name: _us(frame, is_won=False) for name, frame in by_name.items()}
    compared = [name for name in by_name if _is_enough(won[name], against[name])]
    found = numbers.discoveries([_p_value(won[name], against[name]) for name in compared])
    stands = dict(zip(compared, found.found, strict=True))
    rows = tuple(
        _important(_LABELS[name], won[name], against[name], stands=stands.get(name, False))
        for name in sorted(
            by_name, key=lambda name: -_effect(won[name], against[name]) if stands.get(name) else 0
        )
    )
    told = (
        "How often one who chose us rates us higher than one who did not: 50 % would tell nothing. "
        "From wins and losses together, since losses alone are a selection."
    )
    return Panel(
        "importance",
        "What matters, and how we do",
        rows,
        ("rating of us", "tells wins from losses", "won, against us", "mean of all"),
        " ".join(said for said in (note, told, found.said if compared else "") if said),
    )


def _important(label: str, won: list[float], against: list[float], *, stands: bool) -> Line:
    counts = Cell(f"{len(won)}, {len(against)}")
    rated = [*won, *against]
    mean = Cell(_mean(rated) if len(rated) >= numbers.COUNT_ONLY_BELOW else "")
    if not _is_enough(won, against):
        return Line(label, (Cell(NEEDS_BOTH), counts, mean))
    effect = _effect(won, against)
    low, high = effect_interval(effect, len(won), len(against))
    likely = numbers.likely_said(low, high)
    is_percent = min(len(won), len(against)) >= numbers.PERCENT_FROM
    said = f"{numbers.percent_said(effect)} ({likely})" if is_percent else likely
    return Line(label, (Cell(f"{said}: stands" if stands else said), counts, mean))


def _us(frame: pl.DataFrame, *, is_won: bool) -> list[float]:
    mine = frame.filter(pl.col("is_won") == is_won)
    return mine["us"].drop_nulls().to_list()


def _is_enough(won: Sequence[float], against: Sequence[float]) -> bool:
    return min(len(won), len(against)) >= numbers.COUNT_ONLY_BELOW


def _effect(won: Sequence[float], against: Sequence[float]) -> float:
    """The chance that one who chose us rates us higher than one who did not, ties as half.

    The common-language effect size (McGraw and Wong, Psychological Bulletin 111, 1992), which is
    half the rank-biserial correlation and a half.
    """
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(won, against).statistic) / (len(won) * len(against))


def _p_value(won: Sequence[float], against: Sequence[float]) -> float:
    if len({*won, *against}) == 1:
        return 1.0
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(won, against).pvalue)


def effect_interval(effect: float, first: int, second: int) -> tuple[float, float]:
    """The 95 % interval of a common-language effect between groups of these sizes, 0 to 1.

    Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney
    statistic. Part 2", Statistics in Medicine 25 (2006), method 5: the values whose own standard
    error would make this effect ordinary.
    """
    from scipy.optimize import brentq
    from scipy.stats import norm

    sized = float(norm.ppf((1 + numbers.CONFIDENCE) / 2))
    middle = (first + second) / 2 - 1

    def beyond(value: float) -> float:
        ties = (1 - value) / (2 - value) + value / (1 + value)
        variance = value * (1 - value) * (1 + middle * ties) / (first * second)
        return abs(effect - value) - sized * sqrt(variance)

    # At 0 and 1 the standard error is nil, which would pass for an end of the interval.
    low = 0.0 if effect == 0 else float(brentq(beyond, 0.0, effect - NEXT_TO))
    high = 1.0 if effect == 1 else float(brentq(beyond, effect + NEXT_TO, 1.0))
    return low, high


def _mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.1f}"


def _signed(value: float | None) -> str:
    return f"{value or 0:+.1f}".replace("-", "\N{MINUS SIGN}")


def _of(count: int, total: int) -> str:
    return f"{wording.number(count)} of {wording.number(total)}"
