"""The ledger: what was promised, what we say came of it, and what they say."""

import textwrap
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.lenses.promises.counting import FEW, Ledger, cell
from winloss.quotes import Names, Voices, mask
from winloss.reporting import Cell, Figure, Panel, Quote, Row

OURS_QUERY = "sql/reports/promises_ours.sql"
LINE_QUERY = "sql/reports/promises_line.sql"

_MOST = 8
_LONGEST = 120
_VERDICTS = {
    "kept": "kept",
    "late": "late",
    "broken": "not kept",
    "not_due": "not due yet",
    "none": "nothing was promised",
}
_WORD = (
    ("kept", "kept in time"),
    ("late", "late"),
    ("broken", "not kept"),
)
_STANDING = (
    ("disputed", "we say kept, they say late or not kept"),
    ("never_logged", "they remember it, we logged nothing"),
    ("denied", "we logged it, they say nothing was promised"),
    ("disagreed", "people of one customer disagree"),
)
_REFS = ("promise_words", "promised_words")


def panels(counts: Mapping[str, pl.DataFrame], told: Ledger, voices: Voices) -> Iterator[Panel]:
    """How promises went, how the two sides stand, and what we logged."""
    note = "" if told.scope == "window" else FEW
    if told.figure("kept").total:
        yield _word(told, voices, note)
    has_logged = bool(counts["promises_ours"].height)
    standing = [
        Row(label, (cell(told.figure(said)),))
        for said, label in _STANDING
        if told.figure(said).total and (has_logged or said == "disagreed")
    ]
    if standing:
        yield Panel("standing", "Our word and theirs", tuple(standing), note=note)
    ours = (*_ours(counts["promises_ours"]), *_line(counts["promises_line"]))
    if ours:
        yield Panel("record", "What our side has on record", ours)


def beside(rows: pl.DataFrame, voices: Voices) -> dict[str, Quote]:
    """Promise key -> a named voice on it: without a name nobody stands beside a promise."""
    named = voices.verbatims.filter(pl.col("may_quote") == "named")["response_id"].to_list()
    found = {
        str(row["promise_key"]): voices.choose(_REFS, set(named).intersection(row["response_ids"]))
        for row in rows.head(_MOST).to_dicts()
    }
    return {key: quote for key, quote in found.items() if quote is not None}


def promises(
    rows: pl.DataFrame, named: Mapping[str, Quote], unnamed: Collection[str], names: Names
) -> Iterator[Panel]:
    """The promises themselves, of those whose customer lets them be shown.

    `named` are the voices of `beside`. `unnamed` are the responses of voices printed without a
    name: their words may tell which promise they mean, so that it is not shown.
    """
    allowed = [row for row in rows.to_dicts() if not set(unnamed) & set(row["response_ids"])]
    if not allowed:
        return
    shown = [_promise(row, named.get(row["promise_key"]), names) for row in allowed[:_MOST]]
    note = "What customers let us show, the disputed first."
    if more := len(allowed) - len(shown):
        note += f" {wording.sentence(wording.number(more))} more stand in the totals below."
    columns = ("we promised", "by", "due", "we say", "they say")
    yield Panel("ledger", "The ledger", tuple(shown), columns, note)


def _promise(row: dict[str, Any], quote: Quote | None, names: Names) -> Row:
    due_on = row["promise_due_on"]
    said = sorted(row["their_verdicts"], key=[*_VERDICTS].index)
    theirs = [_VERDICTS[each] for each in said]
    return Row(
        textwrap.shorten(mask(str(row["promise_text"]), names).text, _LONGEST, placeholder=" …"),
        (
            Cell(str(row["promised_by"] or "")),
            Cell(f"{wording.day(due_on)} {due_on.year}" if due_on else ""),
            Cell(_VERDICTS.get(str(row["our_verdict"]), "nothing yet")),
            Cell(theirs[0] if len(theirs) == 1 else f"they differ: {wording.listed(theirs)}"),
        ),
        quote,
    )


def _word(told: Ledger, voices: Voices, note: str) -> Panel:
    rows = []
    for said, label in _WORD:
        figure = told.figure(said)
        quote = voices.choose(_REFS, figure.row_ids, beside=(figure,))
        rows.append(Row(label, (cell(figure),), quote))
    return Panel("word", "What customers say came of it", tuple(rows), note=note)


def _ours(ours: pl.DataFrame) -> tuple[Row, ...]:
    """Our own record over the window, or since the beginning where the window has nothing."""
    rows = {row["scope"]: row for row in ours.to_dicts()}
    found = rows.get("window") or rows.get("ever")
    if found is None:
        return ()
    logged = int(found["logged_count"])
    said = (
        ("unheard", "nobody has spoken of it yet"),
        ("not_due", "not due yet"),
        ("unjudged", "we have not said what came of it"),
        ("measurable", "one can tell whether it was kept"),
        ("remedy", "it says what they get if we fail"),
    )
    return (
        Row("promises logged", (Cell(str(logged)),)),
        *(
            Row(label, (cell(_counted(name, int(found[f"{name}_count"]), logged, OURS_QUERY)),))
            for name, label in said
        ),
    )


def _line(line: pl.DataFrame) -> tuple[Row, ...]:
    rows = {row["scope"]: row for row in line.to_dicts()}
    found = rows.get("window") or rows.get("ever")
    if found is None or not found["answered_count"]:
        return ()
    figure = _counted("drew_line", found["drawn_count"], found["answered_count"], LINE_QUERY)
    left = found["asked_count"] - found["answered_count"]
    said = f"{numbers.spoken(figure)}{f'; {wording.number(left)} left it open' if left else ''}"
    return (Row("we said in writing what we cannot do", (Cell(said, figure),)),)


def _counted(name: str, count: int, total: int, query: str) -> Figure:
    return numbers.figure(name, count, total, query)
