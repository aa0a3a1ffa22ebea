"""Who read the same words alike: which two readings are compared, and what of them is counted."""

import duckdb
import pytest
from tests.warehouse.readings import NOW, THEN, Readings


@pytest.fixture
def readings(connection: duckdb.DuckDBPyConnection) -> Readings:
    """Nothing read yet."""
    return Readings(connection)


def test_two_people(readings: Readings) -> None:
    """Each reason over all texts both coded, and their whole sets."""
    readings.machine("a")
    for text, first, second in (
        ("a", ("price",), ("price",)),
        ("b", ("price", "support"), ("price",)),
        ("c", (), ()),
        ("d", ("support",), ("terms",)),
    ):
        readings.person(text, "ana", *first)
        readings.person(text, "ben", *second, day=1)
    readings.person("alone", "ana", "terms")

    assert readings.counts("people") == {
        None: (4, 1, 2, 1),
        "price": (4, 2, 0, 2),
        "support": (4, 0, 2, 2),
        "terms": (4, 0, 1, 3),
    }
    assert readings.overlap("people") == pytest.approx((1 + 1 / 2 + 1 + 0) / 4)


def test_the_second_has_not_seen_the_first(readings: Readings) -> None:
    """Who was shown suggestions is no independent second; a third who was not is."""
    readings.machine("a")
    readings.person("a", "ana", "price", is_blind=False)
    readings.person("a", "ben", "price", day=1, is_blind=False)
    readings.person("b", "ana", "price")
    readings.person("b", "ben", "price", day=1, is_blind=False)
    readings.person("b", "eve", "terms", day=2)

    assert readings.counts("people")[None] == (1, 0, 1, 0)


def test_settling_is_no_reading_of_ones_own(readings: Readings) -> None:
    readings.machine("a")
    readings.person("a", "ana", "price")
    readings.person("a", "ben", "terms", day=1, is_blind=False)
    readings.person("a", "eve", "price", day=2, sample="disputed")

    assert readings.counts("people") == {}


def test_one_person_twice_is_one(readings: Readings) -> None:
    readings.machine("a")
    readings.person("a", "ana", "price")
    readings.person("a", "ana", "price", day=1)

    assert readings.counts("people") == {}


def test_a_settled_disagreement_was_one(readings: Readings) -> None:
    """What the two said before they talked is what they agreed on, whoever settled it."""
    readings.machine("a", "price")
    readings.person("a", "ana", "support")
    readings.person("a", "ben", "price", day=1)
    readings.person("a", "ana", "price", day=2, sample="disputed", is_blind=False)
    readings.person("a", "eve", "support", day=3)

    assert readings.counts("people")["support"] == (1, 0, 1, 0)
    assert readings.counts("machine") == {None: (1, 1, 0, 0), "price": (1, 1, 0, 0)}


def test_the_machine_against_what_was_drawn_at_random(readings: Readings) -> None:
    """Neither what it was unsure of nor what it suggested itself is a fair test of it."""
    for text in "abcd":
        readings.machine(text, "price", guess="terms")
    readings.person("a", "ana", "price")
    readings.person("b", "ana", "support", sample="unsure")
    readings.person("c", "ana", "price", is_blind=False)
    readings.person("d", "ana")

    assert readings.counts("machine") == {None: (2, 1, 1, 0), "price": (2, 1, 1, 0)}


def test_a_blind_coding_outlives_one_with_suggestions(readings: Readings) -> None:
    """Whoever looks again at what the machine says does not make it agree."""
    readings.machine("a", "price")
    readings.person("a", "ana", "support")
    readings.person("a", "ana", "price", day=3, sample="unsure", is_blind=False)

    assert readings.counts("machine")["price"] == (1, 0, 1, 0)


def test_what_it_abstains_from_counts(readings: Readings) -> None:
    """Finding nothing where a person finds something is no agreement, nor is a guess one."""
    readings.machine("a", guess="price")
    readings.person("a", "ana", "price")

    assert readings.counts("machine")["price"] == (1, 0, 1, 0)


def test_other_languages_are_not_judged(readings: Readings) -> None:
    """The machine never reads them; people do, and are compared."""
    readings.machine("a", language="de")
    readings.person("a", "ana", "price")
    readings.person("a", "ben", "price", day=1)

    assert readings.counts("machine") == {}
    assert readings.counts("people")["price"] == (1, 1, 0, 0)


def test_a_renamed_reason_is_the_same(readings: Readings) -> None:
    """In the codebook in force under its name of now, in its own under that of then."""
    readings.give("staging.reasons", reason="cost", parent="cost", stands_as="price")
    readings.machine("a", "price")
    readings.machine_then("a", "cost")
    readings.person("a", "ana", "cost", version=THEN)
    readings.person("a", "ben", "price", day=1)

    assert readings.counts("people")["price"] == (1, 1, 0, 0)
    assert readings.counts("machine")["price"] == (1, 1, 0, 0)
    assert readings.counts("machine", THEN) == {None: (1, 1, 0, 0), "cost": (1, 1, 0, 0)}


def test_a_split_reason_is_coded_anew(readings: Readings) -> None:
    """Nobody knows which of its parts was meant, so the whole coding says nothing now."""
    readings.give("staging.reasons", reason="service", parent="service", stands_as=None)
    readings.machine("a", "price")
    readings.machine_then("a", "service")
    readings.person("a", "ana", "price", "service", version=THEN)

    assert readings.counts("machine") == {}
    assert readings.counts("machine", THEN)["service"] == (1, 1, 0, 0)


def test_what_may_not_be_given_is_no_mistake(readings: Readings) -> None:
    """A reason retired without a successor stays people's own."""
    readings.give("staging.reasons", reason="gone", parent="gone", stands_as="gone")
    readings.machine("a", "price")
    readings.person("a", "ana", "price", "gone")

    assert readings.counts("machine") == {None: (1, 1, 0, 0), "price": (1, 1, 0, 0)}


def test_a_codebook_taken_up_again(readings: Readings) -> None:
    """What it said in its first time does not count twice."""
    readings.machine("a", "price")
    readings.machine_then("a", "terms", version=NOW)
    readings.person("a", "ana", "price")

    assert readings.counts("machine") == {None: (1, 1, 0, 0), "price": (1, 1, 0, 0)}


def test_nothing_was_coded(readings: Readings) -> None:
    readings.person("a", "ana", "price")

    assert readings.counts("machine") == {}
    assert readings.counts("people") == {}


def test_the_overlap_does_not_follow_the_order_of_texts(readings: Readings) -> None:
    """A sum of fractions has other last digits in another order; the figure has none of them."""
    readings.machine("a")
    for place, shared in enumerate((1, 1, 2, 1, 2, 3, 1)):
        readings.person(f"t{place}", "ana", *("price", "support", "terms")[:shared])
        readings.person(f"t{place}", "ben", "price", "support", "terms", day=1)

    found = readings.overlap("people")

    assert found == round((4 / 3 + 4 / 3 + 1) / 7, 6)
