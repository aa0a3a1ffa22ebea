"""A long edition made by hand: everything a weekly mail can hold at once."""

from datetime import UTC, datetime

import pytest

from winloss import numbers
from winloss.reporting import (
    CardRow,
    Coverage,
    Drivers,
    Edition,
    Finding,
    KnowWhy,
    Prevention,
    Quote,
    Section,
    Sections,
    Sign,
    Weekly,
)
from winloss.weeks import Week

QUERY = "sql/reports/drivers.sql"


def spoken(text: str, who: str, language: str = "en") -> Quote:
    return Quote(
        text, "Name withheld", "form", who, "what_happened", 0, len(text), language=language
    )


def found(place: int, text: str) -> Finding:
    return Finding(
        reason=f"reason-{place}",
        label="help to start",
        quote=spoken(text, f"said-{place}", "de" if place == 2 else "en"),
        voices=numbers.figure("help to start", 6, 12, QUERY, (f"said-{place}",)),
        who="6 of the 12",
        claim="who told us why this week named help to start (likely 25 to 75 %).",
        ours=(("price", 4), ("nothing", 2)),
        logged="For the same six we had logged price four times and nothing twice.",
        contrary=spoken("It was fine. You were simply dearer than the others.", f"other-{place}"),
        trend=numbers.figure("help to start", 11, 31, QUERY),
        call="No change we can call.",
    )


def sections(findings: tuple[Finding, ...]) -> Sections:
    row = CardRow("chose a competitor", "price", "help to start", "wrong")
    silent = CardRow("cancelled", "nothing", "", "heard, in confidence")
    line = "Over 13 weeks: right on 40 % (12 of 30), partly right on 8, wrong on 10."
    sign = Sign(
        "Four current customers say they would leave",
        "Kestrel Freight, Oakhaven Foods and two more",
        numbers.figure("would_move", 4, 4, "sql/reports/prevention.sql"),
    )
    return Sections(
        Drivers("drivers", "Why did they leave?", (), 12, (), (), findings=findings),
        KnowWhy("know_why", "Do you know why?", (), (row, row, silent, silent), (), line, (), ""),
        Coverage(
            lens="coverage",
            title="Who is silent",
            caveats=("No invitations are on record, so nobody can say who was asked.",),
            closed=(),
            running=(),
            silence="Of 88 exits whose survey closed in the last 13 weeks, 31 told us why.",
            bound="If all the silent meant help to start, it would be 77 %; if none did, 12 %.",
            surveys="43 surveys are open; the next closes on 5 October.",
            exits="Seven new exits this week, worth $318k.",
            exit_count=7,
            rejects=(),
            set_aside="Four input rows were set aside: duplicate id (3) and broken encoding (1).",
            open_opportunities="2,089 opportunities are not decided yet.",
        ),
        Prevention("prevention", "What can still be kept", (), (sign, sign, sign), 1),
        {"ladder": idea()},
    )


def idea() -> Section:
    return Section(
        "ladder",
        "Did we defend them?",
        (),
        voice=spoken("You told us to buy less than we had asked for.", "said-ladder"),
        lines=("Two of the nine who were asked stand on the highest rung.",),
        is_news=True,
    )


def edition_of(*texts: str, subject: str = "“Alone”: 6 of 12. We’d logged price") -> Weekly:
    findings = tuple(found(place, text) for place, text in enumerate(texts, 1))
    made = sections(findings)
    return Weekly(
        edition=Edition(
            "weekly", Week.parse("2026-W40"), "all", datetime(2026, 10, 5, 4, tzinfo=UTC)
        ),
        company="Harbourline",
        masthead="Harbourline · why they left · week 40, 28 September to 4 October",
        mood="voices",
        subject=subject,
        preheader="Twelve told us why they left this week.",
        opening="",
        aside="",
        findings=findings,
        voice=None,
        missing=(),
        know_why=made.know_why,
        prevention=made.prevention,
        actions=None,
        idea=made.ideas["ladder"],
        coverage=made.coverage,
        window_weeks=13,
        full_url="",
        sections=made,
        headlines=("6 of the 12 named help to start.",),
    )


@pytest.fixture
def weekly() -> Weekly:
    """Three findings of ordinary length, and every section."""
    return edition_of(
        "We’d have been on our own.", "Kein Mensch hätte uns geholfen.", "You never called back."
    )


@pytest.fixture
def wordy() -> Weekly:
    """Three sentences as long as a quote may be, and every section."""
    long = " ".join(["and", "then", "nobody", "came"] * 10) + "."
    return edition_of(long, long, long)


@pytest.fixture
def hostile() -> Weekly:
    """Words that try to be markup, template syntax and a second header."""
    return edition_of(
        "<script>alert('x')</script> {{ weekly.company }} {% raw %} & </td></table>",
        subject="“Alone”\r\nBcc: everybody@example.com",
    )
