"""Signs of the week: who asked for a call, and which current customers may leave."""

from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.reporting import CALL, Sign

QUERY = "sql/reports/prevention.sql"
CHECK_INS_QUERY = "sql/reports/prevention_check_ins.sql"

_MOST = 3
_SAID = {
    CALL: ("customer asked for a call", "customers asked for a call"),
    "would_move": (
        "current customer says they would leave",
        "current customers say they would leave",
    ),
    "might_move": ("current customer says they might", "current customers say they might"),
    "goals_unknown": (
        "current customer says nobody asked what they want to achieve",
        "current customers say nobody asked what they want to achieve",
    ),
}


def found(
    signs: pl.DataFrame, check_ins: pl.DataFrame, *, check_in_days: int, has_check_ins: bool
) -> tuple[Sign, ...]:
    """The signs that call for somebody to act, the most urgent first.

    `signs` is one row per sign (`sign`, `account_count`, `account_names` and `account_ids` of
    those that let us name them, `response_ids`); `check_ins` one row (`account_count`,
    `current_count`, `account_names`, `account_ids`). Without any check-in on record nothing is
    said about them.
    """
    rows = {row["sign"]: row for row in signs.to_dicts()}
    made = [_sign(name, rows[name]) for name in _SAID if name in rows]
    if has_check_ins and check_ins.height and check_ins["account_count"][0]:
        made.append(_overdue(check_ins.to_dicts()[0], check_in_days))
    return tuple(made)


def calls(signs: pl.DataFrame) -> int:
    """How many customers asked for a call in the week."""
    asked = signs.filter(pl.col("sign") == CALL)
    return int(asked["account_count"].sum()) if asked.height else 0


def _sign(name: str, row: dict[str, Any]) -> Sign:
    count, names = row["account_count"], _texts(row["account_names"])
    one, many = _SAID[name]
    figure = numbers.figure(name, count, count, QUERY, tuple(_texts(row["response_ids"])))
    said = wording.sentence(wording.counted(count, one, many))
    return Sign(said, _named(count, names), figure, _ids(row))


def _named(count: int, names: list[str]) -> str:
    """The names we may print, and how many stay unnamed."""
    if not names:
        return ""
    shown = names[:_MOST]
    rest = count - len(shown)
    return wording.listed([*shown, *([f"{wording.number(rest)} more"] if rest > 0 else [])])


def _overdue(row: dict[str, Any], days: int) -> Sign:
    count, current = row["account_count"], row["current_count"]
    verb = "has" if count == 1 else "have"
    said = (
        f"{wording.sentence(wording.number(count))} of {wording.number(current)} current "
        f"customers {verb} had no check-in for {days} days"
    )
    names = _named(count, _texts(row["account_names"]))
    figure = numbers.figure("no_check_in", count, current, CHECK_INS_QUERY)
    return Sign(said, names, figure, _ids(row))


def _ids(row: dict[str, Any]) -> tuple[str, ...]:
    """The accounts that `_named` names; the query orders both lists alike."""
    return tuple(_texts(row["account_ids"])[:_MOST])


def _texts(values: object) -> list[str]:
    return [str(value) for value in values if value is not None] if isinstance(values, list) else []
