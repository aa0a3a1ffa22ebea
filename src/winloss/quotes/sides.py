"""Who has spoken, and in which words: by these keys nobody, and nothing, is printed twice."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl

from winloss.quotes import twins
from winloss.reporting import Quote

_WORDS = "words:"


def voice(response_key: str) -> str:
    """The key of one response among `taken`, for quotes printed in an earlier edition."""
    return f"response:{response_key}"


def sides(row: Mapping[str, Any]) -> frozenset[str]:
    """Everything by which two quotes can be found to be of one side, or in the same words.

    `row` has response_key, respondent, account_id and text, and of a quote span_start and
    span_end.
    """
    keys = {voice(row["response_key"])}
    keys |= {f"{kind}:{row[kind]}" for kind in ("respondent", "account_id") if row.get(kind)}
    return frozenset(keys.union(_said(row)))


def is_taken(row: Mapping[str, Any], taken: Collection[str]) -> bool:
    """Whether this side has spoken, or somebody in nearly these words."""
    return meets(sides(row), taken)


def meets(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two sets of `sides` are of one side, or hold nearly the same words."""
    if not frozenset(one).isdisjoint(other):
        return True
    return twins.has_twin(frozenset(_words(one)), frozenset(_words(other)))


def voices(candidates: pl.DataFrame, quote: Quote) -> frozenset[str]:
    """Keys of the response, respondent, account and words behind a quote, to be `taken`."""
    key = f"{quote.form_id}/{quote.response_id}"
    rows = candidates.filter(pl.col("response_key") == key)
    answers = rows.filter(pl.col("question_ref") == quote.question_ref).head(1)
    span = {"span_start": quote.span_start, "span_end": quote.span_end}
    return frozenset({voice(key)}).union(
        *(sides(row | span) for row in answers.iter_rows(named=True))
    )


def spoken_before(printed: pl.DataFrame) -> frozenset[str]:
    """The sides of quotes printed before.

    `printed`: `form_id` and `response_id` of each, and `text`, `span_start` and `span_end` where
    the answer is still on record.
    """
    return frozenset[str]().union(
        *(
            sides(row | {"response_key": f"{row['form_id']}/{row['response_id']}"})
            for row in printed.iter_rows(named=True)
        )
    )


def _said(row: Mapping[str, Any]) -> Iterator[str]:
    """The words of the whole answer and of the slice that is quoted."""
    text, start, end = (row.get(name) for name in ("text", "span_start", "span_end"))
    if text is None:
        return
    yield _WORDS + twins.words(text)
    if start is not None and end is not None:
        yield _WORDS + twins.words(text[start:end])


def _words(keys: Collection[str]) -> Iterator[str]:
    return (key.removeprefix(_WORDS) for key in keys if key.startswith(_WORDS))
