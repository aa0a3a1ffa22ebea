"""What they wanted to buy, and whether our side had known."""

from typing import Any

import polars as pl

from winloss import numbers
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/know_why_goals.sql"
MOST_QUOTES = 3


def panels(counts: pl.DataFrame, voices: Voices) -> tuple[Panel, ...]:
    """How often our side had written the customer's goal, and customers' goals in their words.

    What we pitched is counted alone: one pitch beside one goal would tell whose both are.
    """
    row = counts.to_dicts()[0] if counts.height else {}
    if not row.get("asked_count"):
        return ()
    return tuple(each for each in (_known(row), _wanted(row, voices)) if each is not None)


def _known(row: dict[str, Any]) -> Panel:
    told = _figure("told us what they wanted", row, "goal", row["asked_count"])
    rows = [_row(told)]
    if told.count:
        form = _figure("our seller had filled in the form before they answered", row, "form")
        rows.append(_row(form))
    if row["form_count"]:
        rows += [
            _row(_figure("our seller had written their goal", row, "known", row["form_count"])),
            _row(
                _figure("our seller had noted what we pitched", row, "pitched", row["form_count"])
            ),
        ]
    if row["known_count"]:
        hint = "our seller's words share one with theirs (a hint, no more)"
        rows.append(_row(_figure(hint, row, "shared", row["known_count"])))
    return Panel(
        "goals",
        "What they wanted to buy",
        tuple(rows),
        note="Exits whose survey closed in the window. "
        "A goal our side wrote once it had been shown the answer does not count.",
    )


def _figure(label: str, row: dict[str, Any], what: str, of: int | None = None) -> Figure:
    total = row["goal_count"] if of is None else of
    return numbers.figure(
        label, row[f"{what}_count"], total, QUERY, tuple(row[f"{what}_ids"] or ())
    )


def _row(figure: Figure) -> Row:
    return Row(figure.name, (Cell(numbers.spoken(figure), figure),))


def _wanted(row: dict[str, Any], voices: Voices) -> Panel | None:
    found = [voices.choose(("goal",), row["goal_ids"] or ()) for _ in range(MOST_QUOTES)]
    rows = tuple(Row("They wanted:", (), quote) for quote in found if quote is not None)
    return Panel("wanted", "In their words", rows) if rows else None
