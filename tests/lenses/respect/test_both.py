"""Respect both ways, and what customers expect unasked."""

from typing import Any

import pytest
from tests.lenses.harness import LONG_AGO, THIS_WEEK, panel, told
from tests.lenses.respect.customers import HARMS, Customers


def test_both_ways(customers: Customers) -> None:
    """Felt beside returned: by the customer, and by our seller where one said so."""
    for number, (felt, ours, sellers) in enumerate(
        [(5, 4, 5), (5, 2, None), (2, 5, 4), (1, 1, None), (4, 4, None), (5, 5, 1)]
    ):
        customers.answer(f"r{number}", felt_respected=felt, respects_us=ours, respects_them=sellers)

    rows = told(customers.section(), "both")

    assert [row[:3] for row in rows] == [
        ("both ways", "3 of 6 (likely 19 to 81 %)", "1 of 3"),
        ("felt, not returned", "1 of 6 (likely 3 to 56 %)", "1 of 3"),
        ("returned, not felt", "1 of 6 (likely 3 to 56 %)", "1 of 3"),
        ("neither way", "1 of 6 (likely 3 to 56 %)", "0 of 3"),
        (
            "how much further felt than returned",
            "+0.2 points (6 rated both, likely −1.9 to +2.2)",
            "too few rated both",
        ),
    ]


def test_colleagues_and_pulses_in_both_ways(customers: Customers) -> None:
    """The lower of colleagues; of pulses the latest that asked; who left one open is said."""
    customers.answer("a1", felt_respected=5, respects_us=5, voter="a")
    customers.answer("a2", felt_respected=1, respects_us=5, voter="a")
    pulse: dict[str, Any] = {"kind": "pulse", "voter": "acc"}
    customers.answer("p1", at=LONG_AGO, felt_respected=1, respects_us=1, **pulse)
    customers.answer("p2", felt_respected=5, respects_us=5, **pulse)
    customers.answer("p3", at=THIS_WEEK, felt_respected=1, **pulse)
    customers.answer("o", felt_respected=5, shown=("respects_us",))

    rows = told(customers.section(), "both")

    assert [row[1] for row in rows[:5]] == ["1 of 3", "0 of 3", "1 of 3", "0 of 3", "1 of 3"]
    assert rows[4][0] == "left one of the two open"


def test_the_latest_pulse_that_asked(customers: Customers) -> None:
    """Who was misled once and not since is not counted as misled; colleagues warn."""
    pulse: dict[str, Any] = {"kind": "pulse", "voter": "acc", "is_condescended": False}
    customers.answer("p1", at=LONG_AGO, is_misled=True, **pulse)
    customers.answer("p2", is_misled=False, **pulse)
    customers.answer("p3", at=THIS_WEEK, felt_respected=4, kind="pulse", voter="acc")
    customers.answer("a1", is_misled=True, voter="a", shown=HARMS)
    customers.answer("a2", is_misled=False, voter="a", shown=HARMS)

    rows = told(customers.section(), "harms")

    assert [row[1] for row in rows] == ["0 of 2", "1 of 2"]


def test_no_seller_has_said(customers: Customers) -> None:
    """Without sellers' forms their column says so."""
    customers.answer("a", felt_respected=5, respects_us=5)

    assert {row[2] for row in told(customers.section(), "both")} == {"nobody says"}


def test_nuisance(customers: Customers) -> None:
    """The topics by how often, never last, and who left it open."""
    for key, topic in [("a", "safety"), ("b", "discount"), ("c", "discount"), ("d", "never")]:
        customers.answer(key, nuisance_over=topic)
    customers.answer("e", shown=("nuisance_over",))

    section = customers.section()

    assert [row[0] for row in told(section, "nuisance")] == [
        "asking for a better price",
        "asking about safety",
        "never",
    ]
    assert told(section, "nuisance")[0][1] == "2 of 5 (likely 12 to 77 %)"
    assert panel(section, "nuisance").note == "One left it open."


def test_miles_by_how_many_asked(customers: Customers) -> None:
    """Families that several named are ranked; one customer counts once in each."""
    mile = "A phone number that somebody answers."
    customers.answer(
        "a",
        words={"mile_1": mile, "mile_2": "Answer at night as well."},
        mile_parents=["service", "service", None],
        felt_respected=3,
    )
    customers.answer(
        "b", words={"mile_1": "Pick up the phone."}, mile_parents=["service", None, None]
    )
    customers.answer(
        "c",
        words={"mile_1": "A sheet in four languages."},
        mile_parents=[None, None, None],
        shown=("misled",),
    )
    customers.act("A1", "support", kind="mile", is_done=True)
    customers.act("A2", "failure_response", kind="mile")
    customers.act("A3", "support", kind="miss")
    customers.act("A4", "onboarding", kind="mile")

    section = customers.section()

    # Of two of them neither speaks beside the count without a name.
    ((label, figure, followed),) = told(section, "miles")
    assert (label, figure) == ("service", "2 of 3")
    assert followed == "two actions, one done"
    assert [row[-1] for row in told(section, "miles_alone")] == ["A sheet in four languages."]
    assert "Asked for an extra mile, 2 of the 3 who named any spoke of service." in section.lines


def test_exchange_keeps_both_sides_together(customers: Customers) -> None:
    """What one customer gave stands beside what the same one got."""
    customers.answer(
        "a", words={"gave_words": "Our best dispatcher.", "got_words": "Slides and more slides."}
    )
    customers.answer("b", words={"gave_words": "Money on time."})

    section = customers.section()

    assert told(section, "gave") == [("", "Our best dispatcher.")]
    assert told(section, "got") == [("", "Slides and more slides.")]
    assert panel(section, "gave").note == "One customer named both sides, one one side alone."


@pytest.mark.parametrize(
    ("cost", "said"), [(30_000.0, " Winning as many anew costs $60k."), (None, "")]
)
def test_cheaper_to_keep(customers: Customers, cost: float | None, said: str) -> None:
    """Cancellations for reasons of their own are not ours to mend; amounts are totals alone."""
    customers.answer("a", felt_respected=3)
    execute = customers.connection.execute
    execute("update seeds.settings set acquisition_cost_usd = ?", [cost])
    for key, reason, amount in [
        ("a", "support", 40_000),
        ("b", "price_level", 20_000),
        ("c", "involuntary", 90_000),
        ("d", None, 70_000),
    ]:
        when = "timestamptz '2026-08-03 09:00+00'"
        execute(
            "insert into marts.drivers (vote_key, response_id, decision_kind, reason, is_primary,"
            " is_theirs, closes_on, submitted_at, fetched_at) values (?, ?, 'cancelled', ?, ?, ?,"
            f" date '2026-08-03', {when}, {when})",
            [key, key, reason, reason is not None, reason is not None],
        )
        execute("insert into marts.coverage (vote_key, amount_usd) values (?, ?)", [key, amount])

    assert customers.section().lines[-1] == (
        "Of four cancellations heard over 13 weeks, two had a reason we could have answered: "
        f"worth $60k.{said}"
    )
