"""Respect both ways: who felt it, who was talked down to or misled, what more they would like."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from winloss import numbers, wording
from winloss.lenses.respect import both, families, harm
from winloss.lenses.respect.families import Wish
from winloss.lenses.respect.tally import Tally
from winloss.quotes import Voices
from winloss.reporting import Cell, Panel, Row, Section

READS = ("respect", "respect_cases", "respect_both", "respect_wishes", "respect_avoidable")
TITLE = "Do we respect each other?"
FEW = "Asked of few so far: counts since the beginning."
NOBODY = "Nobody has been asked yet."

_NUISANCES = {
    "discount": "asking for a better price",
    "money_back": "asking for money back",
    "replacement": "asking for a replacement",
    "guarantee": "calling on a guarantee",
    "safety": "asking about safety",
    "odd_hours": "needing us outside office hours",
    "something_else": "something else",
}
_WISHES = (
    Wish("unasked", "expected", "What they expected without asking"),
    Wish(
        "mile",
        "miles",
        "The extra miles they name",
        ("about", "asked for it", "what we do about it"),
    ),
)
_FIRST = {"unasked": "unasked", "mile": "mile_1"}


def section(counts: Mapping[str, pl.DataFrame], voices: Voices, weeks: int) -> Section:
    """What customers say of respect: harm case by case, both ways, and what more they would like.

    `counts` holds the frames of the queries in READS, `weeks` is the window's length. Where a
    block's questions were shown to fewer than 15 in the window, they count since the beginning.
    """
    rows = {(row["question_ref"], row["answer"]): row for row in counts["respect"].to_dicts()}
    shown = max(
        (int(rows[ref, None]["voter_count"]) for ref in harm.HARMS if (ref, None) in rows),
        default=0,
    )
    tally = Tally(rows, is_thin=shown < numbers.PERCENT_FROM)
    if not tally.heard:
        asked = tally.count("felt_respected", span="ever")
        said = f"Asked of {asked}; nobody has answered." if asked else NOBODY
        return Section("respect", TITLE, (), lines=(said,))
    cases = [
        case for case in counts["respect_cases"].to_dicts() if tally.is_thin or case["is_window"]
    ]
    voice = harm.opening(cases, voices)
    finding = harm.finding(tally, cases, voice, voices)
    panels = (
        both.both(counts["respect_both"], voices),
        harm.rates(tally),
        harm.cases(cases, voice, voices, None if tally.is_thin else weeks),
        _nuisances(tally),
        *(
            panel
            for each in _WISHES
            for panel in families.panels(
                each,
                counts["respect_wishes"],
                voices,
                asked=tally.count(_FIRST[each.name]),
                is_thin=tally.is_thin,
            )
        ),
        *both.exchange(tally, voices),
    )
    return Section(
        "respect",
        TITLE,
        (FEW,) if tally.is_thin and tally.count("misled") else (),
        voice=voice,
        lines=_lines(tally, counts, weeks),
        panels=tuple(panel for panel in panels if panel is not None),
        findings=(finding,) if finding else (),
        is_news=any(case["is_week"] for case in cases),
    )


def _lines(tally: Tally, counts: Mapping[str, pl.DataFrame], weeks: int) -> tuple[str, ...]:
    lines = [
        harm.line(tally),
        both.line(tally, weeks),
        _mile_line(counts["respect_wishes"], is_thin=tally.is_thin),
        _worth(counts["respect_avoidable"].to_dicts()[0], weeks),
    ]
    return tuple(line for line in lines if line)


def _mile_line(wishes: pl.DataFrame, *, is_thin: bool) -> str:
    span = "ever_count" if is_thin else "voter_count"
    rows = [row for row in wishes.to_dicts() if row["wish"] == "mile"]
    total = sum(row[span] for row in rows if row["is_total"])
    named = [row for row in rows if row["label"] and row[span] > 1]
    if not named:
        return ""
    first = max(named, key=lambda row: row[span])
    return (
        f"Asked for an extra mile, {first[span]} of the {total} who named any "
        f"spoke of {first['label']}."
    )


def _worth(row: dict[str, Any], weeks: int) -> str:
    """What leaving for reasons of ours cost, beside what winning as many anew would cost."""
    count = int(row["avoidable_count"])
    if not count:
        return ""
    unknown = int(row["without_amount_count"])
    amount = f"worth {wording.usd(row['amount_usd'])}" if count > unknown else ""
    beside = f"{wording.number(unknown)} of unknown value" if unknown else ""
    said = (
        f"Of {wording.counted(int(row['cancelled_count']), 'cancellation')} heard over {weeks} "
        f"weeks, {wording.number(count)} had a reason we could have answered: "
        f"{wording.listed([part for part in (amount, beside) if part])}."
    )
    cost = row["acquisition_cost_usd"]
    anew = f" Winning as many anew costs {wording.usd(count * cost)}." if cost else ""
    return said + anew


def _nuisances(tally: Tally) -> Panel | None:
    total = tally.count("nuisance_over")
    figures = [
        (said, figure)
        for topic, said in _NUISANCES.items()
        if (figure := tally.figure("nuisance_over", topic)).count
    ]
    if not total:
        return None
    figures.sort(key=lambda each: -each[1].count)
    rows = [Row(said, (Cell(numbers.spoken(figure), figure),)) for said, figure in figures]
    never = tally.figure("nuisance_over", "never")
    rows.append(Row("never", (Cell(numbers.spoken(never), never),)))
    left = tally.count("nuisance_over", "left_open")
    note = f"{wording.sentence(wording.number(left))} left it open." if left else ""
    return Panel("nuisance", "Made to feel a nuisance, over what", tuple(rows), note=note)
