"""How often we were right, beside chance and what others found, and when we had said it."""

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/know_why.sql"
MOMENTS_QUERY = "sql/reports/know_why_moments.sql"
COMPARED = ("right", "partly", "wrong")
APART = ("silent", "unstated", "uncoded")
YARDSTICK = (
    "For orientation: a published study of lost deals found sellers right on 40 %, partly right "
    "on 28 % and wrong on 32 % (Customer Experience Insight, Why Sales Are Won or Lost)."
)
MOMENTS = {
    "before": "before they answered",
    "between": "after they answered, before an edition had shown it",
    "after": "only once an edition had shown it, which is not counted as knowing",
}


def figures(
    verdicts: pl.DataFrame, names: tuple[str, ...], of: int | None = None
) -> tuple[Figure, ...]:
    """One figure a verdict, out of these verdicts together or out of `of`."""
    rows = {row["verdict"]: row for row in verdicts.to_dicts()}
    counts = {name: int(rows[name]["decision_count"]) if name in rows else 0 for name in names}
    everyone = sum(counts.values()) if of is None else of
    return tuple(
        numbers.figure(name, counts[name], everyone, QUERY, tuple(rows[name]["response_ids"] or ()))
        if name in rows
        else numbers.figure(name, 0, everyone, QUERY)
        for name in names
    )


def others(verdicts: pl.DataFrame) -> tuple[Figure, ...]:
    """What cannot be compared, out of all whose survey closed."""
    return figures(verdicts, APART, of=int(verdicts["decision_count"].sum()))


def line(rates: tuple[Figure, ...], weeks: int) -> str:
    """`Over 13 weeks: right on 2 of 3, partly right on 0, wrong on 1.`; empty without a pair."""
    right, partly, wrong = rates
    if right.total == 0:
        return ""
    rest = f"partly right on {partly.count}, wrong on {wrong.count}"
    return f"Over {weeks} weeks: right on {numbers.spoken(right)}, {rest}."


def lines(rates: tuple[Figure, ...], confusion: pl.DataFrame) -> tuple[str, ...]:
    """What the rates are to be held against: chance, where there are enough, and others."""
    if rates[0].total == 0:
        return ()
    pairs = {
        (row["seller_reason"], row["reason"]): int(row["agreed_count"])
        for row in confusion.to_dicts()
    }
    found = numbers.agreement(pairs)
    if found is None or found.total < numbers.PERCENT_FROM:
        return (YARDSTICK,)
    expected = wording.number(round(found.expected))
    said = (
        f"Where all who answered agree, we named their main reason {wording.times(found.count)} "
        f"in {found.total}; the same guesses dealt out at random would about "
        f"{'once' if round(found.expected) == 1 else f'{expected} times'} "
        f"(Cohen's kappa {found.kappa:.2f}: 0 is chance, 1 is always)."
    )
    return said, YARDSTICK


def moments(counts: pl.DataFrame) -> Panel | None:
    """When our reason had been committed; None where nothing is to be told."""
    everyone = int(counts["decision_count"].sum())
    rows = {row["moment"]: row for row in counts.to_dicts()}
    if not everyone or set(rows) == {"before"}:
        return None
    return Panel(
        "moments",
        "When we had logged it",
        tuple(
            Row(label, (_cell(label, rows[moment], everyone),))
            for moment, label in MOMENTS.items()
            if moment in rows
        ),
        note="Of the exits somebody told us about, and for which we had logged a reason.",
    )


def _cell(label: str, row: dict[str, object], everyone: int) -> Cell:
    ids = row["response_ids"]
    figure = numbers.figure(
        label,
        int(str(row["decision_count"])),
        everyone,
        MOMENTS_QUERY,
        tuple(ids) if isinstance(ids, list) else (),
    )
    return Cell(numbers.spoken(figure), figure)


def believed(logged: pl.DataFrame) -> str:
    """What we hold true unheard: `We logged price for three; no customer has confirmed it.`."""
    named = logged.filter(pl.col("seller_reason").is_not_null()).to_dicts()
    if not named:
        return ""
    parts = [f"{row['seller_label']} for {wording.number(row['decision_count'])}" for row in named]
    return f"We logged {wording.listed(parts, most=3)}; no customer has confirmed it."
