"""Satisfied is not loyal: honest n, cuts that are said, nobody beside their own unnamed words."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from winloss.lenses import loyalty
from winloss.lenses.loyalty import standing
from winloss.quotes import Names, Voices
from winloss.reporting import Panel, Section

IDS = pl.List(pl.String)
SCHEMAS: dict[str, dict[str, Any]] = {
    "loyalty": {
        **dict.fromkeys(("period", "question_ref", "among", "value"), pl.String),
        **dict.fromkeys(("voter_count", "split_count"), pl.Int64),
        "response_ids": IDS,
    },
    "loyalty_both": {
        "period": pl.String,
        **dict.fromkeys(("stands_up_for_us", "we_stand_up"), pl.Float64),
        "voter_count": pl.Int64,
        "response_ids": IDS,
    },
    "loyalty_matrix": {
        "period": pl.String,
        **dict.fromkeys(
            ("attitude", "behaviour", "previous_attitude", "previous_behaviour"), pl.Float64
        ),
        "voter_count": pl.Int64,
        "response_ids": IDS,
    },
    "loyalty_moves": {
        "previous_is_satisfied": pl.Boolean,
        "previous_would_move": pl.String,
        "is_satisfied": pl.Boolean,
        "would_move": pl.String,
        "voter_count": pl.Int64,
        "response_ids": IDS,
    },
    "loyalty_regret": {
        "period": pl.String,
        "voter_count": pl.Int64,
        "days_median": pl.Int64,
        **dict.fromkeys(("account_names", "account_ids", "response_ids"), IDS),
    },
    "loyalty_rivals": {"rival": pl.String, "voter_count": pl.Int64, "response_ids": IDS},
}
WORDS: dict[str, Any] = {
    **dict.fromkeys(
        ("verbatim_key", "form_id", "response_id", "response_key", "question_ref", "form_kind"),
        pl.String,
    ),
    **dict.fromkeys(("account_id", "respondent", "language", "text", "may_quote"), pl.String),
    "respondent_name": pl.String,
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
    """Voters by value; their response ids begin with the question and the value."""
    return [
        (period, question_ref, among, value, count, split, ids(f"{question_ref}-{value}-", count))
        for value, count in values.items()
    ]


def voices(*words: tuple[str, str, str], named: str = "") -> Voices:
    """Words by question, response and text, unnamed but for those of one response.

    The account of a response bears its name.
    """
    rows = [
        (f"{ref}{who}", "f", who, f"f/{who}", ref, "pulse", who, who, "en", text, *lent, at)
        for ref, who, text in words
        for lent in [("named", "Ana Ruiz") if who == named else ("unnamed", None)]
        for at in [datetime(2026, 9, 30, tzinfo=UTC)]
    ]
    verbatims = pl.DataFrame(rows, schema=WORDS, orient="row")
    names = Names.of(people=[], companies=[], kept=[])
    return Voices(verbatims, pl.DataFrame(schema=CODES), names)


def make(
    *answers: tuple[Any, ...], words: Voices | None = None, **frames: list[tuple[Any, ...]]
) -> Section:
    rows = {"loyalty": list(answers), **frames}
    counts = {
        name: pl.DataFrame(rows.get(name, []), schema=schema, orient="row")
        for name, schema in SCHEMAS.items()
    }
    return loyalty.section(counts, words or voices(), 13)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def table(section: Section, name: str) -> dict[str, list[str]]:
    return {row.label: [cell.said for cell in row.cells] for row in panel(section, name).rows}


def test_reads_what_it_is_given() -> None:
    assert set(loyalty.READS) == set(SCHEMAS)


def test_nobody_asked() -> None:
    """The section stands, in one line."""
    section = make()

    assert section.lines == ("Nobody has been asked yet.",)
    assert (section.panels, section.caveats, section.is_news) == ((), (), False)


def test_nobody_answered() -> None:
    """Silence is a figure."""
    section = make(*said("would_move", "open", "all", open=12))

    assert section.lines == ("Asked of 12; nobody has answered.",)
    assert section.panels == ()


def test_satisfied_and_would_move() -> None:
    """Of everybody asked, also those who left it open; maybe stays apart."""
    section = make(
        *said("would_move", "satisfied", yes=4, maybe=3, no=10, open=1),
        *said("would_move", "dissatisfied", yes=5),
        *said("would_move", "open", no=2),
        *said("would_move", "satisfied", "all", yes=4),
    )

    assert section.lines[0] == (
        "Current customers, satisfied, who would move for the right deal: "
        "16 % (4 of 25, likely 6 to 35 %) over 13 weeks; three more might."
    )
    assert table(section, "satisfied") == {
        "Satisfied, would move": ["16 % (4 of 25, likely 6 to 35 %)"],
        "Satisfied, might": ["12 % (3 of 25, likely 4 to 30 %)"],
        "Satisfied, would not": ["40 % (10 of 25, likely 23 to 59 %)"],
        "Not satisfied": ["20 % (5 of 25, likely 9 to 39 %)"],
        "Left one of the two open": ["12 % (3 of 25, likely 4 to 30 %)"],
    }


def test_satisfied_leavers_and_colleagues_who_differ() -> None:
    """That people of one decision differ is said, and who left it open stays in the total."""
    section = make(
        *said("satisfaction", "cancelled", yes=2, open=1),
        *said("satisfaction", "cancelled", no=2, split=1),
        *said("satisfaction", "cancelled", "all", yes=2),
    )

    assert section.lines == (
        "Of those who cancelled, were satisfied with us: 2 of 5 (likely 12 to 77 %).",
    )
    assert panel(section, "satisfied").note.endswith(
        "Of those who cancelled: one left it open. In one decision colleagues differ; the side "
        "that warns counts."
    )


def test_happy_and_leaving() -> None:
    """What would-movers and satisfied leavers wrote; the first opens the section, once."""
    section = make(
        *said("would_move", "satisfied", yes=1),
        *said("would_move", "satisfied", "all", yes=1),
        *said("satisfaction", "cancelled", yes=1),
        words=voices(
            ("right_deal", "would_move-yes-0", "The same, with somebody who rings us first."),
            ("what_happened", "satisfaction-yes-0", "We liked you and we left all the same."),
            ("right_deal", "somebody-else", "Half the price would be a start for us."),
        ),
    )

    assert section.voice
    assert section.voice.text == "The same, with somebody who rings us first."
    assert [quote.text for quote in panel(section, "happy").quotes] == [
        "We liked you and we left all the same."
    ]


def test_the_weeks_would_mover_is_a_finding() -> None:
    """Counted in the week's pulses, with the window as its trend."""
    section = make(
        *said("would_move", "satisfied", "week", yes=1, no=2),
        *said("would_move", "satisfied", yes=2, no=20),
        *said("would_move", "satisfied", "all", yes=2, no=20),
        words=voices(("right_deal", "would_move-yes-0", "A firm that rings us before we ring.")),
    )

    (finding,) = section.findings
    assert section.is_news
    assert f"{finding.who} {finding.claim}" == (
        "1 of the 3 who answered the pulse this week would move, though satisfied."
    )
    assert (finding.trend.count, finding.trend.total) == (2, 22)
    assert finding.call == "No change we can call."
    assert section.voice == finding.quote


def test_no_finding_without_one() -> None:
    """A maybe is no news."""
    section = make(
        *said("would_move", "satisfied", "week", maybe=2),
        *said("would_move", "satisfied", "all", maybe=2),
    )

    assert (section.findings, section.is_news) == ((), False)


@pytest.mark.parametrize(
    ("attitude", "behaviour", "place"),
    [
        (4.0, 3.5, "Truly loyal"),
        (4.0, 3.4, "Accessible"),
        (3.9, 3.5, "Trapped"),
        (3.9, 3.4, "High risk"),
    ],
)
def test_cuts(attitude: float, behaviour: float, place: str) -> None:
    """Who stands on a cut is above it."""
    assert standing.quadrant(attitude, behaviour) == place


MATRIX = [
    ("all", 5.0, 5.0, None, None, 2, ["a", "b"]),
    ("all", 4.2, 3.6, None, None, 1, ["c"]),
    ("all", 3.7, 3.2, 5.0, 5.0, 1, ["d"]),
    ("all", None, None, None, None, 1, ["e"]),
]
TWO = said("would_move", "satisfied", "all", no=2)


def test_the_matrix_says_its_cuts_and_what_they_change() -> None:
    """Places, cuts, both shifts, and who could not be placed."""
    section = make(*TWO, loyalty_matrix=MATRIX)

    assert table(section, "matrix") == {
        "Truly loyal": ["3 of 5 (likely 23 to 88 %)"],
        "Accessible": ["0 of 5 (likely 0 to 43 %)"],
        "Trapped": ["0 of 5 (likely 0 to 43 %)"],
        "High risk": ["1 of 5 (likely 4 to 62 %)"],
        "Answered too little": ["1 of 5 (likely 4 to 62 %)"],
    }
    note = panel(section, "matrix").note
    assert "glad to tell is 4 of 5 or more" in note
    assert "another supplier is 3.5 or more" in note
    assert (
        "Both cuts half a point lower: 4 truly loyal, 0 accessible, 0 trapped and 0 high risk; "
        "higher: 2 truly loyal, 0 accessible, 0 trapped and 2 high risk."
    ) in note


def test_a_thin_block_is_told_since_the_beginning() -> None:
    """Fifteen answers in the window are enough for it to stand alone; fourteen are not."""
    enough, few = (
        make(
            *TWO,
            loyalty_matrix=[
                ("window", 5.0, 5.0, None, None, count, ids("w", count)),
                ("all", 5.0, 5.0, None, None, 40, ids("w", 40)),
            ],
        )
        for count in (15, 14)
    )

    assert table(enough, "matrix")["Truly loyal"][0].startswith("100 % (15 of 15")
    assert table(few, "matrix")["Truly loyal"][0].startswith("100 % (40 of 40")
    assert "since the beginning" not in panel(enough, "matrix").note
    assert (enough.caveats, few.caveats) == (
        (),
        ("Asked of few so far: counts since the beginning.",),
    )


def test_moves() -> None:
    """Core answers wherever there were two, the matrix only where it was asked twice."""
    moved = [
        (True, "no", True, "yes", 1, ["a"]),
        (True, "maybe", False, "maybe", 1, ["b"]),
        (False, "yes", False, "no", 1, ["c"]),
        (True, "yes", None, None, 1, ["d"]),
    ]

    section = make(*TWO, loyalty_matrix=MATRIX, loyalty_moves=moved)

    assert table(section, "moves") == {
        "Was satisfied, would move now": ["1 of 4"],
        "Would have moved, no longer": ["1 of 4"],
        "No longer satisfied": ["1 of 4"],
        "Stands worse in the matrix": ["1 of 1"],
    }


def test_a_person_is_never_named() -> None:
    """Loyal to a person: as often as said, by those who stay and those who left."""
    section = make(
        *said("miss_most", "current", "all", person=3, product=2, open=1),
        *said("miss_most", "left", "all", nothing=2),
    )

    assert panel(section, "whom").columns[1:] == ("current customers", "those who left")
    assert table(section, "whom")["One person"] == ["3 of 6 (likely 19 to 81 %)", "0 of 2"]
    assert section.lines == (
        "Would miss one person most: 3 of 6 (likely 19 to 81 %), since the beginning.",
    )
    assert "One left it open." in panel(section, "whom").note


def test_both_ways() -> None:
    """Who stands up for whom, the gap of pairs, and a voice only where it is lopsided."""
    pairs = [
        ("all", 5.0, 5.0, 2, ["a", "b"]),
        ("all", 5.0, 2.0, 5, ["c", "d", "e", "f", "g"]),
        ("all", 4.0, None, 1, ["h"]),
    ]

    section = make(
        *TWO,
        loyalty_both=pairs,
        words=voices(
            ("miss_words", "a", "Because you have always been fair to us."),
            ("miss_words", "c", "I stood up for you and nobody noticed."),
        ),
    )

    assert [cells[0].partition(" (")[0] for cells in table(section, "both_ways").values()] == [
        *("2 of 8", "5 of 8", "0 of 8", "0 of 8", "1 of 8")
    ]
    assert [quote.text for quote in panel(section, "both_ways").quotes] == [
        "I stood up for you and nobody noticed."
    ]
    note = panel(section, "both_ways").note
    assert "They stand up for us 2.1 points more than they think we do for them (7 pairs" in note
    assert list(table(section, "both_ways"))[-1] == "Left one of the two open"


def test_no_gap_below_five_pairs() -> None:
    section = make(*TWO, loyalty_both=[("all", 5.0, 2.0, 4, ids("a", 4))])

    assert "points" not in panel(section, "both_ways").note


def test_where_they_went() -> None:
    section = make(
        *TWO,
        loyalty_rivals=[(None, 2, ["a", "b"]), ("unlisted", 1, ["c"]), ("Quayside", 1, ["d"])],
    )

    assert table(section, "rivals") == {
        "Nobody that we know of": ["2 of 4"],
        "A supplier we have no name for": ["1 of 4"],
        "Quayside": ["1 of 4"],
    }
    figures = [figure for row in panel(section, "rivals").rows for figure in row.figures]
    assert [figure.row_ids for figure in figures] == [(), (), ()]


NAMED = "same_again-no-0"
REGRET = [("all", 6, 20, ["Kestrel Freight"], [NAMED], ["x"])]


def test_the_named_are_not_quoted() -> None:
    """Beside a list of names stand no unnamed words of those on it."""
    section = make(
        *said("same_again", "left", "all", no=5, unsure=1, yes=5, open=1),
        loyalty_regret=REGRET,
        words=voices(
            ("since_words", NAMED, "It was a mistake and I said so in March."),
            ("what_happened", NAMED, "It was cheaper, or so we thought."),
            ("since_words", "same_again-no-1", "We would rather have stayed with you."),
            ("since_words", "same_again-yes-0", "They do what they said they would do."),
        ),
    )

    assert [quote.text for quote in panel(section, "regret").quotes] == [
        "We would rather have stayed with you.",
        "They do what they said they would do.",
    ]
    assert table(section, "win_back") == {"Not sure, or no": ["6", "Kestrel Freight and five more"]}
    assert NAMED not in {quote.response_id for quote in section.quotes}


def test_the_named_may_speak_under_their_name() -> None:
    """Who lends their name is quoted also where the list names their account."""
    section = make(
        *said("same_again", "left", "all", no=5),
        loyalty_regret=REGRET,
        words=voices(("since_words", NAMED, "It was a mistake and I said so."), named=NAMED),
    )

    assert [quote.attribution for quote in section.quotes] == ["Ana Ruiz"]


def test_a_handful_speaks_by_name_alone() -> None:
    """Of two on a place of the matrix only who lends their name is quoted."""
    stand = [("all", 5.0, 5.0, None, None, 2, ["a", "b"])]
    words = (("right_deal", "a", "Nothing would."), ("right_deal", "b", "A far better price."))

    unnamed = make(*TWO, loyalty_matrix=stand, words=voices(*words))
    by_name = make(*TWO, loyalty_matrix=stand, words=voices(*words, named="b"))

    assert panel(unnamed, "matrix").quotes == ()
    assert [quote.response_id for quote in panel(by_name, "matrix").quotes] == ["b"]


def test_regret_counts_the_open_and_says_when() -> None:
    """Days are told from five on."""
    section = make(
        *said("same_again", "left", "all", no=5, open=1),
        *said("satisfaction_chosen", "left", "all", yes=1, no=2, open=3),
        loyalty_regret=[("all", 5, 20, [], ids("x", 5), [])],
    )

    (line,) = section.lines
    assert line.startswith("Of those who left, are not sure they would again: 5 of 6 (likely 44 ")
    assert line.endswith("since the beginning.")
    assert table(section, "regret")["Satisfied with whom they chose"] == [
        "1 of 6 (likely 3 to 56 %)"
    ]
    assert table(section, "regret")["Left that open"] == ["3 of 6 (likely 19 to 81 %)"]
    assert table(section, "win_back") == {"Not sure, or no": ["5", "none of them may be named"]}
    assert panel(section, "win_back").note.endswith("within 20 days of deciding.")


def test_every_figure_names_its_query() -> None:
    """An analyst finds the file behind each figure, and the rows."""
    section = make(*TWO, loyalty_matrix=MATRIX, loyalty_rivals=[("Quayside", 1, ["d"])])

    figures = [
        cell.figure
        for each in section.panels
        for row in each.rows
        for cell in row.cells
        if cell.figure
    ]
    assert {figure.query for figure in figures} == {
        "sql/reports/loyalty_matrix.sql",
        "sql/reports/loyalty_rivals.sql",
    }
    assert [figure.row_ids for figure in figures if figure.count == 3] == [("a", "b", "c")]
