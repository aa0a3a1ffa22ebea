"""How we talk as customers hear it: honest n, and the week speaks."""

from typing import Any

from tests.lenses.harness import LONG_AGO, THIS_WEEK, cells, panel
from tests.lenses.talk.company import BEFORE, Company

from winloss.lenses import talk


def test_nobody_asked(company: Company) -> None:
    """An empty programme gets one honest line and no table."""
    section = company.section()

    assert section.lines == ("Nobody has been asked yet how our people talk.",)
    assert (section.panels, section.findings, section.caveats) == ((), (), ())
    assert not section.is_news


def test_asked_and_unanswered(company: Company) -> None:
    """Who was shown the scales and left them empty has heard neither good nor bad."""
    company.customer("a")
    company.customer("b")

    section = company.section()

    assert section.lines == ("Asked of 2; nobody has answered.",)
    assert section.panels == ()


def test_customers_who_heard_us(company: Company) -> None:
    """Two colleagues are one vote, the lower rating counts; what was left open is said."""
    company.customer("a", 5, 3, 3, voter="d1")
    company.customer("b", 2, 3, None, voter="d1")
    company.customer("c", 4, None, 3)
    company.customer("d", None, 5, 3)

    section = company.section()

    assert cells(section, "outside")[0] == ("1 of 3", "1 of 3", "1")
    assert cells(section, "outside")[1] == ("1 of 3", "0 of 3", "1")
    assert section.lines[0] == (
        "Since the beginning, customers heard us stand up for customers: 1 of 3; run them down: "
        "1 of 3; 1 left it open."
    )
    assert section.caveats == (talk.FEW,)


def test_enough_answers_stay_in_the_window(company: Company) -> None:
    """From 15 on the window speaks for itself."""
    for number in range(15):
        company.customer(f"now{number}", 4, 4, 4)
    company.customer("then", 1, 1, 1, at=LONG_AGO)

    section = company.section()

    assert section.caveats == ()
    assert cells(section, "outside")[0][1].startswith("0 % (0 of 15")


def test_a_pulse_later_replaced(company: Company) -> None:
    """Of two pulses that held the block the later counts; one without it replaces nothing."""
    pulse: dict[str, Any] = {"form_kind": "pulse", "voter": "acc"}
    company.customer("first", 1, 3, 3, at=LONG_AGO, **pulse)
    company.customer("second", 5, 3, 3, at=BEFORE, **pulse)

    section = company.section()

    assert cells(section, "outside")[0] == ("1 of 1", "0 of 1", "")


def test_words_stand_by_the_area_that_stood_out(company: Company) -> None:
    """Who was struck by how we speak of one another is not quoted on customers."""
    for place in range(5):
        said = "Two of your teams blamed each other at our gate."
        company.customer(f"a{place}", 3, 3, 1, words=said)
    company.customer("b", 5, 3, 3, words="She took the side of a haulier who was not there.")

    section = company.section()

    of_customers, _, of_one_another = panel(section, "outside").rows
    assert section.voice is not None
    assert section.voice.response_id == "b"
    assert of_customers.quote is None
    assert of_one_another.quote is not None
    assert of_one_another.quote.text == "Two of your teams blamed each other at our gate."


def test_the_week_speaks(company: Company) -> None:
    """The finding is what the week's customers heard, the worse first."""
    company.customer("a", 5, 3, 3, at=THIS_WEEK, words="He spoke well of the yard next door.")
    company.customer("b", 1, 3, 3, at=THIS_WEEK, words="They laughed about another warehouse.")

    section = company.section()

    (finding,) = section.findings
    assert finding.quote is not None
    assert finding.quote.response_id == "b"
    assert (finding.who, finding.claim) == (
        "1 of the 2",
        "asked this week how our people talk heard us run customers down.",
    )
    assert section.is_news
