"""Which sentence a report prints, by a rule that is written down.

1. Consented: `may_quote` is `named` or `unnamed`.
2. Fit to print: one sentence of 3 to 40 words and at most 220 characters (a longer one is cut at
   clauses, shown as such), whole in its brackets, without control or direction characters, with
   at most two masks, and without a stranger's name that nobody has looked at.
3. It supports the claim: the evidence for the reason lies inside it. A sentence that shares its
   only evidence with its neighbours supports none.
4. Nobody speaks twice, and nothing is said twice: no response, respondent or account that is
   already `taken`, nor anybody in nearly the same words; `taken` is what this edition printed,
   and what was printed in the last eight weeks.
5. Of those left: the answer's primary reason first; then evidence that a person marked; then a
   sentence that is clear on its own, one of at most 140 characters, the newest, and by key, so
   that the choice never varies.
6. Beside it one contrary voice, by the same rule: somebody whose primary reason is another.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

import polars as pl

from winloss.quotes.names import Names
from winloss.quotes.printing import printed
from winloss.quotes.sides import is_taken, voices
from winloss.reporting import Quote

SHORT = 140
PERSON = "human"
"""The coder of evidence that a person marked."""
Stance = Literal["against", "for"]
AGAINST_THE_CLAIM: Mapping[Stance, frozenset[str]] = {
    "against": frozenset({"ours_good", "theirs_bad"}),
    "for": frozenset({"ours_bad", "theirs_good"}),
}


class _Support(NamedTuple):
    """How well a sentence supports a claim; the smaller the better."""

    strength: int
    """0 where it holds the primary reason, 1 a contributing one."""
    is_machine_made: bool
    """False where a person marked the evidence."""


_NO_CLAIM = _Support(0, is_machine_made=True)


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
        (row, support)
        for row in candidates.iter_rows(named=True)
        if (support := _support(row, reason, stance)) is not None
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
    supported = [
        (row, _Support(0, _is_machine_made(row["codes"], row["primary"])))
        for row in others.iter_rows(named=True)
    ]
    return _first(supported, names, frozenset(spoken))


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


def _support(row: Mapping[str, Any], reason: str | None, stance: Stance | None) -> _Support | None:
    """How well the sentence supports the claim; None where it does not."""
    if reason is None:
        return _fit(row, stance) if stance else _NO_CLAIM._replace(strength=int(not row["primary"]))
    contrary_to_claim = AGAINST_THE_CLAIM[stance or "against"]
    support = [
        _Support(int(not code["is_primary"]), code["coder"] != PERSON)
        for code in row["codes"]
        if code["reason"] == reason and code["polarity"] not in contrary_to_claim
    ]
    return min(support, default=None)


def _fit(row: Mapping[str, Any], stance: Stance) -> _Support | None:
    """Best where something in the sentence fits the stance, then where nothing is coded.

    What is coded over several sentences says nothing of one of them.
    """
    if not row["codes"]:
        return None if row["has_shared_evidence"] else _NO_CLAIM._replace(strength=1)
    fits = {code["polarity"] for code in row["codes"]} - AGAINST_THE_CLAIM[stance]
    return _NO_CLAIM if fits else None


def _is_machine_made(codes: Collection[Mapping[str, Any]], reason: str) -> bool:
    return all(code["coder"] != PERSON for code in codes if code["reason"] == reason)


def _first(
    supported: list[tuple[dict[str, Any], _Support]], names: Names, taken: frozenset[str]
) -> Quote | None:
    """The first in order that may be printed and says nothing twice."""
    for row, _ in sorted(supported, key=_order):
        if not is_taken(row, taken) and (quote := printed(row, names)):
            return quote
    return None


def _order(item: tuple[dict[str, Any], _Support]) -> tuple[Any, ...]:
    """Step 5 of the rule."""
    row, support = item
    return (
        *support,
        not row["is_clear"],
        row["span_end"] - row["span_start"] > SHORT,
        -row["submitted_at"].timestamp(),
        row["response_key"],
        row["question_ref"],
        row["span_start"],
    )
