"""The closed forms give what training anew would."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import Ridge

from winloss.coding.learning import ridge


@pytest.fixture
def rows():
    chance = np.random.default_rng(4)
    return sparse.csr_matrix(chance.random((12, 30)) * (chance.random((12, 30)) > 0.6))


@pytest.fixture
def targets(rows):
    return np.random.default_rng(5).choice([-1.0, 1.0], (rows.shape[0], 3))


def test_it_is_ridge_regression(rows, targets):
    """With a column of ones as any other, so that the base is held back too."""
    ones = sparse.hstack([rows, np.ones((12, 1))]).tocsr()
    known = Ridge(alpha=ridge._PENALTY, fit_intercept=False, tol=1e-12).fit(ones.toarray(), targets)

    ours = ridge.ridge(rows, targets)

    assert np.allclose(ours.say(rows), known.predict(ones.toarray()))


def test_leaving_one_out_is_training_without_it(rows, targets):
    left_out = ridge.ridge(rows, targets).left_out

    for row in range(len(targets)):
        others = np.arange(len(targets)) != row
        anew = ridge.ridge(rows[others], targets[others])
        assert np.allclose(left_out[row], anew.say(rows[row]))
