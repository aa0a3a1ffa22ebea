"""The four rungs: how many customers stand on each, who of them left, and what the week says."""

from collections.abc import Mapping
from typing import Any

from winloss import numbers, wording
from winloss.lenses.ladder.counts import Rows, ids, left_open
from winloss.quotes import Stance, Voices
from winloss.reporting import Cell, Figure, Finding, Panel, Quote, Row
from winloss.tally import offered

QUERY = "sql/reports/ladder.sql"
OPEN = "Left it open"
RUNGS = {
    "defend": ("Defended them", "we looked after their interests, even against our own"),
    "delight": ("Delighted them", "we did more than they expected"),
    "deliver": ("Delivered", "we did what was promised, no more"),
    "disappoint": ("Disappointed them", "we let them down"),
}
"""From the top of the ladder down: its name, and what a customer on it says."""
_MOMENTS: Mapping[str, tuple[tuple[str, ...], Stance | None]] = {
    "defend": (("put_you_first",), "for"),
    "delight": (("put_you_first",), "for"),
    "deliver": (("put_you_first", "put_us_first"), None),
    "disappoint": (("put_us_first",), "against"),
}
"""Which moment a customer on a rung tells of to show it, and for whom it has to speak."""


def answered(rungs: Rows) -> int:
    """How many customers said where we stand."""
    return sum(int(rungs[name]["voter_count"]) for name in RUNGS if name in rungs)


def shown(rungs: Rows) -> int:
    """How many customers were asked where we stand."""
    return answered(rungs) + _open_count(rungs)


def _open_count(rungs: Rows) -> int:
    return int(rungs[None]["voter_count"]) if None in rungs else 0


def standing(rungs: Rows, name: str) -> Figure:
    """Those on a rung, of all who were asked where we stand."""
    count = int(rungs[name]["voter_count"]) if name in rungs else 0
    return numbers.figure(name, count, shown(rungs), QUERY, tuple(ids(rungs, name)))


def leaving(row: dict[str, Any]) -> Figure:
    """Who left us, of those on a rung of whom we know whether they stay."""
    gone = int(row["left_count"])
    total = gone + int(row["stayed_count"])
    return numbers.figure(f"left us, {row['ladder_rung']}", gone, total, QUERY)


def panel(rungs: Rows, told: Rows, voices: Voices) -> Panel | None:
    """Four rungs, the highest first, each with somebody who stands on it; empty ones empty."""
    if not answered(rungs):
        return None
    rows = (*(_rung(name, rungs, told, voices) for name in RUNGS), *_left_open(rungs))
    return Panel(
        "rungs", "The ladder", rows, ("rung", "stand here", "of them, left us"), _note(rungs)
    )


def _left_open(rungs: Rows) -> tuple[Row, ...]:
    """Whoever was asked and stands nowhere."""
    if None not in rungs:
        return ()
    figure = numbers.figure("left it open", _open_count(rungs), shown(rungs), QUERY)
    return (Row(OPEN, (Cell(numbers.spoken(figure), figure),)),)


def _rung(name: str, rungs: Rows, told: Rows, voices: Voices) -> Row:
    row, label = rungs.get(name), f"{RUNGS[name][0]}: {RUNGS[name][1]}"
    if row is None:
        return Row(label, (Cell("nobody"), Cell("")))
    figure, gone = standing(rungs, name), leaving(row)
    said = f"{gone.count} of {gone.total}"
    left = Cell(said, gone, is_aside=True) if gone.total else Cell("")
    quote = _voice(name, ids(rungs, name), told, voices, (figure,))
    return Row(label, (Cell(numbers.spoken(figure), figure), left), quote)


def _voice(
    name: str, here: list[str], told: Rows, voices: Voices, beside: tuple[Figure, ...]
) -> Quote | None:
    """The moment somebody on a rung tells of; of those let down, else what we are missing."""
    moment = _moment(name, here, told, voices, beside)
    if moment or name != "disappoint":
        return moment
    return voices.choose(("missed",), here, stance="against", beside=beside)


def _moment(
    name: str, here: list[str], told: Rows, voices: Voices, beside: tuple[Figure, ...] = ()
) -> Quote | None:
    sides, stance = _MOMENTS[name]
    for side in sides:
        both = [each for each in here if each in ids(told, side)]
        quote = voices.choose((side,), both, stance=stance, beside=beside) if both else None
        if quote is not None:
            return quote
    return None


def _note(rungs: Rows) -> str:
    """Of whom the shares speak, and how colleagues were counted."""
    gone, stay, split = (
        sum(int(row[f"{what}_count"]) for name, row in rungs.items() if name in RUNGS)
        for what in ("left", "stayed", "split")
    )
    said = [f"{gone} of them left us and {stay} stay; whom we ask moves these shares."]
    if split:
        decisions = wording.counted(split, "decision")
        said.append(f"In {decisions} colleagues differ; the lower rung counts.")
    return " ".join(said)


def lines(rungs: Rows, weeks: int) -> tuple[str, ...]:
    """Where we stand, and who leaves from the lowest rung and from the highest."""
    if not answered(rungs):
        return ()
    high, low = (numbers.spoken(standing(rungs, name)) for name in ("defend", "disappoint"))
    first = (
        f"Over {weeks} weeks, of those asked, {high} say that we defended them "
        f"and {low} that we let them down.{_open_said(rungs)}"
    )
    return tuple(line for line in (first, _leaving_line(rungs)) if line)


def _open_said(rungs: Rows) -> str:
    said = left_open(_open_count(rungs))
    return f" {said}" if said else ""


def _leaving_line(rungs: Rows) -> str:
    low, high = rungs.get("disappoint"), rungs.get("defend") or rungs.get("delight")
    if low is None or high is None:
        return ""
    let_down, stood_up = leaving(low), leaving(high)
    if not let_down.total or not stood_up.total:
        return ""
    whom = "defended" if high["ladder_rung"] == "defend" else "delighted"
    return (
        f"Of {let_down.total} we let down, {let_down.count} left us; "
        f"of {stood_up.total} we {whom}, {stood_up.count}."
    )


def finding(week: Rows, rungs: Mapping[str, Rows], told: Rows, voices: Voices) -> Finding | None:
    """What those who answered in the week say: that we let them down, or that we defended them.

    `rungs` holds the window and the one before; `told` the moments of the week. Without the
    moment that shows it there is none: the rung is asked of everybody, every week.
    """
    for name in ("disappoint", "defend"):
        quote = _moment(name, ids(week, name), told, voices)
        if quote is not None:
            return _found(name, quote, week, rungs)
    return None


def _found(name: str, quote: Quote, week: Rows, rungs: Mapping[str, Rows]) -> Finding:
    voices = standing(week, name)
    trend, before = (standing(rungs[period], name) for period in ("window", "before"))
    said = RUNGS[name][1]
    claim = f"asked this week where we stand said that {said}"
    return offered(
        "ladder", name, said, claim, quote=quote, voices=voices, trend=trend, before=before
    )
