"""A choice of one reason: shares that sum to 1, found from what people chose."""

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from winloss.coding.learning import choice


def test_it_is_logistic_regression_where_there_are_two():
    """Of two reasons the difference of their signs decides, and of their bases."""
    chance = np.random.default_rng(2)
    signs = chance.normal(size=(2, 400, 2))
    said = np.einsum("s,srk->rk", [2.0, -1.0], signs)
    chosen_first = chance.random(400) < softmax(said, axis=1)[:, 0]
    chosen = np.column_stack([chosen_first, ~chosen_first])

    ours = choice.choice(signs, chosen)

    difference = np.column_stack([*(signs[:, :, 0] - signs[:, :, 1]), np.full(400, 2**0.5)])
    known = LogisticRegression(C=1 / choice._PENALTY, fit_intercept=False, tol=1e-10)
    known.fit(difference, chosen_first)
    assert np.allclose(ours.slopes, known.coef_[0, :2], atol=1e-4)
    assert np.allclose(ours.shares(signs)[:, 0], known.predict_proba(difference)[:, 1], atol=1e-4)


def test_a_reason_often_chosen_is_likelier_where_nothing_is_heard():
    chosen = np.array([[place % 4 > 0, place % 4 == 0] for place in range(400)])

    shares = choice.choice(np.zeros((1, 400, 2)), chosen).shares(np.zeros((1, 1, 2)))

    assert 0.7 < shares[0, 0] < 0.75
    assert np.isclose(shares.sum(), 1)
