"""The sentences that may be printed: consented, fit, each with the codes it is evidence for."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from winloss.quotes.fit import is_clear, sentences_to_print
from winloss.reporting import WITHHELD

_CODE = pl.Schema(
    {
        "reason": pl.String,
        "parent": pl.String,
        "is_primary": pl.Boolean,
        "polarity": pl.String,
        "span_start": pl.Int64,
        "span_end": pl.Int64,
        "coder": pl.String,
    }
)
SCHEMA = pl.Schema(
    {
        "form_id": pl.String(),
        "response_id": pl.String(),
        "response_key": pl.String(),
        "question_ref": pl.String(),
        "form_kind": pl.String(),
        "account_id": pl.String(),
        "respondent": pl.String(),
        "submitted_at": pl.Datetime("us", "UTC"),
        "attribution": pl.String(),
        "language": pl.String(),
        "text": pl.String(),
        "span_start": pl.Int64(),
        "span_end": pl.Int64(),
        "is_cut_before": pl.Boolean(),
        "is_cut_after": pl.Boolean(),
        "is_clear": pl.Boolean(),
        "has_shared_evidence": pl.Boolean(),
        "primary": pl.String(),
        "codes": pl.List(pl.Struct(_CODE)),
    }
)


def candidates(verbatims: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """One row per sentence that may be printed, with the codes whose evidence lies inside it.

    `verbatims`: the columns of marts.verbatims, and where known respondent_name, respondent_role
    and account_name (used only where may_quote is `named`). `codes`: those of marts.codes.
    Columns: SCHEMA; `text` is the whole answer, `primary` the answer's primary reason where its
    evidence lies inside. `has_shared_evidence` where some evidence goes on beyond the sentence:
    what is coded there may be said by its neighbours alone. Sorted by response, question and place.
    """
    by_verbatim: dict[str, list[dict[str, Any]]] = {}
    for code in codes.select("verbatim_key", *_CODE).iter_rows(named=True):
        by_verbatim.setdefault(code.pop("verbatim_key"), []).append(code)
    consented = verbatims.filter(pl.col("may_quote").is_in(["named", "unnamed"]))
    rows = [
        row
        for verbatim in consented.iter_rows(named=True)
        for row in _rows(verbatim, by_verbatim.get(verbatim["verbatim_key"], []))
    ]
    return pl.DataFrame(rows, schema=SCHEMA).sort("response_key", "question_ref", "span_start")


def _rows(verbatim: Mapping[str, Any], codes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The sentences of one answer that may be printed."""
    text = verbatim["text"]
    spans = [(code["span_start"], code["span_end"]) for code in codes]
    for start, end, is_cut_before, is_cut_after in sentences_to_print(text, spans):
        inside = [c for c in codes if start <= c["span_start"] and c["span_end"] <= end]
        touching = [c for c in codes if c["span_start"] < end and start < c["span_end"]]
        primary = [code["reason"] for code in inside if code["is_primary"]]
        yield {name: verbatim.get(name) for name in SCHEMA if name in verbatim} | {
            "attribution": _attribution(verbatim),
            "span_start": start,
            "span_end": end,
            "is_cut_before": is_cut_before,
            "is_cut_after": is_cut_after,
            "is_clear": is_clear(text[start:end]) and not is_cut_before,
            "has_shared_evidence": len(touching) > len(inside),
            "primary": primary[0] if primary else None,
            "codes": inside,
        }


def _attribution(verbatim: Mapping[str, Any]) -> str:
    """Who says it, as far as they allowed: the name, role and company, or `Name withheld`."""
    name = verbatim.get("respondent_name")
    if verbatim["may_quote"] != "named" or not name:
        return WITHHELD
    return ", ".join(
        part
        for part in (name, verbatim.get("respondent_role"), verbatim.get("account_name"))
        if part
    )
