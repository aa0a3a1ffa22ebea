"""How far people agree, and how words were read, as the queries of coverage and drivers give it."""

from typing import Any

import polars as pl

from winloss import numbers

COUNTS = ("text_count", "both_count", "one_count", "neither_count")
AGREEMENT: dict[str, Any] = {
    **dict.fromkeys(("reason", "label", "pair", "codebook_version"), pl.String),
    "is_named": pl.Boolean,
    **dict.fromkeys(COUNTS, pl.Int64),
    "overlap": pl.Float64,
}
CHANGES: dict[str, Any] = {
    "taken_up_on": pl.Date,
    **dict.fromkeys(("text_count", "moved_count"), pl.Int64),
    **dict.fromkeys(("added_labels", "retired_labels"), pl.List(pl.String)),
}
CODING: dict[str, Any] = {
    **dict.fromkeys(("read_by", "language"), pl.String),
    **dict.fromkeys(("verbatim_count", "review_count"), pl.Int64),
}


def agreed(*rows: tuple[str | None, str | None, int, int, int], named: bool = True) -> pl.DataFrame:
    """Reason, pair, and in how many texts both, one or neither named it; judged as in a build."""
    told = [
        {
            "reason": reason,
            "label": reason and f"the {reason}",
            "pair": pair,
            "is_named": named and reason is not None,
            **dict(zip(COUNTS, (both + one + neither, both, one, neither), strict=True)),
            "overlap": 0.861 if reason is None else None,
        }
        for reason, pair, both, one, neither in rows
    ]
    return numbers.judged(pl.DataFrame(told, schema=AGREEMENT))


def named(*reasons: str) -> pl.DataFrame:
    """Reasons of the edition that nobody has checked."""
    rows = [{"reason": each, "label": each, "is_named": True} for each in reasons]
    return agreed().vstack(pl.DataFrame(rows, schema=agreed().schema))


def coding(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    """Way of reading, language, how many answers, and how many to look at."""
    return pl.DataFrame(list(rows), schema=CODING, orient="row")


def changes(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Day, texts read with both codebooks, how many moved, reasons added and retired."""
    return pl.DataFrame(list(rows), schema=CHANGES, orient="row")
