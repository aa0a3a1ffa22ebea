"""Silence is a figure: who was never asked, who stayed silent, what that could hide."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.lenses.agreed import agreed, coding

from winloss import numbers
from winloss.lenses import coverage
from winloss.reporting import Coverage, Finding

STATES: dict[str, Any] = {
    "is_closed": pl.Boolean,
    "ask_state": pl.String,
    "decision_count": pl.Int64,
    "next_closes_on": pl.Date,
    "response_ids": pl.List(pl.String),
}
EXITS: dict[str, Any] = {
    "decision_kind": pl.String,
    "decision_count": pl.Int64,
    "amount_usd": pl.Float64,
    "without_amount_count": pl.Int64,
}
REJECTS: dict[str, Any] = {"source": pl.String, "reason": pl.String, "reject_count": pl.Int64}
UNSPLIT: dict[str, Any] = {
    **dict.fromkeys(("split", "grouped_by", "reason"), pl.String),
    **dict.fromkeys(("closed_count", "answered_count", "heard_count"), pl.Int64),
    "decision_count": pl.Int64,
}
DAY = date(2026, 10, 16)
HELD = (date(2025, 10, 1), date(2026, 10, 2))
WEEK = (date(2026, 9, 28), date(2026, 10, 4))


def frame(schema: dict[str, Any], rows: list[Any] | None = None) -> pl.DataFrame:
    return pl.DataFrame(rows or [], schema=schema, orient="row")


def cover(
    states: list[Any] | None = None,
    *,
    exits: list[Any] | None = None,
    rejects: list[Any] | None = None,
    opened: int = 0,
    invited: int = 1,
    lead: Finding | None = None,
    held: tuple[date | None, date | None] = HELD,
    **changes: Any,
) -> Coverage:
    rows: list[Any] = [(closed, state, count, DAY, []) for closed, state, count in states or []]
    days = ("first_decided_on", "last_decided_on", "week_from", "week_to")
    counts = coverage.Counts(
        states=frame(STATES, rows),
        exits=frame(EXITS, exits),
        rejects=frame(REJECTS, rejects),
        sources=pl.DataFrame({"open_opportunity_count": [opened], "invitation_count": [invited]}),
        export=frame(dict.fromkeys(days, pl.Date), [(*held, *WEEK)]),
        signatures=frame(
            {"signature": pl.String, "response_count": pl.Int64}, changes.get("faults")
        ),
        deleted=pl.DataFrame({"response_count": [changes.get("deleted", 0)]}),
        splits=frame(UNSPLIT),
        reasons=frame(UNSPLIT),
        verdicts=frame({"verdict": pl.String, "decision_count": pl.Int64}),
        coding=changes.get("coding", coding()),
        agreement=changes.get("agreement", agreed()),
        odd=frame({"caveat": pl.String, "row_count": pl.Int64}, changes.get("odd")),
        unread=changes.get("unread", ()),
        held_back=changes.get("held_back", 0),
        period="this week",
    )
    return coverage.section(counts, lead, weeks=13)


def lead(count: int, heard: int) -> Finding:
    voices = numbers.figure("price", 1, 1, "sql/reports/drivers_week.sql")
    trend = numbers.figure("price", count, heard, "sql/reports/drivers.sql")
    return Finding("price", "price", None, voices, "", "", (), "", None, trend, "")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "No survey closed in the last 13 weeks, so there is no rate yet."),
        (
            [(True, "answered", 31), (True, "closed_silent", 40), (True, "never_asked", 17)],
            (
                "Of 88 exits whose survey closed in the last 13 weeks, 31 told us why; "
                "40 stayed silent and 17 were never asked."
            ),
        ),
        (
            [(True, "answered", 1), (True, "unknown", 3)],
            (
                "Of four exits whose survey closed in the last 13 weeks, one told us why; "
                "asked: unknown for the other three."
            ),
        ),
        (
            [(True, "never_asked", 1), (False, "open", 9)],
            (
                "Of one exit whose survey closed in the last 13 weeks, none told us why; "
                "one was never asked."
            ),
        ),
    ],
)
def test_silence(states: list[Any], said: str) -> None:
    """Open surveys are no silence; unknown asking is said to be unknown."""
    assert cover(states).silence == said


def test_bounds() -> None:
    """The lead reason at its best and worst, if the silent differ."""
    states = [(True, "answered", 10), (True, "closed_silent", 5), (True, "never_asked", 5)]

    section = cover(states, lead=lead(5, 10))

    assert section.bound == "If all the silent meant price, it would be 75 %; if none did, 25 %."


def test_no_bound_without_silence() -> None:
    """Where everybody spoke there is nothing to bound."""
    assert cover([(True, "answered", 10)], lead=lead(5, 10)).bound == ""


@pytest.mark.parametrize(
    ("exits", "said"),
    [
        ([], "No new exits this week."),
        ([("lost", 7, 214_300.0, 0)], "Seven new exits this week, worth $214k."),
        ([("lost", 2, 0.0, 0)], "Two new exits this week, value not recorded."),
        ([("lost", 1, None, 1)], "One new exit this week, value not recorded."),
        (
            [("cancelled", 2, 900.0, 0), ("lost", 3, 100.0, 1)],
            "Five new exits this week, worth $1k, and one of unknown value.",
        ),
    ],
)
def test_exits(exits: list[Any], said: str) -> None:
    """Their value is said, and where it is not known."""
    assert cover(exits=exits).exits == said


def test_surveys() -> None:
    """Which surveys are open, and until when."""
    assert cover().surveys == "No survey is open."
    assert cover([(False, "open", 1)]).surveys == "One survey is open, until 16 October."


def test_set_aside() -> None:
    """Bad input is counted by its cause."""
    section = cover(rejects=[("crm", "unknown decision_kind", 3), ("crm", "duplicate id", 1)])

    assert section.set_aside == (
        "Four input rows were set aside: unknown decision_kind (3) and duplicate id (1)."
    )


def test_many_causes() -> None:
    """A long list of causes is cut, and says so."""
    section = cover(rejects=[("crm", cause, 2) for cause in ("a", "b", "c", "d")])

    assert section.set_aside.endswith(" a (2), b (2) and other causes.")


def test_open_opportunities_are_not_decided() -> None:
    """They are counted, not rejected."""
    assert cover(opened=2_089).open_opportunities == "2,089 opportunities are not decided yet."


def test_no_invitations_on_record() -> None:
    """A programme that records no invitations says so."""
    section = cover([(True, "unknown", 3)], invited=0)

    assert section.caveats == (coverage.ASKED_UNKNOWN,)


def test_a_week_after_the_export() -> None:
    """Where the export ends before the week, nobody says that nobody left."""
    section = cover(held=(date(2025, 10, 1), date(2026, 9, 12)))

    assert section.exits == "The CRM export ends on 12 September."
    assert section.export == section.exits
    assert cover().export == ""


def test_a_week_before_the_export() -> None:
    """An export of later years says when it begins, with its year."""
    section = cover(held=(date(2027, 2, 1), date(2027, 3, 1)))

    assert section.exits == "The CRM export begins on 1 February 2027."


def test_a_form_that_could_not_be_read() -> None:
    """Its exits are not taken for silent ones."""
    section = cover(unread=("cancellation", "pulse"))

    assert section.unread == (
        "The cancellation survey could not be read this week; its exits may only seem silent. "
        "The pulse could not be read this week; its answers are missing."
    )


def test_signatures() -> None:
    """What came in without our signature counts nowhere, and is counted."""
    (said,) = cover(faults=[("missing", 2), ("invalid", 1)]).lines

    assert said == (
        "Three responses of the last 13 weeks count nowhere for want of a valid signature: "
        "two without one and one with a false one."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "One response of the last 13 weeks was deleted at the source and counts nowhere."),
        (12, "12 responses of the last 13 weeks were deleted at the source and count nowhere."),
    ],
)
def test_deleted_at_the_source(count: int, said: str) -> None:
    """What somebody took back is gone from every figure, and that is said."""
    assert cover(deleted=count).lines == (said,)
    assert cover(deleted=0).lines == ()


def test_what_checks_found_is_said() -> None:
    """A check that only warns is read by whoever reads the figures."""
    said = cover(odd=[("Decisions of a seller the CRM export does not have", 1_204)]).caveats

    assert said == ("Decisions of a seller the CRM export does not have: 1,204.",)
