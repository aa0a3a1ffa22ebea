"""One trained learner: how far each reason is from being given to a text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winloss.coding.learning.choice import Choice, choice
from winloss.coding.learning.cut import best_cut
from winloss.coding.learning.features import Read
from winloss.coding.learning.pooled import Pooled, pooled
from winloss.coding.learning.ridge import Ridge, ridge
from winloss.coding.learning.sure import Curve, bounded, curve, gaps

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy import sparse

PLACES = 6
"""Decimals to which scores are rounded before they meet a threshold."""
LIKELIER = 0.5
"""Of one reason a text: the share from which on it is more likely right than not."""


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
    choice: Choice | None
    """Where every text gives exactly one reason; then at most one is above 0."""
    given: Curve
    """From a margin to the share of texts to which people gave the reason."""
    first: Curve
    """From `gaps` to the share of texts whose primary reason it is."""

    def judge(self, read: Read) -> Judged:
        """Margins and ranks of passages the model has not seen."""
        scores = self.signs.say(read.signs) + self.words.say(read.words)
        if self.choice is not None:
            return _chosen(self.choice, scores, read.signs)
        return _judged(scores, self.cut)

    def sure(self, judged: Judged) -> "npt.NDArray[np.float64]":
        """Of texts judged alike, the share to which people gave each reason."""
        if self.choice is not None:
            return bounded(judged.firsts)
        return self.given(judged.margins.reshape(-1, 1)).reshape(judged.margins.shape)

    def sure_of_first(self, judged: Judged) -> "npt.NDArray[np.float64]":
        """The same of the reason it would put first, and that people put it first."""
        if self.choice is not None:
            return bounded(judged.firsts.max(axis=1))
        return self.first(gaps(judged.firsts))

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
    read: Read,
    applies: "npt.NDArray[np.bool_]",
    comes_first: "npt.NDArray[np.float64]",
    *,
    is_single_choice: bool,
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
    first = curve(gaps(left_out.firsts), is_first.ravel())
    one = choice(_signs(scores, read.signs), applies) if is_single_choice else None
    return Model(words, signs, cut, one, given, first)


def _judged(scores: "npt.NDArray[np.float64]", cut: float) -> Judged:
    import numpy as np

    reasons = scores.shape[1] // 2
    rounded = np.round(scores, PLACES)
    return Judged(np.round(rounded[:, :reasons] - cut, PLACES), rounded[:, reasons:])


def _chosen(
    choice: Choice, scores: "npt.NDArray[np.float64]", signs: "npt.NDArray[np.float64]"
) -> Judged:
    shares = choice.shares(_signs(scores, signs))
    return Judged(shares - LIKELIER, shares)


def _signs(
    scores: "npt.NDArray[np.float64]", signs: "npt.NDArray[np.float64]"
) -> "npt.NDArray[np.float64]":
    """The signs of a choice: those of the passage, and what words and signs said together."""
    import numpy as np

    return np.concatenate([signs, np.round(scores[:, signs.shape[2] :], PLACES)[None]])
