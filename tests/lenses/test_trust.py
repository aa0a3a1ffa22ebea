"""Trust: pairs within a respondent, honest n, and the moments in their words."""

from datetime import UTC, datetime
from typing import Any

import polars as pl

from winloss.lenses import trust
from winloss.quotes import Names, Voices
from winloss.reporting import Panel, Section

IDS = pl.List(pl.String)
SCHEMAS: dict[str, dict[str, Any]] = {
    "trust": {
        **dict.fromkeys(("period", "question_ref", "among", "value"), pl.String),
        **dict.fromkeys(("voter_count", "split_count"), pl.Int64),
        "response_ids": IDS,
    },
    "trust_ratings": {
        **dict.fromkeys(("period", "question_ref", "side"), pl.String),
        **dict.fromkeys(("shown_count", "voter_count"), pl.Int64),
        "mean": pl.Float64,
        **dict.fromkeys(("response_ids", "high_ids", "low_ids"), IDS),
    },
    "trust_pairs": {
        **dict.fromkeys(("period", "question_ref"), pl.String),
        **dict.fromkeys(("shown_count", "voter_count"), pl.Int64),
        **dict.fromkeys(("ours_mean", "theirs_mean"), pl.Float64),
        "gaps": pl.List(pl.Float64),
        "response_ids": IDS,
    },
}
WORDS: dict[str, Any] = {
    **dict.fromkeys(
        ("verbatim_key", "form_id", "response_id", "response_key", "question_ref", "form_kind"),
        pl.String,
    ),
    **dict.fromkeys(("account_id", "respondent", "language", "text", "may_quote"), pl.String),
    "submitted_at": pl.Datetime("us", "UTC"),
}
CODES: dict[str, Any] = {
    **dict.fromkeys(("verbatim_key", "reason", "parent", "polarity"), pl.String),
    "is_primary": pl.Boolean,
    **dict.fromkeys(("span_start", "span_end"), pl.Int64),
}


def ids(stem: str, count: int) -> list[str]:
    return [f"{stem}{place}" for place in range(count)]


def said(
    question_ref: str, among: str, period: str = "window", *, split: int = 0, **values: int
) -> list[tuple[Any, ...]]:
    """Voters by value; their response ids begin with the group and the value."""
    return [
        (period, question_ref, among, value, count, split, ids(f"{among}-{value}-", count))
        for value, count in values.items()
    ]


def rated(
    question_ref: str, side: str, mean: float | None, count: int, *, shown: int, period: str = "all"
) -> tuple[Any, ...]:
    high, low = f"{question_ref}-high", f"{question_ref}-low"
    return (period, question_ref, side, shown, count, mean, ids(side, count), [high], [low])


def paired(question_ref: str, *gaps: float, shown: int, period: str = "all") -> tuple[Any, ...]:
    """They rate the chosen supplier 4, and us so much above."""
    mean = 4 + sum(gaps) / len(gaps) if gaps else None
    theirs = 4.0 if gaps else None
    count = len(gaps)
    return (period, question_ref, shown, count, mean, theirs, list(gaps), ids("pair", count))


def voices(*words: tuple[str, str, str]) -> Voices:
    """Unnamed words: question, response and text."""
    at = datetime(2026, 9, 30, tzinfo=UTC)
    rows = [
        (f"{ref}{who}", "f", who, f"f/{who}", ref, "pulse", None, who, "en", text, "unnamed", at)
        for ref, who, text in words
    ]
    names = Names.of(people=[], companies=[], kept=[])
    return Voices(pl.DataFrame(rows, schema=WORDS, orient="row"), pl.DataFrame(schema=CODES), names)


def make(
    *answers: tuple[Any, ...], words: Voices | None = None, **frames: list[tuple[Any, ...]]
) -> Section:
    """The section of these counts; who is in pairs has also rated us."""
    rows = {"trust": list(answers), "trust_ratings": [RATED] if frames else [], **frames}
    counts = {
        name: pl.DataFrame(rows.get(name, []), schema=schema, orient="row")
        for name, schema in SCHEMAS.items()
    }
    return trust.section(counts, words or voices(), 13)


RATED = rated("ability", "stayed", 4.0, 5, shown=5)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def table(section: Section, name: str) -> dict[str, list[str]]:
    return {row.label: [cell.said for cell in row.cells] for row in panel(section, name).rows}


def test_reads_what_it_is_given() -> None:
    assert set(trust.READS) == set(SCHEMAS)


def test_nobody_asked() -> None:
    """The section stands, in one line."""
    section = make()

    assert section.lines == ("Nobody has been asked yet.",)
    assert (section.panels, section.caveats, section.is_news) == ((), (), False)


def test_nobody_answered() -> None:
    """Silence is a figure, of whichever block was shown most."""
    section = make(
        *said("tested_passed", "lost", "all", open=3),
        trust_ratings=[rated("ability", "left", None, 0, shown=7)],
    )

    assert section.lines == ("Asked of 7; nobody has answered.",)


def test_ability_and_commitment() -> None:
    """Means from five ratings on, and who left one open."""
    section = make(
        trust_ratings=[
            rated("ability", "left", 3.64, 5, shown=6),
            rated("commitment", "left", 2.5, 4, shown=6),
        ]
    )

    assert table(section, "able") == {
        "Able to do what they needed": ["3.6 (5 ratings)"],
        "Committed to them": ["4 ratings"],
    }
    assert panel(section, "able").note.endswith("Up to 2 of those shown left one open.")
    figures = [row.cells[0].figure for row in panel(section, "able").rows]
    assert [(figure.count, figure.total) for figure in figures if figure] == [(5, 6), (4, 6)]


def test_commitment_below_ability() -> None:
    """The gap is the respondents' own, with what it may be."""
    section = make(trust_pairs=[paired("commitment", -2, -1, -1, -2, -1, shown=5)])

    assert section.lines[0] == (
        "By those we lost, our commitment is rated 1.4 points of 5 below our ability "
        "(5 pairs, likely −2.1 to −0.7), since the beginning."
    )


def test_a_gap_that_chance_explains() -> None:
    """An interval around nothing is said to be that."""
    section = make(trust_pairs=[paired("commitment", -2, 2, 1, 1, 0, shown=5)])

    assert section.lines[0] == (
        "By those we lost, our commitment is rated 0.4 points of 5 above our ability "
        "(5 pairs, likely −1.5 to +2.3, which chance can explain), since the beginning."
    )


def test_us_and_the_supplier_they_chose() -> None:
    """Pairs with their gap from five on; fewer are a count of those who rated both."""
    section = make(
        trust_pairs=[
            paired("trust_politics", -2, -3, -2, -1, -2, shown=6),
            paired("trust_products", -1, 1, 0, shown=6),
        ]
    )

    assert table(section, "four") == {
        "Knew the products, spared surprises": ["too few", "too few", "3 of 6 rated both"],
        "Sensed what mattered to whom": [
            *("2.0", "4.0", "−2.0 (5 pairs, likely −2.9 to −1.1)"),
        ],
    }
    assert panel(section, "four").note.endswith("The one comparison does not stand.")
    assert section.lines[0] == (
        "Furthest behind the supplier they chose: sensed what mattered to whom, 2.0 points of 5 "
        "below theirs (5 pairs, likely −2.9 to −1.1), since the beginning."
    )


def test_ahead_is_not_behind() -> None:
    """Where we are rated higher throughout nothing is furthest behind."""
    section = make(trust_pairs=[paired("trust_politics", 1, 1, 2, 1, 1, shown=5)])

    assert table(section, "four")["Sensed what mattered to whom"][2].startswith("+1.2 (5 pairs")
    assert section.lines == ("Asked, but too few have answered to say more.",)


def test_a_thin_block_is_told_since_the_beginning() -> None:
    """Fifteen in the window are enough; a block of four questions needs them for each."""
    gaps = [-1.0, -2.0, 0.0] * 5
    window = [
        paired("trust_politics", *gaps, shown=15, period="window"),
        paired("trust_business", *gaps[:14], shown=15, period="window"),
    ]
    everyone = [
        paired("trust_politics", *gaps, *gaps, shown=30),
        paired("trust_business", *gaps, *gaps, shown=30),
    ]

    enough = make(trust_pairs=[window[0], everyone[0]])
    few = make(trust_pairs=[*window, *everyone])

    assert "(15 pairs" in table(enough, "four")["Sensed what mattered to whom"][2]
    assert "over 13 weeks" in enough.lines[0]
    assert "(30 pairs" in table(few, "four")["Sensed what mattered to whom"][2]
    assert "since the beginning" not in panel(enough, "four").note
    assert panel(few, "four").note.startswith("Counts since the beginning.")
    assert few.caveats == ("Asked of few so far: counts since the beginning.",)


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
            ("tested_words", "lost-no-0", "The phone rang out, and then it rang out again."),
            ("tested_words", "lost-no-1", "Nobody came when the gate failed."),
            ("tested_words", "current-yes-0", "Your man drove here through the night."),
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
        words=voices(("ammunition_missing", "won-partly-0", "One page for finance, a real one.")),
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
                ("needless_question", f"lost-yes-{place}", f"What is dock number {place} for?")
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
        words=voices(("tested_words", "current-no-0", "We rang three days running for nothing.")),
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
