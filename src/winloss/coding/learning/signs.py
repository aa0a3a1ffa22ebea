"""Signs of a reason that mean the same for every reason: one row per passage, one column each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from winloss.coding.learning.features import Passage

    Layer = npt.NDArray[np.float64]

_STRONG = 4.0
"""Strength from which on a term leaves no doubt."""
_WEAK = 0.1
"""Strength of a term that the text grants or excuses: it is heard all the same."""
_CONTRAST = 10.0
"""How far a description a little more alike than the others stands out (measured)."""
_PLACES = 6


def of_terms(passages: Sequence["Passage"], reasons: Sequence[str]) -> "list[Layer]":
    """Seven signs of the terms heard.

    Whether one is; its strength, up to 1; whether it comes first in the rules' order; 1 shared
    among the reasons heard; its strength beside the strongest one's and beside all; how far into
    the passage it stands.
    """
    import numpy as np

    strength, place = _heard(passages, reasons)
    is_heard = strength > 0
    most = np.maximum(strength.max(axis=1, keepdims=True), 1e-9)
    total = np.maximum(strength.sum(axis=1, keepdims=True), 1e-9)
    count = np.maximum(is_heard.sum(axis=1, keepdims=True), 1)
    return [
        is_heard.astype(np.float64),
        np.minimum(strength, _STRONG) / _STRONG,
        _first(strength, place),
        is_heard / count,
        strength / most,
        strength / total,
        place * is_heard,
    ]


def of_meaning(alike: "Layer") -> "list[Layer]":
    """How alike passage and description are: as such, above the mean of all, and as a share."""
    import numpy as np
    from scipy.special import softmax

    shares: Layer = np.round(softmax(alike * _CONTRAST, axis=1), _PLACES)
    return [alike, alike - alike.mean(axis=1, keepdims=True), shares]


def alike(rows: Any, described: Any) -> "Layer":  # noqa: ANN401 (scipy has no types)
    """How alike each passage and each reason's description are: the cosine of sparse rows."""
    import numpy as np

    cosines: npt.NDArray[np.float64] = np.round((rows @ described.T).toarray(), _PLACES)
    return cosines


def _heard(passages: Sequence["Passage"], reasons: Sequence[str]) -> "tuple[Layer, Layer]":
    """The strength of each reason's term, 0 where none is heard, and its place, 0 to 1."""
    import numpy as np

    column_of = {reason: column for column, reason in enumerate(reasons)}
    strength, place = np.zeros((2, len(passages), len(reasons)))
    for row, passage in enumerate(passages):
        for code in passage.heard:
            column = column_of[code.reason]
            strength[row, column] = max(code.strength, _WEAK)
            place[row, column] = code.start / len(passage.text)
    return strength, place


def _first(strength: "Layer", place: "Layer") -> "Layer":
    """1 for the strongest reason of each passage, of equals the first in the passage."""
    import numpy as np

    first = np.zeros_like(strength)
    rows = np.arange(len(strength))
    order = np.lexsort((place, -strength), axis=1)[:, 0]
    first[rows, order] = strength[rows, order] > 0
    return first
