"""What a learner is told of a text: its words, the terms heard in it, and what it is like.

Two kinds. `words` are columns whose meaning differs from reason to reason and is learned from
examples. `signs` are the same few for every reason (is a term of it heard, how strongly, how alike
are text and definition), so that what they are worth is learned from all reasons together and
holds for a reason that no example has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from winloss.coding.codebook import Codebook, Reason
from winloss.coding.learning import signs
from winloss.coding.rules.codes import Code
from winloss.coding.semantic.model import SentenceModel

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy import sparse

_HEARD = 0.4, 0.4, 0.2
_SPELT = 0.7
_MEANT = 0.7
"""Lengths of the columns beside one another (measured): terms heard, how strongly, which comes
first; words and letters; meaning."""

_WORD = r"(?u)\b\w+\b"
_LETTERS = (3, 5)


class Passage(NamedTuple):
    """A text or a part of one, with the codes the rules heard in it."""

    text: str
    heard: tuple[Code, ...]


@dataclass(frozen=True)
class Read:
    """One row per passage; `signs` has one layer per sign, one column per reason."""

    words: "sparse.csr_matrix"
    signs: "npt.NDArray[np.float64]"

    def part(self, rows: Any) -> "Read":  # noqa: ANN401 (numpy takes many kinds of index)
        """Some of the passages."""
        return Read(self.words[rows], self.signs[:, rows])


class Features:
    """Turns passages into numbers; knows only the words of the texts it was made with."""

    def __init__(
        self, codebook: Codebook, texts: Sequence[str], sentences: SentenceModel | None
    ) -> None:
        """`texts`: those people have coded, sorted."""
        self._reasons = codebook.given
        self._sentences = sentences
        described = [_described(codebook.reasons[reason]) for reason in self._reasons]
        self._readers = [_word_reader(), _letter_reader()]
        for reader in self._readers:
            reader.fit([*texts, *described])
        self._described = self._readers[0].transform(described)
        self._meant = _sparse(sentences.vectors(described)) if sentences else None

    def read(self, passages: Sequence[Passage]) -> Read:
        """The numbers of each passage; none depends on the others."""
        import numpy as np
        from scipy import sparse

        texts = [passage.text for passage in passages]
        words, letters = (reader.transform(texts) for reader in self._readers)
        told = signs.of_terms(passages, self._reasons)
        told.append(signs.alike(words, self._described))
        parts = [words * _SPELT, letters * _SPELT, *_heard(told)]
        if self._sentences is not None:
            meant = _sparse(self._sentences.vectors(texts))
            told += signs.of_meaning(signs.alike(meant, self._meant))
            parts.append(meant * _MEANT)
        return Read(sparse.hstack(parts, format="csr"), np.stack(told))

    def single(self, words: Sequence[str]) -> "sparse.csr_matrix":
        """Words by themselves: the first columns of what `read` gives."""
        return self._readers[0].transform(words)


def _described(reason: Reason) -> str:
    """What the codebook says belongs to a reason; what it excludes belongs to others."""
    parts = reason.label, reason.definition, reason.include, reason.example
    return ". ".join(part for part in parts if part)


def _heard(told: "Sequence[npt.NDArray[np.float64]]") -> "list[sparse.csr_matrix]":
    """The first signs as columns of each reason's own."""
    return [_sparse(sign * length) for sign, length in zip(told, _HEARD, strict=False)]


def _sparse(rows: "npt.NDArray[np.float64]") -> "sparse.csr_matrix":
    """As a sparse matrix: its products go row by row, whatever rows stand beside."""
    from scipy import sparse

    return sparse.csr_matrix(rows)


def _word_reader() -> Any:  # noqa: ANN401 (scikit-learn has no types)
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD)


def _letter_reader() -> Any:  # noqa: ANN401
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char_wb", ngram_range=_LETTERS, sublinear_tf=True)
