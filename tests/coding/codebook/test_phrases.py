"""What a codebook without terms hears."""

import pytest

from winloss.coding.codebook import Codebook, Reason
from winloss.coding.codebook.phrases import terms
from winloss.coding.rules.coder import RuleCoder


def heard(text, *reasons):
    """The reasons that are heard in a text."""
    book = Codebook("v", {each.reason: each for each in reasons}, tuple(terms(reasons)))
    return [code.reason for code in RuleCoder(book).code_text(text, "none").codes]


@pytest.mark.parametrize(
    ("label", "text", "is_heard"),
    [
        ("late flight", "my flight was late", True),
        ("late flight", "Late flights again", True),
        ("late flight", "It was late", False),
        ("lost luggage", "they lost all of our luggage", True),
        ("deliveries", "one delivery went missing", True),
        ("delivery", "all deliveries went missing", True),
        ("waiting at the gate", "we stood waiting for hours at gate four", True),
        ("price and value", "what a value", True),
        ("log-in", "the log in page", True),
        ("customer_service", "their customer service", True),
        ("customer service issue", "the issue was the customer", False),
        ("staff", "the staffing agency", False),
    ],
)
def test_labels(label, text, is_heard):
    """In their order or, of two words, in either; singular or plural; never half of it."""
    assert heard(text, Reason("x", label)) == (["x"] if is_heard else [])


def test_what_a_label_includes_is_heard_too():
    reason = Reason("x", "luggage", include="Bags, missing trunks; “rucksack” (torn).")

    assert heard("My bag, two trunks", reason) == ["x"]
    assert heard("My rucksack is gone", reason) == ["x"]


def test_a_phrase_that_two_include_is_nobodys():
    """A label's own words stay its own, whoever else includes them."""
    one = Reason("one", "seats", include="cabin, legroom")
    two = Reason("two", "crew", include="cabin, seats")

    assert heard("The cabin", one, two) == []
    assert heard("The seats", one, two) == ["one"]
    assert heard("The legroom", one, two) == ["one"]


@pytest.mark.parametrize("label", ["", "other", "the", "24/7", "🙂", "a (b|c", "it’s"])
def test_a_label_that_names_nothing_is_no_term(label):
    assert list(terms([Reason("x", label)])) == []


@pytest.mark.parametrize("label", ["tone (of staff)", "C++ / C#", "50% off!", "Größe", "*stars*"])
def test_any_label_can_be_read(label):
    """No sign of a label is taken for one of a pattern."""
    assert RuleCoder(Codebook("v", {"x": Reason("x", label)}, tuple(terms([Reason("x", label)]))))
