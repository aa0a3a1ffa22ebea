"""The ladder: one decision one vote, empty rungs empty, and a block not shown is never a no."""

from datetime import UTC, datetime
from typing import Any

from tests.lenses.harness import LONG_AGO, THIS_WEEK, cells, panel
from tests.lenses.ladder.customers import Customers

from winloss.lenses import ladder


def test_nobody_asked(customers: Customers) -> None:
    """An empty programme gets one honest line and no table."""
    section = customers.section()

    assert section.lines == ("Nobody has been asked yet.",)
    assert (section.panels, section.findings, section.caveats) == ((), (), ())
    assert not section.is_news


def test_asked_and_unanswered(customers: Customers) -> None:
    """Left empty is not a rung."""
    for key in ("a", "b", "c"):
        customers.answer(key)

    section = customers.section()

    assert section.lines == ("Asked of 3; nobody has answered.",)
    assert section.panels == ()


def test_a_rung_nobody_stands_on_is_shown(customers: Customers) -> None:
    """Four rungs from the top down, the empty ones empty; what was left open is said."""
    customers.answer("a", "defend", kind="won")
    customers.answer("b", "disappoint", kind="cancelled")
    customers.answer("c", "disappoint", kind="pulse")
    customers.answer("d")

    section = customers.section()

    assert cells(section, "rungs") == [
        ("1 of 4", "0 of 1"),
        ("nobody", ""),
        ("nobody", ""),
        ("2 of 4", "1 of 2"),
        ("1 of 4",),
    ]
    assert panel(section, "rungs").rows[-1].label == "Left it open"
    assert panel(section, "rungs").note == (
        "1 of them left us and 2 stay; whom we ask moves these shares."
    )
    assert section.lines[0] == (
        "Over 13 weeks, of those asked, 1 of 4 say that we defended them and 2 of 4 that we "
        "let them down. One left it open."
    )
    assert section.lines[1] == "Of 2 we let down, 1 left us; of 1 we defended, 0."


def test_who_speaks_for_a_rung(customers: Customers) -> None:
    """The moment that shows it; of those let down what we are missing; never why they decided."""
    words = {
        "defend": {"put_you_first": "You stood by our dock."},
        "deliver": {"what_happened": "It was as promised.", "missed": "A second shift."},
        "disappoint": {"what_happened": "The bill doubled.", "missed": "You never call back."},
    }
    for rung, said in words.items():
        has_moment: dict[str, Any] = {"has_put_you_first": True} if rung == "defend" else {}
        for number in range(5):
            key = f"{rung}{number}"
            told = {ref: f"{text} {_OFTEN[number]}" for ref, text in said.items()}
            customers.answer(key, rung, kind="pulse", words=told, **has_moment)

    rows = panel(customers.section(), "rungs").rows

    assert [row.quote and row.quote.question_ref for row in rows] == [
        *("put_you_first", None, None, "missed")
    ]


_OFTEN = (
    "Every week.",
    "Twice that I know of.",
    "In spring.",
    "All of last year.",
    "When it counted.",
)


def test_colleagues_are_one_vote(customers: Customers) -> None:
    """Two people of one decision stand on its lower rung, and their difference is said."""
    customers.answer("a", "delight", voter="d1")
    customers.answer("b", "disappoint", voter="d1")
    customers.answer("c", "delight", voter="d2")

    section = customers.section()

    assert [row[0] for row in cells(section, "rungs")] == ["nobody", "1 of 2", "nobody", "1 of 2"]
    assert "In one decision colleagues differ; the lower rung counts." in (
        panel(section, "rungs").note
    )


def test_a_pulse_later_replaced(customers: Customers) -> None:
    """Of an account's pulses the latest tells the rung; a block it held before still stands."""
    told: dict[str, Any] = {"has_put_us_first": True, "has_put_you_first": False}
    customers.answer("old", "disappoint", kind="pulse", voter="acc", **told)
    customers.answer("new", "delight", kind="pulse", voter="acc", at=THIS_WEEK)

    section = customers.section()

    assert [row[0] for row in cells(section, "rungs")] == ["nobody", "1 of 1", "nobody", "nobody"]
    assert cells(section, "put_us_first")[0] == ("1 of 1",)


def test_a_pulse_after_the_week(customers: Customers) -> None:
    """What an account says after the week does not take back what it said by then."""
    customers.answer("old", "delight", kind="pulse", voter="acc", at=THIS_WEEK)
    customers.answer(
        "new", "disappoint", kind="pulse", voter="acc", at=datetime(2026, 10, 5, 1, tzinfo=UTC)
    )

    section = customers.section()

    assert [row[0] for row in cells(section, "rungs")] == ["nobody", "1 of 1", "nobody", "nobody"]


def test_a_block_not_shown_is_not_a_no(customers: Customers) -> None:
    """Only who was shown the block is in its denominators."""
    customers.answer("a", "deliver", has_put_us_first=True, defended_what="price")
    customers.answer("b", "deliver", has_put_us_first=False)
    for key in "cdefg":
        customers.answer(key, "deliver")

    section = customers.section()

    assert cells(section, "put_us_first")[0] == ("1 of 2",)
    assert cells(section, "defended")[0] == ("1 of 2",)
    assert panel(section, "defended").rows[0].label == "our price"
    assert panel(section, "defended").rows[-1].label == "they left it open"
    assert cells(section, "defended")[-1] == ("1 of 2",)


def test_few_answers_count_since_the_beginning(customers: Customers) -> None:
    """Below 15 in the window a block counts from the start and says so; the rung does not."""
    for number in range(3):
        customers.answer(f"now{number}", "deliver", has_put_us_first=True)
    for number in range(20):
        customers.answer(f"then{number}", "defend", at=LONG_AGO, has_put_us_first=False)

    section = customers.section()

    assert section.caveats == (ladder.FEW,)
    assert panel(section, "put_us_first").rows[0].cells[0].said.startswith("13 % (3 of 23")
    assert cells(section, "rungs")[2][0] == "3 of 3"
    assert "Of 23 asked for a moment since the beginning, none tell of one for them" in " ".join(
        section.lines
    )


def test_enough_answers_stay_in_the_window(customers: Customers) -> None:
    """From 15 on the window speaks for itself."""
    for number in range(15):
        customers.answer(
            f"now{number}",
            "deliver",
            has_put_us_first=number == 0,
            defended_what="you",
            defend_premium="up_to_5",
        )
    customers.answer("then", "defend", at=LONG_AGO, has_put_us_first=True)

    section = customers.section()

    assert section.caveats == ()
    assert panel(section, "put_us_first").rows[0].cells[0].said.startswith("7 % (1 of 15")
