"""What a coder says of a text, one by one and as frames."""

from typing import Literal, NamedTuple

import polars as pl

from winloss.coding.codebook import Polarity

Stance = Literal["against", "for", "none"]

CODINGS = pl.Schema(
    {
        "text_hash": pl.String(),
        "stance": pl.String(),
        "language": pl.String(),
        "needs_review": pl.Boolean(),
    }
)
CODES = pl.Schema(
    {
        "text_hash": pl.String(),
        "stance": pl.String(),
        "reason": pl.String(),
        "is_primary": pl.Boolean(),
        "polarity": pl.String(),
        "span_start": pl.Int64(),
        "span_end": pl.Int64(),
        "coder": pl.String(),
        "confidence": pl.Float64(),
        "is_suggested": pl.Boolean(),
    }
)


class Code(NamedTuple):
    """One reason a text gives, with the slice that says so (`text[start:end]`)."""

    reason: str
    polarity: Polarity
    start: int
    end: int
    strength: float
    is_primary: bool = False
    confidence: float = 0.0
    is_suggested: bool = False
    """A guess for a person to look at, never counted: the text says nothing firmer."""


class Coding(NamedTuple):
    """All a coder says of one text under one stance."""

    language: str
    needs_review: bool
    codes: tuple[Code, ...]
    heard: tuple[Code, ...] = ()
    """What the rules heard, unranked; nothing in a language the codebook does not speak."""
