"""What any CRM says of its opportunities, put under our names: pure, one way for all of them.

A vendor's own words (deals, pipelines, stages) end in its package; here are opportunities with
their changes, and rows of text to be typed and judged as those of a file are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from winloss.crm.shape import DECISION_CHANGES, SHAPES
from winloss.crm.told import LINE, Told

REASON = ("seller_value", "seller_text", "confidence")
"""The columns of a reason of ours, each of which may have a history."""

_ONE_SAVING = timedelta(seconds=60)
"""Fields of one reason filled so close together were filled as one."""

Row = Mapping[str, str | None]
Values = Mapping[str, Mapping[str, str]]
"""Our column -> their value -> our value."""


@dataclass(frozen=True)
class Change:
    """One column of an opportunity, and what it held before and after."""

    change_id: str
    column: str
    """Ours: one of `decision_changes`' fields, or of `REASON`."""
    old: str | None
    new: str | None
    at: datetime


@dataclass(frozen=True)
class Opportunity:
    """One opportunity: as it stands, and how it came to."""

    decision: Row
    """Columns of `decisions`."""
    reason: Row
    """Columns of `REASON` as they stand."""
    changes: tuple[Change, ...]
    """In the order of their instants."""

    @property
    def sellers(self) -> set[str | None]:
        """Whose it is and whose it was."""
        moves = [change for change in self.changes if change.column == "seller_id"]
        ids = {seller for change in moves for seller in (change.old, change.new)}
        return ids | {self.decision["seller_id"]}


def kinds(stages: Iterable[Change], kind_of: Callable[[str | None], str | None]) -> list[Change]:
    """The changes of `decision_kind` that follow from changes of the stage.

    `stages` hold in `old` and `new` what `kind_of` knows as `lost`, `won` and so on; of a stage
    nobody knows any more nothing follows.
    """
    found = [
        replace(
            change,
            change_id=f"{change.change_id}:kind",
            column="decision_kind",
            old=kind_of(change.old),
            new=kind_of(change.new),
        )
        for change in stages
    ]
    return [change for change in found if change.new]


def day(text: str | None, zone: ZoneInfo) -> str | None:
    """The day it was in the programme's `zone` at an ISO 8601 instant; other text as it is."""
    if text is None or "T" not in text:
        return text
    try:
        return datetime.fromisoformat(text).astimezone(zone).date().isoformat()
    except ValueError:
        return text


def translated(row: Row, values: Values) -> dict[str, str | None]:
    """The row in our words; theirs are matched trimmed and whatever their case."""
    return {column: _ours(column, text, values) for column, text in row.items()}


def _ours(column: str, text: str | None, values: Values) -> str | None:
    given = {theirs.strip().lower(): ours for theirs, ours in values.get(column, {}).items()}
    bare = (text or "").strip()
    return given.get(bare.lower(), bare).strip() or None


def told(vendor: str, entity: str, rows: Sequence[Row], caveats: tuple[str, ...] = ()) -> Told:
    """Rows of text under our names as a source tells them; a column not named is empty."""
    shape = next(shape for shape in SHAPES if shape.entity == entity)
    columns = {
        name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in shape.columns
    }
    places = pl.Series(range(1, len(rows) + 1), dtype=pl.Int64)
    frame = pl.DataFrame({LINE: places, **columns})
    return Told(vendor, frame, caveats=caveats)


def decisions(found: Iterable[Opportunity], values: Values) -> list[Row]:
    """One row per opportunity, in the columns of `decisions`."""
    return [translated(each.decision, values) for each in found]


def decision_changes(found: Iterable[Opportunity], values: Values) -> list[Row]:
    """One row per change that `decision_changes` knows, oldest first."""
    known = DECISION_CHANGES.choices["field"]
    rows: list[Row] = []
    for each in found:
        for change in each.changes:
            old, new = (_ours(change.column, text, values) for text in (change.old, change.new))
            if change.column in known and old != new:
                row = {"change_id": change.change_id, "decision_id": each.decision["decision_id"]}
                row |= {"field": change.column, "old_value": old, "new_value": new}
                rows.append(row | {"changed_at": change.at.isoformat()})
    return rows


def seller_reasons(found: Iterable[Opportunity], values: Values) -> list[Row]:
    """One row per reason that ever stood on an opportunity, with the moment it took its words.

    The moment is that of the last field filled, and the seller the one who had the opportunity
    then. A reason the history does not know of has no moment.
    """
    rows: list[Row] = []
    for each in found:
        states = _states(each)
        rows += [
            {
                "decision_id": each.decision["decision_id"],
                "seller_id": _seller(each, at),
                **translated(state, values),
                "recorded_at": at.isoformat() if at else None,
            }
            for state, at in states
            if any(state.values())
        ]
    return rows


def _states(opportunity: Opportunity) -> list[tuple[Row, datetime | None]]:
    """What the reason said from which moment on; what was overtyped at once is left out."""
    states: list[tuple[Row, datetime | None]] = []
    state: dict[str, str | None] = {}
    before: datetime | None = None
    for change in opportunity.changes:
        if change.column not in REASON or state.get(change.column) == change.new:
            continue
        if before and change.at - before <= _ONE_SAVING:
            states.pop()
        state = {**state, change.column: change.new}
        states.append((state, change.at))
        before = change.at
    return _as_it_stands(states, opportunity)


def _as_it_stands(
    states: list[tuple[Row, datetime | None]], opportunity: Opportunity
) -> list[tuple[Row, datetime | None]]:
    """With the words as they stand now at the end.

    A field without a history, as Salesforce keeps none of long texts, has the moment of the
    others; where a history ends with other words, when the present ones came is not known.
    """
    now = {column: text for column, text in opportunity.reason.items() if text}
    told = {change.column for change in opportunity.changes if change.old or change.new}
    last, at = states[-1] if states else ({}, None)
    if any(last.get(column) != now.get(column) for column in REASON if column in told):
        at = None
    if at is None:
        return [*states, (now, None)]
    return [*states[:-1], (now, at)]


def _seller(opportunity: Opportunity, at: datetime | None) -> str | None:
    sellers = [change for change in opportunity.changes if change.column == "seller_id"]
    held = [change.new for change in sellers if at and change.at <= at]
    first = [change.old for change in sellers if at and change.old]
    return (held[-1:] or first[:1] or [opportunity.decision.get("seller_id")])[0]
