"""An invented programme's words, as sheets are made of them; no warehouse."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from winloss.coding import codebook
from winloss.coding.rules.codes import CODES
from winloss.quotes import Names, folded
from winloss.reviewing.rows import Row, Sheet, rows
from winloss.reviewing.sampling import Wanted, drawn
from winloss.warehouse.reviewing import LABELS, Known

SALT = "pepper"
AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
SHEET = "20261005-abc123"
NAMES = Names.of(people=["Ana Ruiz"], companies=["Fernhill Foods"], kept=["Cargosmith"])
BOOK = codebook.read()

PEOPLE = pl.Schema(
    {name: LABELS[name] for name in LABELS if name not in ("label_id", "codebook_version")}
    | {"is_standing": pl.Boolean()}
)


def hash_of(text: str) -> str:
    """The hash by which a text is known."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def text(words: str, *, stance: str = "against", draw: str = "", **more: Any) -> dict[str, Any]:
    """One row of `Known.texts`; its draw is never of the reserved tenth unless it is said."""
    return {
        "text_hash": hash_of(words),
        "stance": stance,
        "text": words,
        "question_title": "What happened, in your own words?",
        "form_kind": "lost_deal",
        "decision_kind": "lost",
        "language": "en",
        "needs_review": False,
        "confidence": 0.8,
        "is_held_back": False,
        "is_printed": False,
        "is_verdict": False,
        "draw": draw or f"f{hash_of(words)}",
        **more,
    }


def code(words: str, reason: str, evidence: str = "", **more: Any) -> dict[str, Any]:
    """One reason the coder found, shown by the first of these words."""
    start = words.index(evidence)
    return {
        "text_hash": hash_of(words),
        "stance": "against",
        "reason": reason,
        "is_primary": True,
        "polarity": "ours_bad",
        "span_start": start,
        "span_end": start + len(evidence or words),
        "confidence": 0.8,
        "is_suggested": False,
        **more,
    }


def said(
    words: str, reviewer: str, reasons: tuple[str, ...], *, days: int = 0, sample: str = "random"
) -> list[dict[str, Any]]:
    """One person's coding of a text, the main reason first; none where there is no reason."""
    return [
        {
            "text_hash": hash_of(words),
            "stance": "against",
            "reviewer": reviewer,
            "labelled_at": AT + timedelta(days=days),
            "sample": sample,
            "is_blind": sample == "random",
            "reason": reason,
            "is_primary": place == 0 if reason else None,
            "polarity": "ours_bad" if reason else None,
            "span_start": 0 if reason else None,
            "span_end": len(words) if reason else None,
            "is_standing": True,
        }
        for place, reason in enumerate(reasons or (None,))
    ]


def known(
    texts: list[dict[str, Any]],
    codes: list[dict[str, Any]] | None = None,
    people: list[dict[str, Any]] | None = None,
    called: tuple[str, ...] = (),
) -> Known:
    """What a programme knows of these texts."""
    frame = pl.DataFrame(
        texts, schema_overrides={"confidence": pl.Float64}, infer_schema_length=None
    )
    return Known(
        texts=frame,
        codes=pl.DataFrame(codes or [], schema=CODES),
        people=pl.DataFrame(people or [], schema=PEOPLE),
        names=NAMES,
        called=frozenset(map(folded, called)),
        salt=SALT,
    )


def sheet(programme: Known, wanted: Wanted | None = None) -> Sheet:
    """The sheet that somebody would get."""
    chosen = drawn(programme.texts, programme.people, wanted or Wanted())
    made: tuple[Row, ...] = rows(SHEET, chosen.to_dicts(), programme, BOOK)
    return Sheet(SHEET, date(2026, 10, 5), made)
