"""What broke before customers left, and how late we asked."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

LINKS = ("goals_known", "challenges_known", "challenges_worked", "checked_in", "met_expectation")
GOOD: dict[str, Any] = dict.fromkeys(LINKS, 4) | {"checked_in": "monthly"}


def test_nobody_yet(leavers: Any) -> None:
    """Without anything said the section still stands, with one honest line."""
    section = leavers.section()

    assert section.lines == ("Nobody who cancelled has told us yet what came before.",)
    assert section.panels == ()
    assert (section.voice, section.signs, section.calls) == (None, (), 0)


def test_first_broken_link(leavers: Any) -> None:
    """Each cancellation counts at its first broken link; a link left open is said, not dropped."""
    for number in range(16):
        broken: dict[str, Any] = {"challenges_known": 2, "met_expectation": 1} if number < 6 else {}
        broken |= {"checked_in": "never"} if number == 6 else {}
        broken |= {"goals_known": None} if number > 12 else {}
        leavers.leave(f"a{number}", date(2026, 8, 1), missed="You never asked.", **GOOD | broken)

    section = leavers.section()

    assert section.lines[0] == (
        "Of the cancellations heard over 13 weeks, the chain broke first at “challenges known” "
        "in 38 % (6 of 16, likely 18 to 61 %)."
    )
    assert leavers.told(section, "chain") == {
        "goals known": [
            "never the first to break",
            "called broken in 0 of 13 (likely 0 to 23 %)",
            "three left it open",
        ],
        "challenges known": [
            "broke first in 6 of 16",
            "called broken in 38 % (6 of 16, likely 18 to 61 %)",
            "",
        ],
        "challenges worked on": [
            "never the first to break",
            "called broken in 0 % (0 of 16, likely 0 to 19 %)",
            "",
        ],
        "checked in": [
            "broke first in 1 of 16",
            "called broken in 6 % (1 of 16, likely 1 to 28 %)",
            "",
        ],
        "results as expected": [
            "never the first to break",
            "called broken in 38 % (6 of 16, likely 18 to 61 %)",
            "",
        ],
    }
    assert leavers.panel(section, "chain").note.endswith("In 9 of 16 no link was broken.")
    assert section.caveats == ()


def test_words_stand_under_broken_links_alone(leavers: Any) -> None:
    """Whoever speaks under a link called it broken, and the section opens with one of them."""
    leavers.leave("a", date(2026, 8, 1), missed="You never asked us.", **GOOD)
    for name in "bcdef":
        said = GOOD | {"goals_known": 1}
        leavers.leave(name, date(2026, 8, 1), missed=f"Nobody came, says {name}.", **said)

    section = leavers.section()

    rows = {row.label: row.quote for row in leavers.panel(section, "chain").rows}
    speakers = {quote.text for quote in (section.voice, *rows.values()) if quote}
    assert rows["goals known"] is not None
    assert rows["checked in"] is None
    assert len(speakers) == 2
    assert all(text.startswith("Nobody came") for text in speakers)


def test_thin_windows_count_from_the_beginning(leavers: Any) -> None:
    """With few in the window everything since the beginning counts, and that is said."""
    leavers.leave("old", date(2025, 3, 1), **GOOD | {"goals_known": 1})
    leavers.leave("new", date(2026, 8, 1), **GOOD | {"goals_known": 1})

    section = leavers.section()

    assert section.caveats == ("Asked of few so far: counts since the beginning.",)
    assert "since the beginning" in section.lines[0]
    assert section.lines[0].endswith("in 2 of 2.")


def test_odds_count_nobody_twice(leavers: Any) -> None:
    """Who told us of leaving is not a current customer as well; five looks are allowed for."""
    for number in range(8):
        leavers.stay(f"gone{number}")
        leavers.leave(f"gone{number}", date(2026, 8, 1), **GOOD | {"goals_known": 1})
        leavers.pulse(f"gone{number}", date(2026, 5, 1), **GOOD)
        leavers.stay(f"here{number}")
        leavers.pulse(f"here{number}", date(2026, 5, 1), **GOOD | {"goals_known": 1})
        said = GOOD | ({"goals_known": 2} if number == 0 else {})
        leavers.pulse(f"here{number}", date(2026, 6, 1), **said)

    section = leavers.section()

    assert leavers.told(section, "odds")["goals known"][:2] == ["8 of 8", "1 of 8"]
    assert leavers.told(section, "odds")["goals known"][2].startswith("at least ")
    assert leavers.told(section, "odds")["checked in"] == ["0 of 8", "0 of 8", "too few to say"]
    assert "Five links were looked at" in leavers.panel(section, "odds").note
    assert "one of them lies wholly above even odds" in leavers.panel(section, "odds").note


def test_odds_count_an_account_once(leavers: Any) -> None:
    """By its latest cancellation of the year; one of longer ago leaves it a current customer."""
    leavers.stay("Twice")
    leavers.leave("Twice", date(2026, 2, 1), **GOOD | {"goals_known": 1})
    leavers.leave("Twice", date(2026, 8, 1), **GOOD)
    leavers.stay("Back")
    leavers.leave("Back", date(2024, 8, 1), **GOOD | {"goals_known": 1})
    leavers.pulse("Back", date(2026, 6, 1), **GOOD)

    section = leavers.section()

    assert leavers.told(section, "odds")["goals known"][:2] == ["0 of 1", "0 of 1"]
    assert "gone" not in repr(section)


def test_the_clock(leavers: Any) -> None:
    """Medians of those who gave the day, and who was asked too late."""
    for number in range(5):
        leavers.leave(
            f"a{number}",
            date(2026, 8, 1),
            first_doubt_on=date(2026, 8, 1) - timedelta(days=100 + number),
            told_us_on=date(2026, 6, 1) if number < 2 else None,
            we_asked_on=date(2026, 7, 20),
            decided_inside_on=date(2026, 7, 20) - timedelta(days=number),
            decisive="yes" if number == 0 else "no",
        )

    section = leavers.section()

    assert leavers.told(section, "clock") == {
        "first doubt": ["102 days before"],
        "decided inside": ["14 days before"],
        "we asked": ["12 days before"],
        "cancelled": ["five customers"],
    }
    assert "We asked too late in 4 of 5 (likely 38 to 96 %)." in section.lines
    assert "It could have been stopped in 1 of 5 (likely 4 to 62 %)." in section.lines
    assert "Never told us: 3 of 5 (likely 23 to 88 %)." in leavers.panel(section, "clock").note
    assert "Silent time" not in leavers.panel(section, "clock").note


def test_cases_in_months(leavers: Any) -> None:
    """Where it may be seen the case is told in months; the others are counted, and no more."""
    leavers.stay("Open")
    leavers.stay("Shut")
    days = {"first_doubt_on": date(2025, 11, 5), "we_asked_on": date(2026, 6, 9)}
    leavers.leave("Open", date(2026, 8, 1), **days)
    leavers.leave("Shut", date(2026, 8, 2), may_see=False, **days)

    section = leavers.section()

    assert leavers.told(section, "cases") == {
        "Open Ltd": ["Doubt in November 2025, told nobody, we asked in June, cancelled in August."]
    }
    assert leavers.panel(section, "cases").note.endswith("One more, in confidence.")
    assert "gone" not in repr(section)
    shut = leavers.frames()["prevention_cases"].filter(~pl.col("may_see"))
    assert [value for value in shut.row(0) if value is not None] == [False]


def test_a_link_is_told_in_words_about_what_we_missed(leavers: Any) -> None:
    """Why somebody left says nothing of a link: without words on what we missed nobody speaks."""
    for name in "abcde":
        said = GOOD | {"goals_known": 1}
        leavers.leave(name, date(2026, 8, 1), what_happened="The bill had doubled.", **said)

    assert leavers.section().quotes == ()


def test_a_case_by_name_is_not_quoted_unnamed(leavers: Any) -> None:
    """Whose way out is told by name, as may be seen, says nothing without that name beside it."""
    for name in "abcde":
        leavers.stay(name, is_current=False)
        leavers.leave(
            name,
            date(2026, 8, 1),
            may_see=name != "e",
            first_doubt_on=date(2026, 5, 1),
            missed=f"Nobody came, says {name}.",
            **GOOD | {"goals_known": 1},
        )

    section = leavers.section()

    assert "a Ltd" in leavers.told(section, "cases")
    assert {quote.response_id for quote in section.quotes} == {"exit/e-2026-08-01"}


def test_a_customer_on_the_list_is_not_quoted_unnamed(leavers: Any) -> None:
    """Whoever is named as one who may leave speaks nowhere in the section without their name."""
    names = [f"Listed {number}" for number in range(5)]
    for name in names:
        leavers.stay(name)
        before = {"missed": "Nobody answers.", "reason": "support"}
        again = {"missed": "Still nobody answers.", "reason": "support", "goals_known": 1}
        leavers.pulse(name, date(2026, 5, 1), **before)
        leavers.pulse(name, date(2026, 9, 1), **again)

    section = leavers.section()

    assert leavers.panel(section, "missed").rows
    assert list(leavers.told(section, "watch")) == [f"{name} Ltd" for name in names]
    assert section.quotes == ()


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (
            {"told_us_on": date(2026, 4, 9), "we_asked_on": date(2026, 3, 2)},
            "We asked in March, told us in April, cancelled in August.",
        ),
        (
            {"decided_inside_on": date(2026, 6, 9), "first_doubt_on": date(2026, 7, 1)},
            "Never asked, decided in June, doubt in July, told nobody, cancelled in August.",
        ),
        (
            {"told_us_on": date(2026, 9, 9)},
            "Never asked, cancelled in August, told us in September.",
        ),
        (
            {"we_asked_on": date(2026, 9, 9)},
            "Told nobody, cancelled in August, we asked in September.",
        ),
    ],
)
def test_a_case_is_told_in_the_order_of_time(
    leavers: Any, months: dict[str, date], said: str
) -> None:
    leavers.stay("Open")
    leavers.leave("Open", date(2026, 8, 1), **months)

    assert leavers.told(leavers.section(), "cases") == {"Open Ltd": [said]}
