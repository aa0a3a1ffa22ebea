"""How sure a score makes us, as a share of cases: learned where people have said what is true.

Logistic curves (Platt 1999) over what the model says of examples left out.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_LEAST, _MOST = 0.05, 0.95
_PLACES = 2
_TOLERANCE = 1e-10


@dataclass(frozen=True)
class Curve:
    """From what is measured to the share of cases in which it turned out right."""

    model: Any
    share: float
    """Without a model: all cases turned out alike."""

    def __call__(self, measured: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        """One number per row of `measured`, 0.05 to 0.95, rounded to two places."""
        import numpy as np

        if self.model is None or not len(measured):
            return np.full(len(measured), min(max(self.share, _LEAST), _MOST))
        return bounded(self.model.predict_proba(measured)[:, 1])


def bounded(shares: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
    """Shares as we say them: nobody is surer than 0.95."""
    import numpy as np

    within: npt.NDArray[np.float64] = np.clip(shares, _LEAST, _MOST)
    return within.round(_PLACES)


def curve(measured: "npt.NDArray[np.float64]", is_right: "npt.NDArray[np.bool_]") -> Curve:
    """The curve through cases: one row of `measured` each."""
    from sklearn.linear_model import LogisticRegression

    share = float(is_right.mean()) if len(is_right) else 0.0
    if share in {0.0, 1.0}:
        return Curve(None, share)
    return Curve(LogisticRegression(tol=_TOLERANCE, max_iter=1000).fit(measured, is_right), share)


def gaps(firsts: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
    """Of each row the highest, and how far the next is below it; the far end where none is."""
    import numpy as np

    ranked = np.sort(firsts, axis=1)[:, ::-1]
    next_best = ranked[:, 1] if ranked.shape[1] > 1 else np.full(len(ranked), -1.0)
    return np.column_stack([ranked[:, 0], ranked[:, 0] - next_best])
