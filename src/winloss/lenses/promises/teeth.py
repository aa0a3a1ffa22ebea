"""What stands behind our promises: the price of failing, and the five tests of a guarantee."""

from collections.abc import Iterator

import polars as pl

from winloss import numbers
from winloss.lenses.promises.counting import Answers, cell, left_open
from winloss.reporting import Cell, Figure, Panel, Row

QUERY = "sql/reports/promises_teeth.sql"

_COSTS = {
    "nothing": "nothing",
    "apology": "an apology",
    "money_back": "money or service back",
    "dont_know": "they do not know",
}
_TESTS = {
    "unconditional": "it has no conditions",
    "easy_to_understand": "it is easy to understand",
    "meaningful": "it would make up for the harm",
    "easy_to_invoke": "it is easy to call on",
    "easy_to_collect": "it is paid at once",
    "no_guarantee": "they know of none",
}


def panels(answers: Answers, kept: pl.DataFrame) -> Iterator[Panel]:
    """What failing would cost us, beside how often it was kept; and Hart's tests."""
    if answers.answered_count("failure_cost"):
        scope = answers.scope("failure_cost")
        rows = tuple(
            Row(label, (cell(answers.of("failure_cost", None, cost)), _kept(kept, scope, cost)))
            for cost, label in _COSTS.items()
        )
        columns = ("if we failed, it would cost us", "say customers", "of these, promise kept")
        note = answers.note("failure_cost")
        rows = (*rows, *left_open(answers, "failure_cost"))
        yield Panel("teeth", "What failing would cost us", rows, columns, note)
    tests = [
        Row(label, (cell(answers.of("guarantee_tests", None, test)),))
        for test, label in _TESTS.items()
        if answers.answered_count("guarantee_tests")
    ]
    if tests:
        tests += left_open(answers, "guarantee_tests", label="left the tests open")
    if answers.answered_count("top_stands"):
        stands = answers.of("top_stands", None, "yes")
        tests.append(Row("somebody at the top stands behind it", (cell(stands),)))
        tests += left_open(answers, "top_stands", label="left it open who stands behind it")
    if tests:
        note = answers.note("guarantee_tests")
        yield Panel("guarantee", "What customers can say of our guarantee", tuple(tests), note=note)


def _kept(kept: pl.DataFrame, scope: str, cost: str) -> Cell:
    rows = kept.filter((pl.col("scope") == scope) & (pl.col("failure_cost") == cost)).to_dicts()
    if not rows:
        return Cell("–")
    row = rows[0]
    figure: Figure = numbers.figure(
        f"kept, {cost}", row["voter_count"], row["total_count"], QUERY, tuple(row["response_ids"])
    )
    return cell(figure)
