"""What stands behind our promises, how we sold, and what the week says of our word."""

from datetime import UTC, datetime
from typing import Any

from winloss.reporting import Panel, Section

THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def test_teeth(customers: Any, told: Any) -> None:
    """Promises kept by what failing would cost us; who does not know is counted apart."""
    customers.answer("a", promise_kept="kept", failure_cost="money_back")
    customers.answer("b", promise_kept="late", failure_cost="nothing")
    customers.answer("c", promise_kept="none", failure_cost="nothing")
    customers.answer("d", promise_kept="kept", failure_cost="dont_know")
    customers.answer("e", promise_kept="kept", failure_cost=None)

    section = customers.section()

    assert told(section, "teeth") == [
        ("nothing", "2 of 5 (likely 12 to 77 %)", "0 of 1"),
        ("an apology", "0 of 5 (likely 0 to 43 %)", "–"),
        ("money or service back", "1 of 5 (likely 4 to 62 %)", "1 of 1"),
        ("they do not know", "1 of 5 (likely 4 to 62 %)", "–"),
        ("left it open", "1 of 5 (likely 4 to 62 %)"),
    ]
    assert panel(section, "teeth").note.startswith("Asked of 5; one left it open.")


def test_colleagues_who_differ_on_the_price(customers: Any, told: Any) -> None:
    """The lower price and the worse word count, once; that they differ is said."""
    about: dict[str, Any] = {"decision": "d", "kind": "lost"}
    customers.answer("a", promise_kept="kept", failure_cost="money_back", **about)
    customers.answer("b", promise_kept="late", failure_cost="nothing", **about)

    section = customers.section()

    assert told(section, "teeth")[0] == ("nothing", "1 of 1", "0 of 1")
    assert told(section, "teeth")[2] == ("money or service back", "0 of 1", "–")
    assert "In one decision colleagues differ" in panel(section, "teeth").note


def test_a_block_stands_until_it_is_asked_again(customers: Any, told: Any) -> None:
    """A later pulse without the question replaces nothing; its word on promises is the latest."""
    customers.pulse("a", "acc", failure_cost="nothing", promise_kept="broken")
    customers.pulse("b", "acc", at=THIS_WEEK, promise_kept="kept")

    section = customers.section()

    assert told(section, "teeth")[0][1] == "1 of 1"
    assert told(section, "word")[0] == ("kept in time", "1 of 1")


def test_the_five_tests(customers: Any, told: Any) -> None:
    """Each test is passed or not by whoever answered, and several may be."""
    customers.answer("a", promise_kept="kept", guarantee_tests=["unconditional", "meaningful"])
    customers.answer("b", promise_kept="kept", guarantee_tests=["no_guarantee"], top_stands="yes")

    rows = dict(told(customers.section(), "guarantee"))

    assert rows["it has no conditions"] == "1 of 2"
    assert rows["it is paid at once"] == "0 of 2"
    assert rows["they know of none"] == "1 of 2"
    assert rows["somebody at the top stands behind it"] == "1 of 1"


def test_keenness_beside_the_outcome(customers: Any, told: Any) -> None:
    """Of those who gave each answer, how many were lost, won and cancelled."""
    for key, kind, step in (
        ("a", "lost", 1),
        ("b", "won", 3),
        ("c", "won", 3),
        ("d", "lost", 5),
        ("e", "cancelled", 4),
    ):
        customers.answer(key, kind=kind, promise_kept="kept", eagerness=step)

    assert told(customers.section(), "eagerness") == [
        ("too distant", "1 of 1", "0 of 1", "0 of 1"),
        ("about right", "0 of 2", "2 of 2", "0 of 2"),
        ("too eager", "1 of 2", "0 of 2", "1 of 2"),
    ]


def test_risk_among_the_lost(customers: Any) -> None:
    """How many of the lost would have carried the loss alone; the won are not among them."""
    customers.answer("a", promise_kept="kept", risk_bearer="customer")
    customers.answer("b", promise_kept="kept", risk_bearer="shared")
    customers.answer("c", kind="won", promise_kept="kept", risk_bearer="customer")

    assert customers.section().lines[-1] == (
        "Lost deals in which the customer would have carried the loss alone, since the beginning: "
        "1 of 2."
    )


def test_words_and_blanks(customers: Any) -> None:
    """Proof asked for is quoted beside counts; a blank is shown and unwritten."""
    opening = {"promised_words": "A visit to our night shift."}
    customers.answer("z", promise_kept="kept", words=opening)
    customers.answer("a", promise_kept="kept", words={"missing_proof": "A site like ours."})
    customers.answer("b", promise_kept="kept", words={"missing_proof": "   "})
    customers.answer("c", promise_kept="kept", missing_proof=None)

    proof = panel(customers.section(), "proof")

    assert [quote.text for quote in proof.quotes] == ["A site like ours."]
    assert proof.note.startswith("1 of 3 wrote something here.")


def test_the_written_line(customers: Any, told: Any) -> None:
    """Sellers who said in writing what we cannot do, of those who answered."""
    customers.answer("a", promise_kept="kept")
    customers.promise("a", "kept")
    customers.drew_line("a", value=True)
    customers.drew_line("b", value=False)
    customers.drew_line("c", value=None)

    rows = dict(told(customers.section(), "record"))

    assert rows["we said in writing what we cannot do"] == "1 of 2; one left it open"
    assert rows["promises logged"] == "1"
    assert rows["it says what they get if we fail"] == "1 of 1"


def test_the_weeks_finding(customers: Any) -> None:
    """Late or broken in the week is news, with a voice of the week and the rate of the window."""
    customers.answer(
        "a", at=THIS_WEEK, promise_kept="late", words={"promise_words": "Five weeks late."}
    )
    customers.answer("b", at=THIS_WEEK, promise_kept="kept")
    customers.answer("c", promise_kept="broken", words={"promise_words": "Never heard again."})

    section = customers.section()

    (finding,) = section.findings
    assert finding.quote
    assert finding.quote.text == "Five weeks late."
    assert f"{finding.who} {finding.claim}" == (
        "1 of the 2 to whom we had promised something says this week that it came late or not "
        "at all."
    )
    assert (finding.trend.count, finding.trend.total) == (2, 3)
    assert section.voice == finding.quote


def test_no_finding_without_a_voice(customers: Any) -> None:
    """Who may only be counted makes no finding, and nobody else speaks in their place."""
    customers.answer(
        "a",
        at=THIS_WEEK,
        promise_kept="broken",
        words={"promise_words": "Never came."},
        may_quote="counted",
    )
    customers.answer("b", promise_kept="kept", words={"promised_words": "A visit."})

    section = customers.section()

    assert section.findings == ()
    assert section.is_news
    assert "Never came." not in [quote.text for quote in section.quotes]
