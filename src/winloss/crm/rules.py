"""Sets aside what cannot be used of a typed frame: pure, frames in, frames out.

A row without what it must have is set aside whole. A value that cannot be read is set aside
alone, and its row kept without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl

from winloss.crm.cells import FAULT
from winloss.crm.shape import INSTANT, Shape
from winloss.crm.told import LINE

_REASON = "reason"


@dataclass(frozen=True)
class Sorted:
    """Usable rows, and what was set aside of them (`at_line`, `record_id`, `reason`)."""

    good: pl.DataFrame
    faults: pl.DataFrame


def of_ours(frame: pl.DataFrame, shape: Shape) -> tuple[pl.DataFrame, int]:
    """The rows that are ours to keep, and how many others there are; `frame` is from `typed`."""
    if not shape.sieve:
        return frame, 0
    ours = frame.filter(pl.col(FAULT + shape.sieve).is_null())
    return ours, frame.height - ours.height


def merged(frame: pl.DataFrame, shape: Shape) -> tuple[pl.DataFrame, int]:
    """One row per record where a record stands on many rows, in order of first appearance.

    Rows that do not name the record are left out. Of several different values the last one
    counts, an empty one never; the second result is how many records had such a conflict.
    """
    names = [name for name in frame.columns if name not in (LINE, *shape.identity)]
    values_ = [name for name in names if not name.startswith(FAULT)]
    groups = frame.filter(pl.col(shape.key).is_not_null()).sort(LINE)
    grouped = groups.group_by(shape.identity, maintain_order=True)
    one = grouped.agg(pl.col(LINE).first(), *(pl.col(n).drop_nulls().last() for n in names))
    many = pl.any_horizontal(pl.col(name).drop_nulls().n_unique() > 1 for name in values_)
    conflicts = grouped.agg(is_conflict=many)["is_conflict"].sum()
    return one.select(frame.columns), int(conflicts)


def sorted_out(frame: pl.DataFrame, shape: Shape, *, now: datetime, zone: ZoneInfo) -> Sorted:
    """Rows that may be landed, and the faults of the others.

    Of rows with one key the first usable one is kept; a later one that says exactly the same
    is no fault, any other is. `frame` comes from `typed`.
    """
    marked = _stating(_open_undecided(frame, shape), shape).with_columns(
        _first_reason(shape, now, zone).alias(_REASON)
    )
    usable = marked.filter(pl.col(_REASON).is_null()).sort(LINE)
    kept = _first_of_each(usable, shape)
    faults = [
        _named(marked.filter(pl.col(_REASON).is_not_null()), shape, pl.col(_REASON)),
        _named(_contradicting(usable, shape), shape, pl.lit("duplicate id")),
        *(_value_faults(kept, shape)),
    ]
    good = _with_outcome(kept.select(LINE, *shape.columns), shape)
    return Sorted(good.select(*shape.columns), pl.concat(faults).sort(LINE, _REASON))


def _open_undecided(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """An open opportunity's closing date is a forecast, not a decision."""
    if "decision_kind" not in shape.columns:
        return frame
    is_closed = pl.col("decision_kind").is_null() | (pl.col("decision_kind") != "open")
    return frame.with_columns(
        pl.when(is_closed).then(pl.col(name)).alias(name)
        for name in ("decided_on", FAULT + "decided_on")
    )


def silent(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """The rows on which nothing was stated, such as a loss without a reason."""
    if not shape.statement:
        return frame.clear()
    return frame.filter(pl.all_horizontal(pl.col(shape.statement).is_null()))


def _stating(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Without the silent rows."""
    if not shape.statement:
        return frame
    return frame.filter(pl.any_horizontal(pl.col(shape.statement).is_not_null()))


def _first_reason(shape: Shape, now: datetime, zone: ZoneInfo) -> pl.Expr:
    reasons: list[pl.Expr] = [
        pl.when(_is_lacking(name)).then(
            pl.coalesce(pl.col(FAULT + name), pl.lit(f"missing {name}"))
        )
        for name in shape.required
    ]
    if shape.states:
        reasons.append(pl.col(FAULT + shape.states[-1]))
    if shape.about:
        is_adrift = pl.all_horizontal(pl.col(shape.about).is_null())
        reasons.append(pl.when(is_adrift).then(pl.lit(f"missing {' or '.join(shape.about)}")))
    if shape.past:
        limit = now if shape.columns[shape.past] == INSTANT else now.astimezone(zone).date()
        verb = shape.past.rpartition("_")[0]
        is_future = pl.col(shape.past) > limit
        reasons.append(pl.when(is_future).then(pl.lit(f"{verb} in the future")))
    return pl.coalesce(reasons)


def _is_lacking(name: str) -> pl.Expr:
    is_empty = pl.col(name).is_null()
    return is_empty & (pl.col("decision_kind") != "open") if name == "decided_on" else is_empty


def _first_of_each(usable: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    return usable.unique(shape.identity, keep="first", maintain_order=True)


def _contradicting(usable: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    if not shape.key:
        return usable.clear()
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).first().over(shape.identity)) for name in shape.columns
    )
    return usable.filter(differs)


def _value_faults(kept: pl.DataFrame, shape: Shape) -> list[pl.DataFrame]:
    faults = [
        _named(kept.filter(pl.col(FAULT + name).is_not_null()), shape, pl.col(FAULT + name))
        for name in shape.columns
    ]
    if "currency" not in shape.columns or "amount" not in shape.columns:
        return faults
    is_bare = pl.col("amount").is_not_null() & pl.col("currency").is_null()
    bare = kept.filter(is_bare & pl.col(FAULT + "currency").is_null())
    return [*faults, _named(bare, shape, pl.lit("missing currency"))]


def _named(frame: pl.DataFrame, shape: Shape, reason: pl.Expr) -> pl.DataFrame:
    return frame.select(LINE, pl.col(shape.id_column).alias("record_id"), reason.alias(_REASON))


def _with_outcome(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """A loss without an outcome went to the competitor it names, or nobody knows where."""
    if "outcome" not in shape.columns:
        return frame
    named = pl.when(pl.col("competitor").is_not_null()).then(pl.lit("competitor"))
    presumed = pl.coalesce(pl.col("outcome"), named.otherwise(pl.lit("unknown")))
    is_lost = pl.col("decision_kind") == "lost"
    return frame.with_columns(
        pl.when(is_lost).then(presumed).otherwise(pl.col("outcome")).alias("outcome")
    )


def signs(column: pl.Series) -> Mapping[str, int]:
    """How many amounts carry a currency sign other than the dollar's, by sign."""
    counts = {sign: int(column.str.contains(sign, literal=True).sum()) for sign in "€£¥"}
    return {sign: count for sign, count in counts.items() if count}
