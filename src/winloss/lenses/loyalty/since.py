"""Where those who left went, and whether they would do so again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Panel, Row
from winloss.tally import OPEN, Tally, Told, noted, row

READS = ("loyalty_regret", "loyalty_rivals")

_REGRET_QUERY = "sql/reports/loyalty_regret.sql"
_AGAIN = {"no": "No", "unsure": "Not sure", "yes": "Yes"}
_UNKNOWN = {None: "Nobody that we know of", "unlisted": "A supplier we have no name for"}
_MOST_NAMED = 5


def again(answers: Tally) -> Told:
    """Whether they would decide the same way again, of those asked."""
    return answers.among(question_ref="same_again").told()


def rivals(counts: Mapping[str, pl.DataFrame]) -> Iterator[Panel]:
    """Whom they chose, as they say, otherwise as the CRM has it."""
    went = Tally(counts["loyalty_rivals"], "sql/reports/loyalty_rivals.sql")
    if not went.total:
        return
    # A rival's few leavers are not listed: each id would tell who it was.
    rows = [
        row(
            _UNKNOWN.get(name, name or ""),
            replace(went.figure(f"chose {name}", _is(name)), row_ids=()),
        )
        for name in went.rows["rival"].to_list()
    ]
    note = "Exits we heard from whose survey closed in the window."
    yield Panel("rivals", "Where they went", tuple(rows), note=note)


def _is(name: str | None) -> pl.Expr:
    return pl.col("rival").is_null() if name is None else pl.col("rival") == name


def regret(answers: Tally, voices: Voices) -> Iterator[Panel]:
    """Would they decide so again, what they found out since, and how they like it there."""
    told = again(answers)
    if not told.tally.total:
        return
    rows = []
    for value, label in _AGAIN.items():
        figure = told.tally.saying(f"would do so again: {label.lower()}", value)
        quote = voices.choose(("since_words",), figure.row_ids, beside=(figure,))
        rows.append(row(label, figure, quote))
    liked = answers.among(question_ref="satisfaction_chosen").told().tally
    if liked.figure("rated", pl.col("value") != OPEN).count:
        rows.append(row("Satisfied with whom they chose", liked.saying("satisfied there", "yes")))
        left = liked.saying("left open whether satisfied there", OPEN)
        rows += [row("Left that open", left)] if left.count else []
    note = noted(told.note, told.tally.left_out)
    columns = ("would decide so again", "of those who left")
    yield Panel("regret", "Happier there?", tuple(rows), columns, note)


def win_back(answers: Tally, counts: Mapping[str, pl.DataFrame]) -> Iterator[Panel]:
    """Who is not sure any more: named where they allow it."""
    told = again(answers)
    found = _regretting(answers, counts)
    if not found:
        return
    count, ids = int(found["voter_count"]), tuple(found["response_ids"])
    figure = numbers.figure("not sure, or no", count, count, _REGRET_QUERY, ids)
    asked = f"Half of them said so within {found['days_median']} days of deciding."
    is_enough = found["days_median"] is not None and count >= numbers.COUNT_ONLY_BELOW
    named = Cell(_named(count, list(found["account_names"])))
    rows = (Row("Not sure, or no", (Cell(str(count), figure), named)),)
    note = noted(told.note, asked if is_enough else "")
    yield Panel("win_back", "Worth another call", rows, note=note)


def named(answers: Tally, counts: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """The accounts that the list names, who are nowhere beside it quoted without their name."""
    return tuple(_regretting(answers, counts).get("account_ids", ())[:_MOST_NAMED])


def _regretting(answers: Tally, counts: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Those not sure any more, over the period that has enough to tell; empty where none are."""
    period = "all" if again(answers).note else "window"
    rows = counts["loyalty_regret"].filter(pl.col("period") == period).to_dicts()
    return rows[0] if rows else {}


def _named(count: int, names: list[str]) -> str:
    """Those who may be named, and how many more there are."""
    if not names:
        return "none of them may be named"
    rest = count - len(names[:_MOST_NAMED])
    more = [f"{wording.number(rest)} more"] if rest > 0 else []
    return wording.listed([*names[:_MOST_NAMED], *more])
