"""Where those who left went, and whether they would do so again."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Panel, Row
from winloss.tally import Tally, Told, noted, row

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
    rows = [
        row(_UNKNOWN.get(name, name or ""), went.figure(f"chose {name}", _is(name)))
        for name in went.rows["rival"].to_list()
    ]
    note = "Exits we heard from whose survey closed in the window."
    yield Panel("rivals", "Where they went", tuple(rows), note=note)


def _is(name: str | None) -> pl.Expr:
    return pl.col("rival").is_null() if name is None else pl.col("rival") == name


def regret(answers: Tally, counts: Mapping[str, pl.DataFrame], voices: Voices) -> Iterator[Panel]:
    """Would they decide so again, what they found out since, and how they like it there."""
    told = again(answers)
    if not told.tally.total:
        return
    quotable = _row_of(counts["loyalty_regret"], "all").get("quotable_ids", ())
    rows = []
    for value, label in _AGAIN.items():
        figure = told.tally.saying(f"would do so again: {label.lower()}", value)
        ids = [each for each in figure.row_ids if value == "yes" or each in quotable]
        rows.append(row(label, figure, voices.choose(("since_words",), ids)))
    liked = answers.among(question_ref="satisfaction_chosen").told().tally
    rated = Tally(liked.rows.filter(pl.col("value") != "open"), liked.query)
    if rated.total:
        rows.append(row("Satisfied with whom they chose", rated.saying("satisfied there", "yes")))
    note = noted(told.note, told.tally.left_out)
    columns = ("would decide so again", "of those who left")
    yield Panel("regret", "Happier there?", tuple(rows), columns, note)


def win_back(answers: Tally, counts: Mapping[str, pl.DataFrame]) -> Iterator[Panel]:
    """Who is not sure any more: named where they allow it, and never beside unnamed words."""
    told = again(answers)
    found = _row_of(counts["loyalty_regret"], "all" if told.note else "window")
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


def _named(count: int, names: list[str]) -> str:
    """Those who may be named, and how many more there are."""
    if not names:
        return "none of them may be named"
    rest = count - len(names[:_MOST_NAMED])
    more = [f"{wording.number(rest)} more"] if rest > 0 else []
    return wording.listed([*names[:_MOST_NAMED], *more])


def _row_of(frame: pl.DataFrame, period: str) -> dict[str, Any]:
    rows = frame.filter(pl.col("period") == period).to_dicts()
    return rows[0] if rows else {}
