"""Trust: pairs within a respondent, and honest n."""

from tests.lenses.counted import said, table
from tests.lenses.harness import panel
from tests.lenses.trust.counts import SCHEMAS, make, paired, rated

from winloss.lenses import trust


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
