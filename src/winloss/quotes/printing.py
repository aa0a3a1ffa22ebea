"""What may be printed of a sentence: masked, readable, and without an unchecked stranger."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from winloss.quotes.fit import is_fit
from winloss.quotes.mask import Masked, covered, mask
from winloss.quotes.names import Mark, Names
from winloss.quotes.split import sentences
from winloss.quotes.strangers import strangers
from winloss.reporting import Quote

MOST_MASKS = 2
UNCHECKED: Mark = "name?"


def printed(row: Mapping[str, Any], names: Names) -> Quote | None:
    """The quote of a row of `candidates`; None where it must not be printed."""
    masked = mask(row["text"], names)
    if not _is_readable(masked, row) or is_unchecked(
        row["text"], row["span_start"], row["span_end"], names
    ):
        return None
    return Quote(
        text=masked.slice(row["span_start"], row["span_end"]),
        attribution=row["attribution"],
        form_id=row["form_id"],
        response_id=row["response_id"],
        question_ref=row["question_ref"],
        span_start=row["span_start"],
        span_end=row["span_end"],
        is_cut_before=row["is_cut_before"],
        is_cut_after=row["is_cut_after"],
        language=row["language"] or "en",
    )


def entire(quote: Quote, text: str, names: Names) -> Quote:
    """The quote widened to the whole answer, where that is short and fit to print; else itself."""
    spans = sentences(text)
    start, end = spans[0][0], spans[-1][1]
    masked = mask(text, names)
    row = {"span_start": start, "span_end": end}
    is_closed = not _is_readable(masked, row) or is_unchecked(text, start, end, names)
    if not is_fit(text[start:end]) or is_closed:
        return quote
    return replace(
        quote,
        text=masked.slice(start, end),
        span_start=start,
        span_end=end,
        is_cut_before=False,
        is_cut_after=False,
    )


def guarded(text: str, names: Names) -> Masked:
    """The text masked, and with `[name?]` for what might be a stranger's name nobody looked at."""
    masked = mask(text, names)
    if names.may_print_unchecked:
        return masked
    found = [(start, end, UNCHECKED) for start, end in strangers(text, names, masked)]
    return covered(text, [*masked.marks, *found])


def is_unchecked(text: str, start: int, end: int, names: Names) -> bool:
    """Whether `text[start:end]` may hold a stranger's name that must be looked at first."""
    if names.may_print_unchecked:
        return False
    return any(left < end and right > start for left, right in strangers(text, names))


def held_back(verbatims: pl.DataFrame, names: Names) -> int:
    """How many of these answers may be quoted but for a name that nobody has looked at.

    `verbatims`: `text` and `may_quote` of each answer. 0 where the programme prints them anyhow.
    """
    texts = verbatims.filter(pl.col("may_quote").is_in(["named", "unnamed"]))["text"]
    return sum(is_unchecked(text, 0, len(text), names) for text in texts)


def _is_readable(masked: Masked, row: Mapping[str, Any]) -> bool:
    """False where a mask is cut through, or masks hide more than a name or two."""
    start, end = row["span_start"], row["span_end"]
    inside = [mark for mark in masked.marks if mark[0] < end and mark[1] > start]
    hidden = sum(right - left for left, right, _ in inside)
    return not masked.cuts(start, end) and len(inside) <= MOST_MASKS and hidden * 3 <= end - start
