"""The score from which on a reason is given."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from winloss.coding.learning.cut import best_cut

CASES = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=1, max_size=20)


def f1(scores, truth, cut):
    right = (truth & (scores > cut)).sum()
    return 2 * right / ((scores > cut).sum() + truth.sum())


@given(CASES)
def test_no_other_cut_is_better(cases):
    scores = np.array([[score / 2 for score, _ in cases]])
    truth = np.array([[is_right for _, is_right in cases]])
    assume(truth.any())

    cut = best_cut(scores, truth)

    others = [f1(scores, truth, each) for each in np.arange(-3, 3, 0.25)]
    assert f1(scores, truth, cut) == max(others)
    assert cut not in scores


def test_of_equals_the_highest():
    """The lowest two scores change nothing for better or worse: they are not given."""
    scores, truth = np.array([[3.0, 2.0, 1.0]]), np.array([[True, True, False]])

    assert best_cut(scores, truth) == 1.5


def test_where_nothing_is_true_nothing_is_given():
    scores = np.array([[3.0, 2.0]])

    assert (scores < best_cut(scores, np.array([[False, False]]))).all()
