"""Harm is listed case by case, and nobody's silence is taken for a no."""

from typing import Any

from tests.lenses.harness import LONG_AGO, THIS_WEEK, told
from tests.lenses.respect.customers import HARMS, Customers

from winloss.lenses import respect


def test_nobody_asked(customers: Customers) -> None:
    """Without an answer the section stands with one line."""
    section = customers.section()

    assert (section.lines, section.panels, section.is_news) == ((respect.NOBODY,), (), False)


def test_asked_and_silent(customers: Customers) -> None:
    """A question left open by everybody is no rate of nought."""
    for number in range(3):
        customers.answer(f"r{number}", shown=("felt_respected", *HARMS))

    assert customers.section().lines == ("Asked of 3; nobody has answered.",)


def test_every_case_is_listed(customers: Customers) -> None:
    """One by one: words where they may be quoted, in confidence otherwise, none where none."""
    facts: dict[str, Any] = {"shown": HARMS, "is_misled": True}
    customers.answer("a", **facts, words={"misled_words": "The fee stood on page nine."})
    customers.answer(
        "b", **facts, words={"misled_words": "Zebra stripes in the terms."}, may_quote="counted"
    )
    customers.answer("c", **facts)
    customers.answer("d", **facts, words={"misled_words": "Setup was called free. It was not."})

    section = customers.section()

    label = "different from what we said"
    assert sorted(told(section, "cases")) == sorted(
        [
            (label, "", "Setup was called free. It was not."),
            (label, "heard, in confidence"),
            (label, "left no words"),
            (label, "their words open this section"),
        ]
    )
    assert section.voice is not None
    assert section.voice.text == "The fee stood on page nine."
    assert "Zebra" not in repr(section)


def test_a_case_is_listed_though_its_speaker_spoke_before(customers: Customers) -> None:
    """Who has two cases to tell is heard on both."""
    customers.answer(
        "a",
        is_misled=True,
        is_condescended=True,
        words={
            "misled_words": "The fee stood on page nine.",
            "condescended_words": "I was told to ask my husband.",
        },
    )

    section = customers.section()

    assert [row[1:] for row in told(section, "cases")] == [
        ("", "I was told to ask my husband."),
        ("their words open this section",),
    ]


def test_rate_of_those_shown(customers: Customers) -> None:
    """Whoever left it open stays in the total, and is said; one decision has one vote."""
    for number in range(16):
        customers.answer(f"no-{number}", is_misled=False, is_condescended=False)
    customers.answer("open", shown=HARMS)
    customers.answer("one", is_misled=True, shown=HARMS, voter="same")
    customers.answer("two", is_misled=True, shown=HARMS, voter="same")

    section = customers.section()

    assert told(section, "harms") == [
        ("talked down to", "0 % (0 of 18, likely 0 to 18 %)", "2"),
        ("different from what we said", "6 % (1 of 18, likely 1 to 26 %)", "1"),
    ]
    assert section.lines[0] == (
        "6 % (1 of 18, likely 1 to 26 %) found something different from what we had said; "
        "nobody felt talked down to."
    )
    assert section.caveats == ()


def test_few_asked_counts_since_the_beginning(customers: Customers) -> None:
    """Below fifteen in the window everything ever told counts, and that is said."""
    customers.answer("old", at=LONG_AGO, is_misled=True, shown=HARMS)
    customers.answer("new", is_misled=False, shown=HARMS)

    section = customers.section()

    assert section.caveats == (respect.FEW,)
    assert section.lines[0] == (
        "Since the beginning 1 of 2 found something different from what we had said; "
        "nobody felt talked down to."
    )
    assert len(told(section, "cases")) == 1


def test_enough_asked_counts_the_window(customers: Customers) -> None:
    """From fifteen on, neither an old answer nor an old case is in the window's list."""
    for number in range(15):
        customers.answer(f"r{number}", is_misled=number == 0, is_condescended=False)
    customers.answer("old", at=LONG_AGO, is_misled=True, is_condescended=False)

    section = customers.section()

    assert section.lines[0].startswith("7 % (1 of 15,")
    assert len(told(section, "cases")) == 1


def test_case_of_the_week_is_a_finding(customers: Customers) -> None:
    """It counts the week's voices, is called against the window, and opens the section."""
    customers.answer("a", at=THIS_WEEK, is_misled=False, is_condescended=False)
    customers.answer(
        "b",
        at=THIS_WEEK,
        is_condescended=True,
        is_misled=False,
        words={"condescended_words": "Somebody laughed at my question."},
    )

    section = customers.section()

    (finding,) = section.findings
    assert f"{finding.who} {finding.claim}" == "1 of the 2 asked this week felt talked down to."
    assert finding.quote == section.voice
    assert finding.quote is not None
    assert finding.voices.row_ids == ("b",)
    assert section.is_news
