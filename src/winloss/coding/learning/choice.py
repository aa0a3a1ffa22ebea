"""Which one reason a text gives, where every coded text gives exactly one.

A conditional logit (McFadden 1974): the shares of a text's reasons sum to 1 and depend on how its
signs compare with those of the other reasons, and on how common each reason is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Layers = npt.NDArray[np.float64]
    """One layer per sign, one row per passage, one column per reason."""
    Rows = npt.NDArray[np.float64]

_PENALTY = 10.0
_PLACES = 6
_PRECISE = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000}


@dataclass(frozen=True)
class Choice:
    """What each sign is worth, and each reason before anything is read."""

    slopes: "Rows"
    bases: "Rows"

    def shares(self, signs: "Layers") -> "Rows":
        """How likely each reason is the one: one row per passage, one column per reason."""
        import numpy as np
        from scipy.special import softmax

        said = np.round(np.einsum("s,srk->rk", self.slopes, signs) + self.bases, _PLACES)
        shares: Rows = np.round(softmax(said, axis=1), _PLACES)
        return shares


def choice(signs: "Layers", chosen: "npt.NDArray[np.bool_]") -> Choice:
    """Fits what people chose: one row per passage, True in the column of its reason.

    `signs` must say of a passage only what the others teach.
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    count = len(signs)

    def loss(worth: "Rows") -> "tuple[float, Rows]":
        said = np.einsum("s,srk->rk", worth[:count], signs) + worth[count:]
        shares = log_softmax(said, axis=1)
        wrong = np.exp(shares) - chosen
        slope = np.concatenate([np.einsum("srk,rk->s", signs, wrong), wrong.sum(axis=0)])
        missed = -shares[chosen].sum() + _PENALTY / 2 * (worth @ worth)
        return float(missed), slope + _PENALTY * worth

    start = np.zeros(count + chosen.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=_PRECISE)
    worth = np.round(found.x, _PLACES)
    return Choice(worth[:count], worth[count:])
