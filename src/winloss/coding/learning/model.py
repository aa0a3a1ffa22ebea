"""One trained learner: how far each reason is from being given to a text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winloss.coding.learning.cut import best_cut
from winloss.coding.learning.features import Read
from winloss.coding.learning.pooled import Pooled, pooled
from winloss.coding.learning.ridge import Ridge, ridge
from winloss.coding.learning.sure import Curve, curve, gaps

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy import sparse

PLACES = 6
"""Decimals to which scores are rounded before they meet a threshold."""


@dataclass(frozen=True)
class Judged:
    """One row per passage, one column per reason."""

    margins: "npt.NDArray[np.float64]"
    """Above 0: the reason is given."""
    firsts: "npt.NDArray[np.float64]"
    """The highest is primary."""


@dataclass(frozen=True)
class Model:
    """Scores are what the signs say of any reason, plus what words say of this one."""

    words: Ridge
    signs: Pooled
    cut: float
    left_out: Judged
    """What the model says of each of its examples when that one is left out."""
    given: Curve
    """From a margin to the share of texts to which people gave the reason."""
    first: Curve
    """From `gaps` to the share of texts whose primary reason it is."""

    def judge(self, read: Read) -> Judged:
        """Margins and ranks of passages the model has not seen."""
        return _judged(self.signs.say(read.signs) + self.words.say(read.words), self.cut)

    def own(self, read: Read) -> "npt.NDArray[np.float64]":
        """What a passage by itself adds for each reason, beside what is true of every text."""
        import numpy as np

        said = self.signs.add(read.signs) + read.words @ self.words.weights
        own: npt.NDArray[np.float64] = np.round(said[:, : read.signs.shape[2]], PLACES)
        return own

    def weigh(self, words: "sparse.csr_matrix", column: int) -> "npt.NDArray[np.float64]":
        """What single words (`Features.single`) add for the reason of one column."""
        import numpy as np

        weights = self.words.weights[: words.shape[1], column]
        weighed: npt.NDArray[np.float64] = np.round(words @ weights, PLACES)
        return weighed


def train(
    read: Read, applies: "npt.NDArray[np.bool_]", comes_first: "npt.NDArray[np.float64]"
) -> Model:
    """A model of examples as people coded them; see Examples for the two kinds of truth."""
    import numpy as np

    targets = np.hstack([applies.astype(float), comes_first]) * 2 - 1
    signs = pooled(read.signs, targets)
    known = signs.say(read.signs)
    words = ridge(read.words, targets - known)
    scores = np.round(words.left_out + known, PLACES)
    cut = best_cut(scores[:, : applies.shape[1]], applies)
    left_out = _judged(scores, cut)
    is_first = np.take_along_axis(comes_first, left_out.firsts.argmax(axis=1)[:, None], axis=1) > 0
    given = curve(left_out.margins.reshape(-1, 1), applies.ravel())
    return Model(words, signs, cut, left_out, given, curve(gaps(left_out.firsts), is_first.ravel()))


def _judged(scores: "npt.NDArray[np.float64]", cut: float) -> Judged:
    import numpy as np

    reasons = scores.shape[1] // 2
    rounded = np.round(scores, PLACES)
    return Judged(np.round(rounded[:, :reasons] - cut, PLACES), rounded[:, reasons:])
