"""Every reason of the window: how it was given, and whether it is named more than before."""

from collections.abc import Mapping

import polars as pl

from winloss import numbers, wording
from winloss.lenses.drivers.counts import (
    WINDOW_QUERY,
    Counts,
    Row,
    figure_of,
    named,
    strata,
    total,
)
from winloss.reporting import Cell, Figure, Pair, Panel, RankedReason
from winloss.reporting import Row as Line

DISAGREEMENT_QUERY = "sql/reports/drivers_disagreement.sql"


def ranking(window: pl.DataFrame, doubts: Mapping[str, str]) -> tuple[RankedReason, ...]:
    """Every reason, most named first; a main reason goes before one named beside another.

    `doubts` holds what to say of reasons that are read too differently.
    """
    return tuple(
        RankedReason(
            str(row["label"] or row["reason"]),
            theirs=_figure(row, "their reason", "decision_count"),
            primary=_figure(row, "main reason", "primary_count", "primary_ids"),
            written=_figure(row, "wrote", "written_count", "written_ids"),
            chosen=_figure(row, "ticked", "chosen_count", "chosen_ids"),
            decisive=_figure(row, "would have changed it", "decisive_count", "decisive_ids"),
            tentative=doubts.get(str(row["reason"]), ""),
        )
        for row in _ranked(window)
    )


def _ranked(window: pl.DataFrame) -> list[Row]:
    return (
        window.filter(pl.col("reason").is_not_null())
        .sort("decision_count", "primary_count", "reason", descending=[True, True, False])
        .to_dicts()
    )


def _figure(row: Row, name: str, column: str, ids: str = "response_ids") -> Figure:
    return figure_of(row, name, column, WINDOW_QUERY, ids)


def disagreements(pairs: pl.DataFrame) -> tuple[Pair, ...]:
    """Ticked one reason, wrote another."""
    return tuple(
        Pair(
            row["chosen_label"],
            row["written_label"],
            numbers.figure(
                f"ticked {row['chosen_label']}, wrote {row['written_label']}",
                row["decision_count"],
                row["both_count"],
                DISAGREEMENT_QUERY,
                tuple(row["response_ids"]),
            ),
        )
        for row in pairs.to_dicts()
    )


def changes(counts: Counts, weeks: int) -> tuple[str, Panel | None]:
    """Which reasons are named more or less than in as many weeks before, in words and as a table.

    Among like segments, and only what stands once every reason looked at is allowed for.
    """
    if min(total(counts.window), total(counts.before)) < numbers.COUNT_ONLY_BELOW:
        return "", None
    labels = {
        str(row["reason"]): str(row["label"] or row["reason"])
        for row in [*_ranked(counts.before), *_ranked(counts.window)]
        if row["decision_count"]
    }
    looked_at = sorted(labels)
    found = numbers.discoveries([_p_value(counts, reason) for reason in looked_at])
    changed = [reason for reason, is_found in zip(looked_at, found.found, strict=True) if is_found]
    said = (
        f"{wording.sentence(wording.counted(len(looked_at), 'reason'))} "
        f"{'was' if len(looked_at) == 1 else 'were'} compared with the {weeks} weeks before, "
        f"among like segments. {found.said}"
    )
    if not changed:
        return said, None
    rows = tuple(_changed(counts, reason, labels[reason]) for reason in changed)
    columns = ("reason", f"the last {weeks} weeks", f"the {weeks} weeks before")
    return said, Panel("changes", "Named more, or less, than before", rows, columns, said)


def _p_value(counts: Counts, reason: str) -> float:
    now, before = named(counts.window, reason), named(counts.before, reason)
    by_segment = strata(counts, reason)
    tested = numbers.stratified(
        {segment: later for segment, (later, _) in by_segment.items()},
        {segment: sooner for segment, (_, sooner) in by_segment.items()},
    )
    return tested.p_value if tested else numbers.exact(now, before)


def _changed(counts: Counts, reason: str, label: str) -> Line:
    now, before = (
        numbers.figure(label, *named(each, reason), WINDOW_QUERY)
        for each in (counts.window, counts.before)
    )
    return Line(label, (Cell(numbers.spoken(now), now), Cell(numbers.spoken(before), before)))
