"""By segment and by competitor: what they named, and how often we win."""

import polars as pl

from winloss import numbers, wording
from winloss.lenses.drivers.counts import Row
from winloss.numbers import Shrunk
from winloss.reporting import Cell, Panel
from winloss.reporting import Row as Line

QUERY = "sql/reports/drivers_splits.sql"
RATES_QUERY = "sql/reports/drivers_rates.sql"
REASONS = 3

_NOBODY = {"segment": "segment not recorded", "competitor": "no competitor known"}
_UNLISTED = "a competitor not on our list"
_NO_ORDER = "No group differs from the others more than chance allows, so the order tells nothing."
_TOO_FEW = "Fewer than three groups: nothing to draw them towards."


def reasons(splits: pl.DataFrame, split: str) -> Panel | None:
    """The reasons most named in each group of a split that may be shown, largest group first.

    None where there is one group, which is everybody.
    """
    rows = splits.filter(pl.col("split") == split).to_dicts()
    heard = {
        _name(split, row["grouped_by"]): int(row["heard_count"])
        for row in rows
        if row["reason"] is None
    }
    hidden = numbers.suppressed(heard)
    shown = sorted(heard.keys() - hidden, key=lambda name: (-heard[name], name))
    lines = [
        line
        for name in shown
        for line in _group(
            f"{name} ({heard[name]} heard)",
            [row for row in rows if _name(split, row["grouped_by"]) == name and row["reason"]],
        )
    ]
    if len(heard) == 1 or not lines:
        return None
    return Panel(
        f"reasons_by_{split}",
        f"What they named, by {split}",
        tuple(lines),
        (split, "reason", "named it", "as the main reason", "beside another"),
        f"The {wording.number(REASONS)} most named of each. {hidden_said(len(hidden))}".strip(),
    )


def _group(name: str, rows: list[Row]) -> list[Line]:
    ranked = sorted(
        (row for row in rows if row["decision_count"]),
        key=lambda row: (-row["decision_count"], -row["primary_count"], row["reason"]),
    )
    return [_line("" if place else name, row) for place, row in enumerate(ranked[:REASONS])]


def _line(name: str, row: Row) -> Line:
    label = str(row["label"] or row["reason"])
    # The rows of a group are not listed: a segment or a rival beside an id tells who it was.
    figure = numbers.figure(label, row["decision_count"], row["heard_count"], QUERY)
    main = int(row["primary_count"])
    cells = (
        Cell(label),
        Cell(numbers.spoken(figure), figure),
        Cell(str(main)),
        Cell(str(figure.count - main)),
    )
    return Line(name, cells)


def rates(counts: pl.DataFrame, split: str, weeks: int) -> Panel | None:
    """How often we win in each group, its own rate beside the one drawn towards all.

    Sorted by rate only where a group is apart; else by name, since luck crowns nobody.
    """
    rows = counts.filter(pl.col("split") == split).to_dicts()
    decided = {_name(split, row["grouped_by"]): row for row in rows}
    hidden = numbers.suppressed({name: int(row["decided_count"]) for name, row in decided.items()})
    ranked = numbers.shrunk(
        [
            (name, int(row["won_count"]), int(row["decided_count"]))
            for name, row in decided.items()
            if name not in hidden
        ]
    )
    if not ranked:
        return None
    has_order = any(group.is_apart for group in ranked)
    order = ranked if has_order else sorted(ranked, key=lambda group: group.name)
    note = f"Won, of the opportunities won or lost that were decided in the last {weeks} weeks."
    order_said = "" if has_order else (_NO_ORDER if ranked[0].low is not None else _TOO_FEW)
    columns = (split, "won", "drawn towards all")
    return Panel(
        f"wins_by_{split}",
        f"How often we win, by {split}",
        tuple(_rate(group, has_order=has_order) for group in order),
        (*columns, "apart") if has_order else columns,
        " ".join(said for said in (note, order_said, hidden_said(len(hidden))) if said),
    )


def _rate(group: Shrunk, *, has_order: bool) -> Line:
    figure = numbers.figure(group.name, group.count, group.total, RATES_QUERY)
    cells = (Cell(numbers.spoken(figure), figure), Cell(_drawn(group)))
    return Line(group.name, (*cells, Cell(_apart(group))) if has_order else cells)


def _drawn(group: Shrunk) -> str:
    """No percentage where the group is too small for one; the interval then speaks."""
    if group.share is None:
        return numbers.NOBODY
    share = numbers.percent_said(group.share)
    if group.low is None or group.high is None:
        return share
    likely = numbers.likely_said(group.low, group.high)
    return f"{share} ({likely})" if group.total >= numbers.PERCENT_FROM else likely


def _apart(group: Shrunk) -> str:
    if not group.is_apart or group.share is None:
        return ""
    is_more = group.count > group.share * group.total
    return "more often than the others" if is_more else "less often than the others"


def hidden_said(count: int) -> str:
    """How many groups are not shown, and why; empty where all are."""
    if not count:
        return ""
    verb = "group is" if count == 1 else "groups are"
    return (
        f"{wording.sentence(wording.number(count))} {verb} not shown: under "
        f"{wording.number(numbers.FLOOR)}, or to be told by subtraction."
    )


def _name(split: str, group: str | None) -> str:
    if group is None:
        return _NOBODY[split]
    return _UNLISTED if split == "competitor" and group == "unlisted" else group
