"""Counts of the lens `drivers`, voices beside them, and its judgement of both."""

from typing import Any

import polars as pl
from tests.lenses.agreed import CHANGES, agreed

from winloss.lenses import drivers
from winloss.reporting import Drivers, Figure, Finding, Quote

STRINGS = pl.List(pl.String)
SHARES = ("written_count", "chosen_count", "decisive_count", "heard_count")
COUNTS: dict[str, Any] = {
    **dict.fromkeys(("reason", "label"), pl.String),
    **dict.fromkeys(("decision_count", "primary_count", *SHARES), pl.Int64),
    **dict.fromkeys(("response_ids", "primary_ids", "written_ids"), STRINGS),
    **dict.fromkeys(("chosen_ids", "decisive_ids"), STRINGS),
}
LOGGED: dict[str, Any] = {
    **dict.fromkeys(("reason", "seller_reason", "seller_label"), pl.String),
    "decision_count": pl.Int64,
}
PAIRS: dict[str, Any] = {
    **dict.fromkeys(("chosen_reason", "written_reason"), pl.String),
    **dict.fromkeys(("chosen_label", "written_label"), pl.String),
    **dict.fromkeys(("decision_count", "both_count"), pl.Int64),
    "response_ids": STRINGS,
}
SPLITS: dict[str, Any] = {
    **dict.fromkeys(("split", "grouped_by", "reason", "label"), pl.String),
    **dict.fromkeys(("decision_count", "primary_count", "heard_count"), pl.Int64),
    "response_ids": STRINGS,
}
EMPTY: dict[str, dict[str, Any]] = {
    "rates": dict.fromkeys(("split", "grouped_by"), pl.String),
    "ratings": {"is_window": pl.Boolean, **dict.fromkeys(("us", "chosen", "voter_key"), pl.String)},
    "moved": dict.fromkeys(("decisive", "source"), pl.String),
}


def frame(schema: dict[str, Any], *rows: Any) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def by_segment(reason: str, **segments: tuple[int, int]) -> pl.DataFrame:
    """The reason's count and those heard, of each segment."""
    rows: list[Any] = []
    for segment, (count, heard) in segments.items():
        rows += [
            ("segment", segment, None, None, heard, heard, heard, []),
            ("segment", segment, reason, reason, count, count, heard, []),
        ]
    return frame(SPLITS, *rows)


def counts(*named: tuple[str | None, int], heard: int) -> pl.DataFrame:
    rows: list[Any] = [
        (reason, reason, count, count, count, 0, 0, heard, ids, ids, ids, [], [])
        for reason, count in named
        for ids in [[f"{reason}-{n}" for n in range(count)]]
    ]
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def logged(*rows: tuple[str, str | None, int]) -> pl.DataFrame:
    return pl.DataFrame([(a, b, b, n) for a, b, n in rows], schema=LOGGED, orient="row")


def quote(who: str) -> Quote:
    return Quote(f"Said by {who}.", "Name withheld", "form", who, "what_happened", 0, 5)


def first_voice(
    who: Figure, _reason: str, used: tuple[Quote, ...], beside: Quote | None
) -> Quote | None:
    """Anybody who named the reason and has not spoken; nobody sees it otherwise."""
    spoken = {each.response_id for each in used}
    free = [each for each in who.row_ids if each not in spoken]
    return quote(free[0]) if free and beside is None else None


def judge(week: pl.DataFrame, **changes: object) -> Drivers:
    made = {
        "logged": logged(),
        "window": counts(heard=0),
        "before": counts(heard=0),
        "disagreement": frame(PAIRS),
        "splits": frame(SPLITS),
        "splits_before": frame(SPLITS),
        **{name: frame(schema) for name, schema in EMPTY.items()},
        "agreement": agreed(),
        "codebook": frame(CHANGES),
        **{key: value for key, value in changes.items() if key not in {"choose", "has_logged"}},
    }
    return drivers.section(
        drivers.Counts(week=week, **made),  # type: ignore[arg-type]
        changes.get("choose", first_voice),  # type: ignore[arg-type]
        most=3,
        has_logged=bool(changes.get("has_logged", True)),
        weeks=13,
    )


def find(week: pl.DataFrame, **changes: object) -> tuple[Finding, ...]:
    return judge(week, **changes).findings
