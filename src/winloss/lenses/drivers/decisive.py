"""What would have changed the outcome, and the close calls worth winning back."""

from collections.abc import Sequence

import polars as pl

from winloss import numbers, tally, wording
from winloss.lenses.drivers.counts import Row
from winloss.reporting import Cell, Figure, Panel
from winloss.reporting import Row as Line

QUERY = "sql/reports/drivers_moved.sql"
NAMES = 3

_ANSWERS = {
    "yes": "yes: would have chosen us, or stayed",
    "maybe": "maybe",
    "no": "no",
    None: "left it open",
}


def panels(moved: pl.DataFrame) -> tuple[Panel, ...]:
    """What would have changed it, and of those who say yes, why they left and what they are worth.

    `moved` is one row per answer and reason; a row without a source counts the answer.
    """
    answers = {row["decisive"]: row for row in moved.filter(pl.col("source").is_null()).to_dicts()}
    if not answers:
        return ()
    asked = sum(int(row["decision_count"]) for row in answers.values())
    close = answers.get("yes")
    return (
        _moved(moved, answers, asked),
        *((_close_calls(moved, close),) if close else ()),
    )


def _moved(moved: pl.DataFrame, answers: dict[str | None, Row], asked: int) -> Panel:
    told = [
        Line(said, (Cell(numbers.spoken(figure), figure), Cell("")))
        for answer, said in _ANSWERS.items()
        for figure in [_figure(said, answers.get(answer), asked)]
    ]
    named = moved.filter(
        (pl.col("source") == "decisive") & pl.col("decisive").is_in(["yes", "maybe"])
    )
    reasons = [
        Line(
            f"and would have needed something about {label}",
            (Cell(str(yes + maybe)), Cell(f"{yes} yes, {maybe} maybe")),
        )
        for label, yes, maybe in _needed(named)
    ]
    return Panel(
        "moved",
        "Had we put exactly that right, would they have chosen us, or stayed?",
        (*told, *reasons),
        ("answer", "decisions", "of them"),
        tally.noted(
            "What they would have needed is counted where their words name it.",
            tally.differing(sum(int(row["split_count"]) for row in answers.values())),
        ),
    )


def _needed(named: pl.DataFrame) -> list[tuple[str, int, int]]:
    """Label, how many said yes and how many maybe; most named first."""
    counts: dict[str, dict[str, int]] = {}
    for row in named.to_dicts():
        label = str(row["label"] or row["reason"])
        counts.setdefault(label, {})[row["decisive"]] = int(row["decision_count"])
    found = [(label, by.get("yes", 0), by.get("maybe", 0)) for label, by in counts.items()]
    return sorted(found, key=lambda each: (-each[1] - each[2], -each[1], each[0]))


def _close_calls(moved: pl.DataFrame, close: Row) -> Panel:
    count = int(close["decision_count"])
    rows = moved.filter((pl.col("decisive") == "yes") & (pl.col("source") == "theirs")).sort(
        "decision_count", "reason", descending=[True, False]
    )
    lines = [_close(str(row["label"] or row["reason"]), row, count) for row in rows.to_dicts()]
    return Panel(
        "close_calls",
        "Close calls worth winning back",
        tuple(lines),
        ("why they left", "decisions", "who lets us say so"),
        f"{_worth(close)} A decision that several explain may stand under several reasons.",
    )


def _close(label: str, row: Row, total: int) -> Line:
    figure = _figure(label, row, total)
    return Line(label, (Cell(numbers.spoken(figure), figure), Cell(_names(row["account_names"]))))


def _worth(close: Row) -> str:
    """The value of those who let us see their answers, as one sum, and of how many that is.

    A sum of all of them would tell the value of those who do not, once the others' are known.
    """
    count, amount = int(close["decision_count"]), close["seen_amount_usd"]
    seen = count - int(close["confided_count"])
    said = (
        f"{wording.sentence(wording.number(count))} would have chosen us, or stayed, had we put "
        "exactly that right"
    )
    if not seen:
        return f"{said}; none of them lets us see their answers, nor say what they are worth."
    if not amount:
        return f"{said}; their value is not recorded."
    least = "at least " if close["without_amount_count"] else ""
    verb = "is" if seen == 1 else "are"
    whose = f"The {wording.number(seen)} whose answers we may see {verb} worth"
    return f"{said}. {whose} {least}{wording.usd(float(amount))}."


def _figure(name: str, row: Row | None, total: int) -> Figure:
    if row is None:
        return numbers.figure(name, 0, total, QUERY)
    ids = tuple(row["response_ids"] or ())
    return numbers.figure(name, int(row["decision_count"]), total, QUERY, ids)


def _names(names: Sequence[str] | None) -> str:
    return wording.listed(list(names or ()), most=NAMES)
