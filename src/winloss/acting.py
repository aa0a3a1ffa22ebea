"""What we say we will do: stated here, kept in raw for good, read by the next edition."""

from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import polars as pl

from winloss import settings, warehouse
from winloss.coding import codebook
from winloss.errors import ActionError
from winloss.settings import Settings
from winloss.warehouse import acting

Kind = Literal["miss", "mile", "standard"]

MOST_LETTERS = 140
"""What a mail has room for."""
_NAMED = 3


@dataclass(frozen=True)
class Wanted:
    """One action as somebody states it."""

    text: str
    owner: str
    due_on: date | None = None
    """None only for a standard, which holds from the day it is stated."""
    kind: Kind = "miss"
    reason: str | None = None
    """The code of the codebook whose return we then watch for."""
    measure: str | None = None


def add(home: Path, wanted: Wanted, *, now: datetime) -> tuple[str, bool]:
    """Put an action on record; gives its id, and whether it is new.

    Stating an open action again word for word, as after a run that was cut off, adds nothing.
    Raises ActionError for what could not be kept track of.
    """
    programme = settings.read(home)
    said = _checked(wanted, programme, now.astimezone(programme.zone).date())
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        known = acting.actions(connection, now=now)
        for row in known.filter(pl.col("status") != "done").to_dicts():
            if all(row[name] == value for name, value in said.items()):
                return str(row["action_id"]), False
        action_id = f"A{known.height + 1}"
        acting.state(connection, _statement(action_id, "added", **said), now=now)
    return action_id, True


def finish(home: Path, action_id: str, outcome: str | None, *, now: datetime) -> None:
    """Say that an action is done, and what came of it.

    Raises ActionError when there is no such action, or when it is done already.
    """
    programme = settings.read(home)
    wanted = _plain(action_id).upper()
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        known = acting.actions(connection, now=now).filter(pl.col("action_id") == wanted)
        if known.is_empty():
            raise ActionError(
                f"There is no action {_plain(action_id)!r}; `winloss action list --all` has them."
            )
        done_at = known["done_at"][0]
        if done_at is not None:
            raise ActionError(
                f"{wanted} was done on {done_at.astimezone(programme.zone).date()} already; "
                "add a new action for what is still to do."
            )
        said = {"outcome_text": _plain(outcome) or None if outcome else None}
        acting.state(connection, _statement(wanted, "done", **said), now=now)


def listed(home: Path, *, now: datetime) -> pl.DataFrame:
    """Every action on record as it stands: the columns of `staging.actions`, oldest first."""
    programme = settings.read(home)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        return acting.actions(connection, now=now)


def _checked(wanted: Wanted, programme: Settings, today: date) -> dict[str, str | date | None]:
    text, owner = _plain(wanted.text), _plain(wanted.owner)
    if not text or not owner:
        raise ActionError("An action needs a text and an owner; one of them is empty.")
    if len(text) > MOST_LETTERS:
        raise ActionError(
            f"The action has {len(text)} letters, a mail has room for {MOST_LETTERS}; "
            "say it shorter."
        )
    _check_due(wanted, today)
    measure = _plain(wanted.measure or "") or None
    if wanted.kind == "standard" and measure is None:
        raise ActionError("A standard needs a measure: say with --measure how we see it kept.")
    return {
        "action_kind": wanted.kind,
        "action_text": text,
        "owner": owner,
        "reason": _reason(wanted.reason, programme),
        "measure": measure,
        "action_due_on": wanted.due_on,
    }


def _check_due(wanted: Wanted, today: date) -> None:
    if wanted.due_on is None and wanted.kind != "standard":
        raise ActionError("An action needs a day by which it is done, such as --due 2026-10-31.")
    if wanted.due_on is not None and wanted.due_on < today:
        raise ActionError(f"The day {wanted.due_on} is past; name one from {today} on.")


def _reason(code: str | None, programme: Settings) -> str | None:
    if code is None:
        return None
    path = codebook.path_of(programme)
    known = [each.reason for each in codebook.read(path).reasons.values() if not each.valid_to]
    if code in known:
        return code
    near = get_close_matches(code, known, n=_NAMED, cutoff=0.6)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise ActionError(f"The codebook has no reason {_plain(code)!r}{hint}. {path} has all.")


def _plain(text: str) -> str:
    """The text in one line, without what a terminal or a mail would obey."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _statement(action_id: str, event: str, **said: str | date | None) -> pl.DataFrame:
    row = {**dict.fromkeys(acting.STATED), "action_id": action_id, "event": event, **said}
    return pl.DataFrame([row], schema=acting.STATED)
