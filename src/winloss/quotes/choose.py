"""Which sentence a report prints, by a rule that is written down.

1. Consented: `may_quote` is `named` or `unnamed`.
2. Fit to print: one sentence of 3 to 40 words and at most 220 characters (a longer one is cut at
   clauses, shown as such), whole in its brackets, without control or direction characters.
3. It supports the claim: the evidence for the reason lies inside it.
4. Nobody speaks twice: no response, respondent or account that is already `taken`.
5. Of those left: the answer's primary reason first; then a sentence that is clear on its own, then
   one of at most 140 characters, then the newest, then by key, so that the choice never varies.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Literal

import polars as pl

from winloss.quotes.fit import is_fit
from winloss.quotes.mask import Masked, mask
from winloss.quotes.names import Names
from winloss.quotes.split import sentences
from winloss.reporting import Quote

SHORT = 140
MOST_MASKS = 2
Stance = Literal["against", "for"]
AGAINST_THE_CLAIM: Mapping[Stance, frozenset[str]] = {
    "against": frozenset({"ours_good", "theirs_bad"}),
    "for": frozenset({"ours_bad", "theirs_good"}),
}


def choose(
    candidates: pl.DataFrame,
    *,
    names: Names,
    reason: str | None = None,
    stance: Stance | None = None,
    taken: Collection[str] = (),
) -> Quote | None:
    """The quote that stands for `reason`, or for none in particular; None when nobody consented.

    `taken`: voices (see `voices`) printed in this edition or in the last eight weeks. `stance`:
    `against`, as with a reason unless said, leaves out praise of us as the evidence, `for`
    leaves out complaints. Without a reason, words coded to fit go first.
    """
    supported = [
        (row, strength)
        for row in candidates.iter_rows(named=True)
        if (strength := _strength(row, reason, stance)) is not None
    ]
    return _first(supported, names, frozenset(taken))


def contrary(
    candidates: pl.DataFrame,
    quote: Quote,
    *,
    names: Names,
    reason: str,
    taken: Collection[str] = (),
) -> Quote | None:
    """Another voice on the same question: someone whose primary reason is not `reason`."""
    others = candidates.filter(
        (pl.col("question_ref") == quote.question_ref)
        & pl.col("primary").is_not_null()
        & (pl.col("primary") != reason)
    )
    spoken = {*taken, *voices(candidates, quote)}
    return _first([(row, 0) for row in others.iter_rows(named=True)], names, frozenset(spoken))


def voices(candidates: pl.DataFrame, quote: Quote) -> frozenset[str]:
    """Keys of the response, respondent and account behind a quote, to be `taken` next time."""
    key = f"{quote.form_id}/{quote.response_id}"
    rows = candidates.filter(pl.col("response_key") == key).head(1).iter_rows(named=True)
    return frozenset({voice(key)}).union(*(sides(row) for row in rows))


def voice(response_key: str) -> str:
    """The key of one response among `taken`, for quotes printed in an earlier edition."""
    return f"response:{response_key}"


def evidence(candidates: pl.DataFrame, quote: Quote, reason: str) -> tuple[int, int] | None:
    """Where in the answer the quote says `reason`: a span for `headline`; None if nowhere."""
    row = candidates.filter(
        (pl.col("response_key") == f"{quote.form_id}/{quote.response_id}")
        & (pl.col("question_ref") == quote.question_ref)
        & (pl.col("span_start") == quote.span_start)
    )
    spans = [
        (code["span_start"], code["span_end"])
        for codes in row["codes"].to_list()
        for code in codes
        if code["reason"] == reason
    ]
    return min(spans, default=None)


def entire(quote: Quote, text: str, names: Names) -> Quote:
    """The quote widened to the whole answer, where that is short and fit to print; else itself."""
    spans = sentences(text)
    start, end = spans[0][0], spans[-1][1]
    masked = mask(text, names)
    row = {"span_start": start, "span_end": end}
    if not is_fit(text[start:end]) or not _is_readable(masked, row):
        return quote
    return replace(
        quote,
        text=masked.slice(start, end),
        span_start=start,
        span_end=end,
        is_cut_before=False,
        is_cut_after=False,
    )


def _strength(row: Mapping[str, Any], reason: str | None, stance: Stance | None) -> int | None:
    """0 where the sentence holds the primary reason, 1 a contributing one, None no support."""
    if reason is None:
        return _fit(row, stance) if stance else int(not row["primary"])
    contrary_to_claim = AGAINST_THE_CLAIM[stance or "against"]
    support = [
        not code["is_primary"]
        for code in row["codes"]
        if code["reason"] == reason and code["polarity"] not in contrary_to_claim
    ]
    return int(min(support)) if support else None


def _fit(row: Mapping[str, Any], stance: Stance) -> int | None:
    """0 where something in the sentence fits the stance, 1 where nothing is coded, else None."""
    if not row["codes"]:
        return 1
    return 0 if {code["polarity"] for code in row["codes"]} - AGAINST_THE_CLAIM[stance] else None


def _first(
    supported: list[tuple[dict[str, Any], int]], names: Names, taken: frozenset[str]
) -> Quote | None:
    """The first in order whose masks leave something to read."""
    for row, _ in sorted(supported, key=_order):
        if sides(row) & taken:
            continue
        masked = mask(row["text"], names)
        if _is_readable(masked, row):
            return _quote(row, masked)
    return None


def _order(item: tuple[dict[str, Any], int]) -> tuple[Any, ...]:
    """Step 5 of the rule."""
    row, strength = item
    return (
        strength,
        not row["is_clear"],
        row["span_end"] - row["span_start"] > SHORT,
        -row["submitted_at"].timestamp(),
        row["response_key"],
        row["question_ref"],
        row["span_start"],
    )


def sides(row: Mapping[str, Any]) -> frozenset[str]:
    """Everything by which two quotes can be found to come from the same side."""
    keys = {voice(row["response_key"])}
    keys |= {f"{kind}:{row[kind]}" for kind in ("respondent", "account_id") if row[kind]}
    return frozenset(keys)


def _is_readable(masked: Masked, row: Mapping[str, Any]) -> bool:
    """False where a mask is cut through, or masks hide more than a name or two."""
    start, end = row["span_start"], row["span_end"]
    inside = [mark for mark in masked.marks if mark[0] < end and mark[1] > start]
    hidden = sum(right - left for left, right, _ in inside)
    return not masked.cuts(start, end) and len(inside) <= MOST_MASKS and hidden * 3 <= end - start


def _quote(row: Mapping[str, Any], masked: Masked) -> Quote:
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
