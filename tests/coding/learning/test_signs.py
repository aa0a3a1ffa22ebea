"""Signs of a reason, as the rules heard it."""

import numpy as np

from winloss.coding.learning import signs
from winloss.coding.learning.features import Passage
from winloss.coding.rules.codes import Code

REASONS = ("price", "support", "paperwork")


def heard(*codes):
    """A passage of ten characters with codes of (reason, strength, start)."""
    found = (
        Code(reason, "neutral", start, start + 1, strength) for reason, strength, start in codes
    )
    return Passage("x" * 10, tuple(found))


def layers(*passages):
    return [layer.tolist() for layer in signs.of_terms(passages, REASONS)]


def test_of_two_reasons_heard():
    is_heard, strong, first, shared, beside, of_all, place = layers(
        heard(("support", 1.0, 5), ("paperwork", 3.0, 2))
    )

    assert is_heard == [[0, 1, 1]]
    assert strong == [[0, 0.25, 0.75]]
    assert first == [[0, 0, 1]]
    assert shared == [[0, 0.5, 0.5]]
    assert np.allclose(beside, [[0, 1 / 3, 1]])
    assert of_all == [[0, 0.25, 0.75]]
    assert place == [[0, 0.5, 0.2]]


def test_of_equals_the_first_in_the_text_comes_first():
    assert layers(heard(("price", 2.0, 7), ("paperwork", 2.0, 1)))[2] == [[0, 0, 1]]


def test_nothing_heard_is_no_sign():
    assert all(layer == [[0, 0, 0]] for layer in layers(heard()))


def test_a_term_that_is_granted_is_heard_all_the_same():
    assert layers(heard(("price", -0.5, 0)))[0] == [[1, 0, 0]]


def test_of_descriptions_the_one_that_stands_out():
    """As alike as the others it has its share; more alike by a tenth, more than twice theirs."""
    alike, above, share = (
        layer.tolist() for layer in signs.of_meaning(np.array([[0.3] * 3, [0.3, 0.3, 0.4]]))
    )

    assert alike == [[0.3] * 3, [0.3, 0.3, 0.4]]
    assert np.allclose(above, [[0.0, 0.0, 0.0], [-1 / 30, -1 / 30, 2 / 30]])
    assert np.allclose(share[0], 1 / 3, atol=1e-6)
    assert np.isclose(share[1][2] / share[1][0], np.e, atol=1e-4)
