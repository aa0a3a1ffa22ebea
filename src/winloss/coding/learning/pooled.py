"""What the signs of a reason are worth, learned over all texts and reasons at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Layers = npt.NDArray[np.float64]
    """One layer per sign, one row per passage, one column per reason."""
    Rows = npt.NDArray[np.float64]

_PENALTY = 1.0


@dataclass(frozen=True)
class Pooled:
    """One line per kind of target: whether a reason applies, and whether it comes first."""

    slopes: "npt.NDArray[np.float64]"
    """One row per kind, one column per sign."""
    bases: "npt.NDArray[np.float64]"

    def add(self, signs: "Layers") -> "Rows":
        """What the signs add: one row per passage, the columns of each kind side by side."""
        import numpy as np

        return np.hstack([np.einsum("s,srk->rk", slopes, signs) for slopes in self.slopes])

    def say(self, signs: "Layers") -> "Rows":
        """As `add`, with what holds without any sign."""
        import numpy as np

        said: Rows = self.add(signs) + np.repeat(self.bases, signs.shape[2])
        return said


def pooled(signs: "Layers", targets: "Rows") -> Pooled:
    """Fits both kinds of `targets`, whose columns stand side by side."""
    import numpy as np
    from sklearn.linear_model import Ridge

    pairs = np.moveaxis(signs, 0, 2).reshape(-1, len(signs))
    kinds = np.hsplit(targets, 2)
    lines = Ridge(alpha=_PENALTY, solver="cholesky").fit(
        pairs, np.column_stack([kind.ravel() for kind in kinds])
    )
    return Pooled(lines.coef_, lines.intercept_)
