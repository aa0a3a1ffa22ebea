"""The moments that showed trust, in their words."""

from tests.lenses.counted import said, table, voices
from tests.lenses.harness import panel
from tests.lenses.trust.counts import make, rated


def test_who_stayed_and_who_did_not() -> None:
    """A side that was never asked says so, and is no zero."""
    section = make(
        trust_ratings=[
            rated("ability", "stayed", 4.25, 20, shown=20),
            rated("ability", "left", 3.0, 5, shown=5),
            rated("trust_business", "stayed", 4.0, 3, shown=3),
        ]
    )

    assert table(section, "sides") == {
        "Able to do what they needed": ["4.2 (20 ratings)", "3.0 (5 ratings)"],
        "Knew their business": ["3 ratings", "not asked"],
    }


def test_who_rated_high_says_when() -> None:
    """Words on when they noticed are of who rated high; nobody is asked that who rated low."""
    section = make(
        trust_ratings=[rated("trust_politics", "stayed", 3.0, 2, shown=2)],
        words=voices(
            ("noticed_words", "trust_politics-high", "You knew who would block it."),
            ("noticed_words", "trust_politics-low", "I never noticed anything at all."),
            ("missed", "trust_politics-low", "That our finance lead decides everything here."),
        ),
    )

    assert [(row.label, row.quote.text) for row in panel(section, "noticed").rows if row.quote] == [
        ("Sensed what mattered to whom: rated high", "You knew who would block it."),
    ]


def test_when_they_needed_us() -> None:
    """Of everybody asked; of those we failed how many we lost, as a count and no rate."""
    section = make(
        *said("tested_passed", "lost", "all", no=3, split=1),
        *said("tested_passed", "current", "all", no=1, yes=4, never=3, open=2),
        words=voices(
            (
                "tested_words",
                "tested_passed-lost-no-0",
                "The phone rang out, and then it rang out again.",
            ),
            ("tested_words", "tested_passed-lost-no-1", "Nobody came when the gate failed."),
            (
                "tested_words",
                "tested_passed-current-yes-0",
                "Your man drove here through the night.",
            ),
        ),
    )

    assert table(section, "tested") == {
        "We were not there": ["4 of 13 (likely 13 to 58 %)", "3 of 4"],
        "We were there": ["4 of 13 (likely 13 to 58 %)", "0 of 4"],
        "It never came to that": ["3 of 13 (likely 8 to 50 %)", "0 of 3"],
    }
    note = panel(section, "tested").note
    assert (
        "Two left it open. In one decision colleagues differ; the side that warns counts." in note
    )
    assert "no rate of leaving" in note
    assert section.voice
    assert section.voice.text == "The phone rang out, and then it rang out again."
    assert [(row.label, row.quote.text) for row in panel(section, "stories").rows if row.quote] == [
        ("We were not there", "Nobody came when the gate failed."),
        ("We were there", "Your man drove here through the night."),
    ]


def test_ammunition() -> None:
    """The share is of deals lost; what was missing is also heard from who chose us."""
    section = make(
        *said("ammunition", "lost", "all", no=3, partly=1, yes=1, alone=1),
        *said("ammunition", "won", "all", partly=1),
        words=voices(
            ("ammunition_missing", "ammunition-won-partly-0", "One page for finance, a real one.")
        ),
    )

    assert section.lines[0] == (
        "Lost, short of what it took to convince the others: "
        "4 of 6 (likely 30 to 90 %), since the beginning."
    )
    assert table(section, "ammunition")["No"] == ["3 of 6 (likely 19 to 81 %)"]
    assert [quote.text for quote in panel(section, "give_me_this").quotes] == [
        "One page for finance, a real one."
    ]


def test_needless_questions_are_listed() -> None:
    """As many as there are up to four, of everybody shown the question."""
    section = make(
        *said("needless_question", "lost", "all", yes=6, open=4),
        words=voices(
            *(
                (
                    "needless_question",
                    f"needless_question-lost-yes-{place}",
                    f"What is dock number {place} for?",
                )
                for place in range(6)
            )
        ),
    )

    assert table(section, "needless")["Named one"] == ["6 of 10 (likely 31 to 83 %)"]
    assert len(panel(section, "needless").quotes) == 4


def test_advice_against_ourselves() -> None:
    """How many were so advised, and how many of them we lost all the same."""
    section = make(
        *said("advised_against", "won", "all", yes=3, no=2),
        *said("advised_against", "cancelled", "all", yes=1, no=4),
    )

    assert table(section, "advised") == {
        "Yes": ["4 of 10 (likely 17 to 69 %)", "1 of 4"],
        "No": ["6 of 10 (likely 31 to 83 %)", "4 of 6"],
    }


def test_a_failed_test_of_the_week_is_a_finding() -> None:
    """It goes before missing ammunition, and speaks first."""
    section = make(
        *said("tested_passed", "current", "week", no=1, yes=1),
        *said("ammunition", "current", "week", no=2),
        *said("tested_passed", "current", no=3, yes=15),
        *said("tested_passed", "current", "all", no=3, yes=15),
        words=voices(
            (
                "tested_words",
                "tested_passed-current-no-0",
                "We rang three days running for nothing.",
            )
        ),
    )

    (finding,) = section.findings
    assert section.is_news
    assert f"{finding.who} {finding.claim}" == (
        "1 of the 2 asked this week said that we were not there when they needed us most."
    )
    assert (finding.trend.count, finding.trend.total) == (3, 18)
    assert section.voice == finding.quote
    assert section.lines == (
        "Not there when they needed us most: 17 % (3 of 18, likely 6 to 39 %), over 13 weeks.",
    )


def test_missing_ammunition_of_the_week() -> None:
    """Where no test failed, and only what was missing is news."""
    everyone = said("ammunition", "won", "all", partly=1)
    section = make(*said("ammunition", "won", "week", partly=1), *everyone)
    quiet = make(*said("ammunition", "won", "week", alone=1, yes=1), *everyone)

    assert section.findings[0].reason == "no_ammunition"
    assert section.findings[0].who == "The only one"
    assert (quiet.findings, quiet.is_news) == ((), False)
