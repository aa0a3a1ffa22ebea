"""Proves the reasons of a codebook, one by one and together."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast, get_args

from winloss.coding.codebook.shape import Polarity, Reason, given
from winloss.coding.codebook.tables import Finding, Table, near

_SEPARATORS = ";|"
_NONE = "none"
"""What sheets say where no reason applies."""
_POLARITIES = get_args(Polarity)


def reasons(table: Table) -> tuple[dict[str, Reason], list[Finding]]:
    """The reasons of a table that can be read, and everything wrong with any of them."""
    found: dict[str, Reason] = {}
    places: dict[str, int] = {}
    spelled: dict[str, str] = {}
    findings: list[Finding] = []
    for row, cells in table.rows:
        code = cells["reason"]
        wrong = list(_of_row(table, row, cells))
        if code in places:
            what = f"{code!r} is there twice, first in row {places[code]}"
            wrong.append(table.finding(row, what, "remove one"))
        other = spelled.setdefault(code.casefold(), code)
        if other != code:
            what = f"{code!r} differs from {other!r} in row {places[other]} in capitals alone"
            wrong.append(table.finding(row, what, "give one of them another code"))
        findings += wrong
        places.setdefault(code, row)
        if code and code not in found:
            found[code] = _reason(cells)
    for code, reason in found.items():
        findings += _together(table, places[code], reason, found)
    if not table.findings and not given(found.values()):
        what = "there is no reason that could be given to a text"
        findings.append(table.finding(None, what, "add one, in force and with none below it"))
    return found, findings


def polarity(cell: str) -> Polarity | None:
    """A cell as a polarity; None where it is empty or none."""
    return cast("Polarity", cell) if cell in _POLARITIES else None


def of_polarity(table: Table, row: int, cell: str) -> Iterator[Finding]:
    """What is wrong with a polarity."""
    if cell and cell not in _POLARITIES:
        to_do = f"use one of {', '.join(_POLARITIES)}, or leave it empty"
        yield table.finding(row, f"the polarity {cell!r} does not exist", to_do)


def _of_row(table: Table, row: int, cells: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a row by itself."""
    code = cells["reason"]
    if not code:
        yield table.finding(row, "the reason is empty", "write its code")
    elif not code.isprintable() or any(mark in code for mark in _SEPARATORS):
        what = f"{code!r} is no code"
        yield table.finding(row, what, "write it on one line, without ; and |")
    elif code.casefold() == _NONE:
        what = f"{code!r} is no code: in review sheets it says that no reason applies"
        yield table.finding(row, what, "call it otherwise, such as other or nothing_named")
    if not cells["label"]:
        yield table.finding(row, f"{code!r} has no label", "write what a reader calls it")
    yield from of_polarity(table, row, cells["polarity"])
    for name in ("valid_from", "valid_to"):
        if cells[name] and _day(cells[name]) is None:
            what = f"{name} {cells[name]!r} is no day"
            yield table.finding(row, what, "write it as 2026-01-31")


def _together(
    table: Table, row: int, reason: Reason, reasons: Mapping[str, Reason]
) -> Iterator[Finding]:
    """What is wrong with a reason beside the others."""
    if reason.parent:
        yield from _of_parent(table, row, reason, reasons)
    if reason.valid_from and reason.valid_to and reason.valid_to < reason.valid_from:
        what = f"{reason.reason!r} ends before it begins"
        yield table.finding(row, what, "mend valid_from or valid_to")
    if reason.becomes and not reason.valid_to:
        what = f"{reason.reason!r} becomes another and is not retired"
        yield table.finding(row, what, "write in valid_to the day it was given up")
    for code in reason.becomes:
        yield from _of_successor(table, row, reason, code, reasons)


def _of_parent(
    table: Table, row: int, reason: Reason, reasons: Mapping[str, Reason]
) -> Iterator[Finding]:
    parent = reasons.get(reason.parent or "")
    if parent is None:
        what = f"{reason.reason!r} has the parent {reason.parent!r}, which is not in the file"
        what += near(reason.parent or "", reasons)
        yield table.finding(row, what, "add it or mend the name")
    elif parent.parent:
        what = f"{reason.reason!r} has the parent {parent.reason!r}, which has one itself"
        yield table.finding(row, what, "name a family; there are two levels")
    elif parent.valid_to and not reason.valid_to:
        what = f"{reason.reason!r} is in force and its family {parent.reason!r} is retired"
        yield table.finding(row, what, "retire both, or name another family")


def _of_successor(
    table: Table, row: int, reason: Reason, code: str, reasons: Mapping[str, Reason]
) -> Iterator[Finding]:
    """What is wrong with one successor; a walk that meets its own start never ends."""
    what = f"{reason.reason!r} becomes {code!r}, which "
    if code not in reasons:
        what += f"is not in the file{near(code, reasons)}"
        yield table.finding(row, what, "add it or mend the name")
    elif _leads_to(reasons, code, reason.reason):
        yield table.finding(row, f"{what}leads back to it", "name what it is called now")
    elif _is_family(reason.reason, reasons) != _is_family(code, reasons):
        what += "is a family" if _is_family(code, reasons) else "is not a family as it is"
        yield table.finding(row, what, "name reasons of the same level")


def _leads_to(reasons: Mapping[str, Reason], start: str, goal: str) -> bool:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        code = ahead.pop()
        if code == goal:
            return True
        if code in reasons and code not in seen:
            seen.add(code)
            ahead += reasons[code].becomes
    return False


def _is_family(code: str, reasons: Mapping[str, Reason]) -> bool:
    return any(each.parent == code for each in reasons.values())


def _reason(cells: Mapping[str, str]) -> Reason:
    return Reason(
        reason=cells["reason"],
        label=cells["label"],
        parent=cells["parent"] or None,
        polarity=polarity(cells["polarity"]),
        definition=cells["definition"],
        include=cells["include"],
        exclude=cells["exclude"],
        example=cells["example"],
        valid_from=_day(cells["valid_from"]),
        valid_to=_day(cells["valid_to"]),
        becomes=_codes(cells["becomes"]),
    )


def _codes(cell: str) -> tuple[str, ...]:
    """Successors, apart by ; where a code may hold spaces, else by spaces."""
    parts = cell.split(";") if ";" in cell else cell.split()
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None
