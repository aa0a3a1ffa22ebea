"""Did we keep our word: theirs beside ours, counted as they say it, shown as they allow it."""

from datetime import UTC, datetime
from typing import Any

from winloss.lenses import promises
from winloss.reporting import Panel, Section

THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)


def panel(section: Section, name: str) -> Panel:
    return next(each for each in section.panels if each.name == name)


def test_nobody_asked(customers: Any) -> None:
    """Without anybody the section stands, with one honest line."""
    section = customers.section()

    assert section.lines == ("Nobody has been asked yet.",)
    assert (section.panels, section.findings, section.is_news) == ((), (), False)


def test_asked_and_silent(customers: Any) -> None:
    """A question everybody left open is no broken promise."""
    customers.answer("a", promise_kept=None)
    customers.answer("b", promise_kept=None)

    section = customers.section()

    assert section.lines == ("Asked of 2; nobody has answered.",)
    assert section.panels == ()


def test_only_the_promised_count(customers: Any, told: Any) -> None:
    """Who was promised nothing, or left it open, is in no rate of promises kept."""
    customers.answer("a", promise_kept="kept")
    customers.answer("b", promise_kept="late")
    customers.answer("c", promise_kept="none")
    customers.answer("d", promise_kept=None)

    assert told(customers.section(), "word") == [
        ("kept in time", "1 of 2"),
        ("late", "1 of 2"),
        ("not kept", "0 of 2"),
    ]


def test_the_worst_word_of_a_customer(customers: Any, told: Any) -> None:
    """Two people of one customer have one vote, the worse word's, and disagree."""
    customers.answer("a1", decision="a", promise_kept="kept")
    customers.answer("a2", decision="a", promise_kept="broken")
    customers.answer("b", promise_kept="kept")

    section = customers.section()

    assert told(section, "word")[0] == ("kept in time", "1 of 2")
    assert told(section, "word")[2] == ("not kept", "1 of 2")
    assert told(section, "standing") == [("people of one customer disagree", "1 of 2")]


def test_disputed_and_never_logged(customers: Any, told: Any) -> None:
    """Ours beside theirs: what we hold kept and they do not, and what we never wrote down."""
    for key, ours, theirs in (("a", "kept", "late"), ("b", "kept", "kept"), ("c", "late", "late")):
        customers.answer(key, promise_kept=theirs)
        customers.promise(key, ours)
    customers.answer("d", promise_kept="broken")
    customers.answer("e", promise_kept="none")
    customers.promise("e", "kept")

    section = customers.section()

    assert told(section, "standing")[:3] == [
        ("we say kept, they say late or not kept", "1 of 3"),
        ("they remember it, we logged nothing", "1 of 4"),
        ("we logged it, they say nothing was promised", "1 of 4"),
    ]
    assert section.caveats == ()


def test_nothing_logged(customers: Any) -> None:
    """Where our side keeps no ledger nobody is told that every promise went unlogged."""
    customers.answer("a", promise_kept="late")

    section = customers.section()

    assert section.caveats == (promises.NOTHING_LOGGED,)
    assert not any("logged none" in line for line in section.lines)
    assert [each.name for each in section.panels] == ["word", "standing"]


def test_few_are_counted_since_the_beginning(customers: Any) -> None:
    """Below fifteen in the window the counts go back to the beginning, and say so."""
    for number in range(3):
        customers.answer(f"old-{number}", at=LONG_AGO, promise_kept="kept")
    customers.answer("new", promise_kept="late")

    section = customers.section()

    assert section.lines[0].startswith("Since the beginning, customers to whom we had promised")
    assert section.lines[0].endswith("3 of 4.")
    assert "counts since the beginning" in panel(section, "word").note


def test_enough_are_counted_over_the_window(customers: Any) -> None:
    """From fifteen on the window speaks alone, in percent."""
    for number in range(3):
        customers.answer(f"old-{number}", at=LONG_AGO, promise_kept="kept")
    for number in range(15):
        customers.answer(f"new-{number}", promise_kept="kept" if number < 6 else "late")

    section = customers.section()

    assert section.lines[0] == (
        "Over 13 weeks, customers to whom we had promised something say that we kept it in time: "
        "40 % (6 of 15, likely 20 to 64 %)."
    )
    assert panel(section, "word").note == ""


def test_the_ledger_shows_what_it_may(customers: Any, told: Any) -> None:
    """A promise whose customer spoke in confidence is counted and not shown; names are masked."""
    customers.answer("a", promise_kept="late")
    customers.promise("a", "kept", "Pippa Ravensdale rings weekly")
    customers.answer("b", promise_kept="broken", may_see=False)
    customers.promise("b", "kept", "Three gates by May")

    section = customers.section()

    assert told(section, "ledger") == [
        ("[name] rings weekly", "seller", "18 May 2026", "kept", "late")
    ]
    assert told(section, "standing")[0] == ("we say kept, they say late or not kept", "2 of 2")


def test_no_promise_beside_an_unnamed_voice(customers: Any) -> None:
    """Whose words are printed without a name has no promise in the ledger to tell them by."""
    customers.answer("a", promise_kept="late", words={"promise_words": "It came in June."})
    customers.promise("a", "kept", "The yard map by May")

    section = customers.section()

    assert section.voice
    assert section.voice.text == "It came in June."
    assert "ledger" not in [each.name for each in section.panels]


def test_a_named_voice_stands_beside_its_promise(customers: Any) -> None:
    """Who lets us print their name is heard beside the promise they speak of."""
    opening = {"promised_words": "A visit to our night shift."}
    customers.answer("z", at=THIS_WEEK, promise_kept="kept", words=opening)
    customers.answer(
        "a",
        promise_kept="late",
        words={"promised_words": "The yard map in Polish."},
        may_quote="named",
        name="Ana Ruiz",
    )
    customers.promise("a", "kept", "The yard map by May")

    section = customers.section()

    row = panel(section, "ledger").rows[0]
    assert row.quote
    assert (row.quote.text, row.quote.attribution) == ("The yard map in Polish.", "Ana Ruiz")
