"""The week's moments on the ladder, and price losses a defender could have won."""

from datetime import UTC, datetime

from tests.lenses.harness import THIS_WEEK, cells, panel
from tests.lenses.ladder.customers import Customers


def test_price_that_a_defender_could_have_won(customers: Customers) -> None:
    """Of exits that named price: two would pay, one would not, colleagues differ, one was mute."""
    for voter, premium in (("p1", "up_to_10"), ("p2", "more"), ("p3", "nothing"), ("p4", None)):
        customers.answer(voter, defend_premium=premium)
        customers.named_price(voter, is_logged=voter in {"p1", "p4"})
    customers.answer("a", voter="p5", defend_premium="up_to_5")
    customers.answer("b", voter="p5", defend_premium="nothing")
    customers.named_price("p5")
    customers.answer("no price", defend_premium="more")
    customers.answer("won", kind="won", defend_premium="more")
    customers.named_price("won")

    section = customers.section()

    assert section.lines[-1] == (
        "Of five asked who named price since the beginning, two would pay more to be defended; "
        "one left it open. We had logged price for two of them."
    )
    assert cells(section, "premium") == [("2 of 5 (likely 12 to 77 %)",)]
    assert panel(section, "premium").note == "One left it open."


def test_the_week_speaks(customers: Customers) -> None:
    """A finding is of those who answered in the week, with the moment one of them tells of."""
    customers.answer(
        "a",
        "disappoint",
        at=THIS_WEEK,
        has_put_us_first=True,
        words={"put_us_first": "You read us the contract while our lorries waited."},
    )
    customers.answer("b", "deliver", at=THIS_WEEK)
    customers.answer("c", "disappoint", words={"put_us_first": "An older moment altogether."})

    section = customers.section()

    (finding,) = section.findings
    assert finding.quote is not None
    assert finding.quote.text == "You read us the contract while our lorries waited."
    assert section.voice == finding.quote
    assert (finding.voices.count, finding.voices.total) == (1, 2)
    assert finding.who == "1 of the 2"
    assert finding.claim == ("asked this week where we stand said that we let them down.")
    assert (finding.lens, finding.reason) == ("ladder", "disappoint")
    assert section.is_news


def test_a_week_without_a_moment_is_no_news(customers: Customers) -> None:
    """The rung is asked of everybody: alone it is a figure of the window, not a finding."""
    customers.answer("a", "disappoint", at=THIS_WEEK, words={"what_happened": "We never heard."})

    section = customers.section()

    assert section.findings == ()
    assert not section.is_news


def test_no_is_not_quoted_as_a_moment(customers: Customers) -> None:
    """Who answers "none that I can think of" tells of no moment, and is not its voice."""
    customers.answer(
        "a",
        "defend",
        at=THIS_WEEK,
        has_put_you_first=False,
        words={"put_you_first": "none that I can think of"},
    )

    section = customers.section()

    assert section.quotes == ()
    assert section.findings == ()


def test_a_team_hears_its_own(customers: Customers) -> None:
    """Another team's customers are in none of the figures."""
    customers.answer("a", "defend", team="North")
    customers.answer("b", "disappoint", team="South")

    section = customers.section(team="North")

    assert [row[0] for row in cells(section, "rungs")] == ["1 of 1", "nobody", "nobody", "nobody"]


def test_nothing_later_than_as_of(customers: Customers) -> None:
    """A rerun of an old edition does not know what came in since."""
    customers.answer("a", "defend")
    customers.answer("b", "disappoint", at=THIS_WEEK)

    section = customers.section(as_of=datetime(2026, 9, 1, tzinfo=UTC))

    assert [row[0] for row in cells(section, "rungs")] == ["1 of 1", "nobody", "nobody", "nobody"]
