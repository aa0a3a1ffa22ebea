"""Satisfied is not loyal: honest n, and cuts that are said."""

from tests.lenses.counted import said, table, voices
from tests.lenses.harness import panel
from tests.lenses.loyalty.counts import SCHEMAS, make

from winloss.lenses import loyalty


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
            (
                "right_deal",
                "would_move-satisfied-yes-0",
                "The same, with somebody who rings us first.",
            ),
            (
                "what_happened",
                "satisfaction-cancelled-yes-0",
                "We liked you and we left all the same.",
            ),
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
        words=voices(
            ("right_deal", "would_move-satisfied-yes-0", "A firm that rings us before we ring.")
        ),
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
