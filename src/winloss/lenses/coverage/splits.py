"""Who answers: asked, heard and silent by group, beside the mix of all exits."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import Cell, Panel
from winloss.reporting import Row as Line

QUERY = "sql/reports/coverage_splits.sql"
LEAST_EXPECTED = 5
DAYS = (7, 14, 30)

_SPLITS = {
    "kind": "kind of exit",
    "outcome": "how it ended",
    "segment": "segment",
    "team": "team",
    "value": "value",
}
_GROUPS = {
    "lost": "lost deals",
    "cancelled": "cancellations",
    "competitor": "chose a competitor",
    "no_decision": "left things as they are",
    "in_house": "does it themselves",
    "unknown": "nobody knows",
}
_NOBODY = {"outcome": "no outcome on record", "value": "value not recorded"}

Row = dict[str, Any]


def panels(splits: pl.DataFrame) -> tuple[Panel, ...]:
    """One panel per split in which at least two groups may be told apart, and days to answer."""
    made = (_panel(splits, split) for split in _SPLITS)
    return (*(panel for panel in made if panel is not None), *_days(splits))


def mix(splits: pl.DataFrame) -> str:
    """Whether those heard are another mix than all, over every split looked at; in a sentence."""
    tested = {
        said: p_value
        for split, said in _SPLITS.items()
        for p_value in [_p_value(_rows(splits, split))]
        if p_value is not None
    }
    if not tested:
        return ""
    found = numbers.discoveries(list(tested.values()))
    differs = [said for said, stands in zip(tested, found.found, strict=True) if stands]
    told = (
        f"Those heard are another mix than all, by {wording.listed(differs)}."
        if differs
        else "Those heard differ from all no more than chance allows."
    )
    return f"{told} {found.said} (Chi-square, or Fisher's exact test for two groups.)"


def _rows(splits: pl.DataFrame, split: str) -> list[Row]:
    return splits.filter(pl.col("split") == split).to_dicts()


def _panel(splits: pl.DataFrame, split: str) -> Panel | None:
    rows = sorted(_rows(splits, split), key=lambda row: _place(split, row))
    names = {str(row["grouped_by"]): _name(split, row, rows) for row in rows}
    closed = {str(row["grouped_by"]): int(row["closed_count"]) for row in rows}
    hidden = numbers.suppressed(closed)
    shown = [row for row in rows if str(row["grouped_by"]) not in hidden]
    if len(rows) < 2 or not shown:  # noqa: PLR2004 (one group is no split)
        return None
    everyone, heard = sum(closed.values()), sum(int(row["answered_count"]) for row in rows)
    has_unknown = any(row["unknown_count"] for row in rows)
    asked = "asked: unknown" if has_unknown else "asked"
    return Panel(
        f"heard_by_{split}",
        f"Who answers, by {_SPLITS[split]}",
        tuple(_line(names[str(row["grouped_by"])], row, everyone, heard) for row in shown),
        (_SPLITS[split], "of all exits", "of those heard", asked, "told us why", "silent"),
        _hidden_said(len(hidden)),
    )


def _line(name: str, row: Row, everyone: int, heard: int) -> Line:
    closed, answered = int(row["closed_count"]), int(row["answered_count"])
    # The rows of a group are not listed: a segment or a value beside an id tells who it was.
    figure = numbers.figure(name, answered, closed, QUERY)
    asked = row["unknown_count"] or row["asked_count"]
    cells = (
        Cell(_share(closed, everyone)),
        Cell(_share(answered, heard)),
        Cell(str(asked)),
        Cell(numbers.spoken(figure), figure),
        Cell(str(closed - answered)),
    )
    return Line(name, cells)


def _share(count: int, total: int) -> str:
    """A part of a whole: the share where the whole is large enough for one, else the counts."""
    if total < numbers.PERCENT_FROM:
        return f"{count} of {total}"
    return f"{numbers.percent_said(count / total)} ({count})"


def _place(split: str, row: Row) -> tuple[object, ...]:
    is_last = row["grouped_by"] is None
    largest = 0 if split == "value" else -int(row["closed_count"])
    return is_last, largest, str(row["grouped_by"])


def _name(split: str, row: Row, rows: Sequence[Row]) -> str:
    group = row["grouped_by"]
    if group is None:
        return _NOBODY.get(split, f"{_SPLITS[split]} not recorded")
    return _third(row, rows) if split == "value" else _GROUPS.get(group, str(group))


def _third(row: Row, rows: Sequence[Row]) -> str:
    """A third of the exits by value: `up to $18k`, `above $18k, up to $45k`, `above $45k`."""
    below = [
        float(each["most_usd"])
        for each in rows
        if each["grouped_by"] is not None and each["grouped_by"] < row["grouped_by"]
    ]
    above = [each for each in rows if (each["grouped_by"] or "") > row["grouped_by"]]
    low = f"above {wording.usd(max(below))}" if below else ""
    high = f"up to {wording.usd(float(row['most_usd']))}" if above or not below else ""
    return ", ".join(said for said in (low, high) if said)


def _hidden_said(count: int) -> str:
    if not count:
        return ""
    verb = "group is" if count == 1 else "groups are"
    return (
        f"{wording.sentence(wording.number(count))} {verb} not shown: under "
        f"{wording.number(numbers.FLOOR)}, or to be told by subtraction."
    )


def _p_value(rows: Sequence[Row]) -> float | None:
    """That groups answer alike; groups too small for chi-square are taken together.

    Cochran, "Some Methods for Strengthening the Common Chi-Squared Tests", Biometrics 10 (1954).
    None where one group is left, or everybody or nobody answered.
    """
    pairs = sorted((int(row["closed_count"]), int(row["answered_count"])) for row in rows)
    everyone, heard = sum(closed for closed, _ in pairs), sum(said for _, said in pairs)
    if heard in (0, everyone):
        return None
    rarer = min(heard, everyone - heard) / everyone
    while len(pairs) > 2 and pairs[0][0] * rarer < LEAST_EXPECTED:  # noqa: PLR2004 (two are exact)
        (closed, said), (more, too) = pairs[:2]
        pairs = sorted([(closed + more, said + too), *pairs[2:]])
    if len(pairs) < 2:  # noqa: PLR2004 (one group has none to differ from)
        return None
    if len(pairs) == 2:  # noqa: PLR2004 (two are exact)
        return numbers.exact(*((said, closed) for closed, said in pairs))
    from scipy.stats import chi2_contingency

    table = [[said, closed - said] for closed, said in pairs]
    return float(chi2_contingency(table, correction=False).pvalue)


def _days(splits: pl.DataFrame) -> tuple[Panel, ...]:
    """How long they took from the decision to the first answer."""
    rows = _rows(splits, "all")
    if not rows or rows[0]["answered_count"] < numbers.COUNT_ONLY_BELOW:
        return ()
    row = rows[0]
    answered, ids = int(row["answered_count"]), tuple(row["response_ids"] or ())
    middle = numbers.figure("days to answer", answered, answered, QUERY, ids)
    quarters = f"half took between {row['early_days']:.0f} and {row['late_days']:.0f} days"
    within = [
        Line(f"within {days} days", (Cell(numbers.spoken(figure), figure),))
        for days in DAYS
        for figure in [
            numbers.figure(f"within {days} days", int(row[f"within_{days}_count"]), answered, QUERY)
        ]
    ]
    return (
        Panel(
            "days",
            "How soon they answered",
            (
                Line("median", (Cell(f"{row['median_days']:.0f} days; {quarters}", middle),)),
                *within,
            ),
            ("from the decision to the first answer", "of those who answered"),
        ),
    )
