"""Who moves, where they went, and whether they regret it; nobody beside their own unnamed words."""

import pytest
from tests.lenses.counted import ids, said, table, voices
from tests.lenses.harness import panel
from tests.lenses.loyalty.counts import make

from winloss.lenses.loyalty import standing


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


NAMED = "same_again-left-no-0"
REGRET = [("all", 6, 20, ["Kestrel Freight"], [NAMED], ["x"])]


def test_the_named_are_not_quoted() -> None:
    """Beside a list of names stand no unnamed words of those on it."""
    section = make(
        *said("same_again", "left", "all", no=5, unsure=1, yes=5, open=1),
        loyalty_regret=REGRET,
        words=voices(
            ("since_words", NAMED, "It was a mistake and I said so in March."),
            ("what_happened", NAMED, "It was cheaper, or so we thought."),
            ("since_words", "same_again-left-no-1", "We would rather have stayed with you."),
            ("since_words", "same_again-left-yes-0", "They do what they said they would do."),
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
