"""What we said we would do: done, overdue, and whether the same miss came back."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.quotes import Voices
from winloss.reporting import Cell, Figure, Panel, Row, Section

READS = ("actions",)
QUERY = "sql/reports/actions.sql"
TITLE = "What did we say we would do?"
NOTHING = "Nothing is on record. `winloss action add` puts down what you will do, who and by when."
MOST_LINES = 3
WORDS = ("missed", "what_happened", "would_have_changed", "right_deal")
KINDS = {"miss": "a miss", "mile": "an extra mile", "standard": "a standard"}

_ORDER = {"overdue": 0, "open": 1, "done": 2}


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """What came back first, then what is overdue, due, done and new; lines for the mail.

    Beside a customer's words stands the reason alone: neither who of ours took the action on nor
    a day. `weeks` is the window's length; actions are told however old they are.
    """
    del weeks
    rows = counts["actions"].to_dicts()
    if not rows:
        return Section("actions", TITLE, (NOTHING,))
    back = _came_back(rows, voices)
    panels = (back, _list(rows), _standards(rows))
    return Section(
        "actions",
        TITLE,
        (),
        lines=_lines(rows),
        panels=tuple(panel for panel in panels if panel is not None),
        is_news=any(row["returned_week_count"] for row in rows),
    )


def _lines(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """At most three; a kind of news with several actions is counted, one is told."""
    actions = [row for row in rows if row["action_kind"] != "standard"]
    told = (
        _said([row for row in rows if row["returned_week_count"]], _returned),
        _said([row for row in actions if row["status"] == "overdue"], _overdue),
        _said([row for row in actions if row["is_done_in_week"]], _done),
        _said([row for row in actions if row["status"] == "open" and row["is_due_soon"]], _due),
        _said([row for row in rows if _is_broken(row)], _broken),
        _said([row for row in rows if row["is_new"]], _new),
    )
    found = tuple(line for line in told if line)[:MOST_LINES]
    return found or (_nothing_new(actions),)


def _said(rows: list[dict[str, Any]], say: Any) -> str:  # noqa: ANN401 (one of the sayings below)
    if not rows:
        return ""
    rest = f" And {wording.number(len(rows) - 1)} more." if len(rows) > 1 else ""
    return f"{say(rows[0])}{rest}"


def _returned(row: dict[str, Any]) -> str:
    week = f"{row['returned_week_count']} of {row['heard_week_count']}"
    return f"Done, and back: {_what(row)}. This week {week} heard named {row['label']} again."


def _overdue(row: dict[str, Any]) -> str:
    day = wording.day(row["action_due_on"])
    return f"Overdue since {day} ({row['owner']}): {_what(row)}."


def _done(row: dict[str, Any]) -> str:
    outcome = f" Outcome: {row['outcome_text']}." if row["outcome_text"] else ""
    return f"Done ({row['owner']}): {_what(row)}.{outcome}"


def _due(row: dict[str, Any]) -> str:
    return f"Due on {wording.day(row['action_due_on'])} ({row['owner']}): {_what(row)}."


def _broken(row: dict[str, Any]) -> str:
    week = f"{row['named_week_count']} of {row['heard_week_count']} heard"
    return f"Not kept this week, say {week}: {_what(row)}."


def _new(row: dict[str, Any]) -> str:
    return f"New ({row['owner']}): {_what(row)}."


def _nothing_new(actions: list[dict[str, Any]]) -> str:
    still = sum(row["status"] == "open" for row in actions)
    done = sum(row["status"] == "done" for row in actions)
    return f"Nothing is due this week. Open: {still}. Done: {done}."


def _what(row: dict[str, Any]) -> str:
    return str(row["action_text"]).rstrip(".")


def _is_broken(row: dict[str, Any]) -> bool:
    is_standing = row["action_kind"] == "standard" and row["status"] == "open"
    return is_standing and bool(row["named_week_count"])


def _came_back(rows: list[dict[str, Any]], voices: Voices) -> Panel | None:
    """The reasons that returned, each with a customer who named it."""
    back: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["returned_count"] and row["reason"] not in back:
            back[row["reason"]] = row
    told = tuple(_return(row, voices) for row in back.values())
    return (
        Panel(
            "returned",
            "It came back",
            told,
            ("the reason", "this week", "since it was done"),
            "Of those heard who left, and of current customers, after we had called it done.",
        )
        if told
        else None
    )


def _return(row: dict[str, Any], voices: Voices) -> Row:
    ids = row["returned_week_ids"] or row["returned_ids"]
    week = _figure("this week", row, "returned_week", row["heard_week_count"])
    # A count and no rate: whom we heard since that day is not told by the day in the copy.
    since = _figure("since it was done", row, "returned", row["returned_count"])
    quote = voices.choose(WORDS, ids, reason=row["reason"])
    cells = (Cell(numbers.spoken(week), week), Cell(str(since.count), since))
    return Row(row["label"], cells, quote)


def _figure(name: str, row: dict[str, Any], what: str, of: int) -> Figure:
    ids = tuple(row[f"{what}_ids"] or ())
    return numbers.figure(name, row[f"{what}_count"], of, QUERY, ids)


def _list(rows: list[dict[str, Any]]) -> Panel | None:
    """Every action, the overdue first."""
    actions = [row for row in rows if row["action_kind"] != "standard"]
    ordered = sorted(actions, key=lambda row: (_ORDER[row["status"]], row["action_due_on"]))
    told = tuple(
        Row(
            row["action_text"],
            (
                Cell(KINDS[row["action_kind"]]),
                Cell(row["owner"]),
                Cell(wording.day(row["action_due_on"])),
                Cell(_stands(row)),
            ),
        )
        for row in ordered
    )
    columns = ("what", "for", "who", "due", "where it stands")
    return Panel("list", "On record", told, columns, _closed(actions)) if told else None


def _stands(row: dict[str, Any]) -> str:
    if row["status"] != "done":
        return str(row["status"])
    outcome = f": {row['outcome_text']}" if row["outcome_text"] else ""
    return f"done on {wording.day(row['done_on'])}{outcome}"


def _closed(actions: list[dict[str, Any]]) -> str:
    done = sum(row["status"] == "done" for row in actions)
    figure = numbers.figure("done", done, len(actions), QUERY)
    return f"Done: {numbers.spoken(figure)}."


def _standards(rows: list[dict[str, Any]]) -> Panel | None:
    """What is always so, and whether a customer says otherwise."""
    standing = [row for row in rows if row["action_kind"] == "standard" and row["status"] != "done"]
    told = tuple(
        Row(row["action_text"], (Cell(row["measure"] or ""), Cell(row["owner"]), _kept(row)))
        for row in standing
    )
    columns = ("the standard", "how we see it", "who", "kept this week")
    return Panel("standards", "Our standards", told, columns) if told else None


def _kept(row: dict[str, Any]) -> Cell:
    if row["reason"] is None:
        return Cell("no reason is named, so customers cannot tell")
    heard = row["heard_week_count"]
    if not heard:
        return Cell("nobody was heard")
    named = _figure("not kept", row, "named_week", heard)
    if not named.count:
        return Cell(f"yes: none of {heard} heard named it", named)
    return Cell(f"no: {named.count} of {heard} heard named it", named)
