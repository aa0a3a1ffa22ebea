"""From which score on a reason is given."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def best_cut(scores: "npt.NDArray[np.float64]", truth: "npt.NDArray[np.bool_]") -> float:
    """The cut with the highest micro F1 over all texts and reasons, halfway between two scores.

    `scores` must be of texts the scorer has not seen. Of equals the highest wins: a reason that
    changes nothing is not given. Where nothing is true, all scores are below.
    """
    import numpy as np

    if not truth.any():
        return float(scores.max()) + 1.0
    order = np.lexsort((truth.ravel(), -scores.ravel()))
    ranked, right = scores.ravel()[order], np.cumsum(truth.ravel()[order])
    f1 = 2 * right / (np.arange(1, len(ranked) + 1) + truth.sum())
    is_step = np.append(ranked[:-1] > ranked[1:], True)
    best = int(np.argmax(np.where(is_step, f1, -1.0)))
    below = ranked[best + 1] if best + 1 < len(ranked) else ranked[best] - 1.0
    return float((ranked[best] + below) / 2)
