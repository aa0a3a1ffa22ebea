"""The sentence model, where it is installed; and what is said where it is not."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from tests.coding.layers.invented import BOOK, hashed, labels, reasons_of, said, texts

from winloss import coding
from winloss.coding.codebook import Reason
from winloss.coding.semantic import model
from winloss.errors import CodingError

needs_model = pytest.mark.skipif(
    not model.is_installed(), reason="the extra `semantic` is not installed"
)

SENTENCES = [
    "Your price was far too high.",
    "You were too expensive for us.",
    "The lift in our building broke down last year.",
    "ok",
    "",
]


@needs_model
def test_likeness_of_meaning():
    dear, paid, lift, *_ = model.SentenceModel().vectors(SENTENCES)

    assert dear @ paid > dear @ lift + 0.2


@needs_model
def test_vectors_do_not_depend_on_the_others():
    together = model.SentenceModel().vectors(SENTENCES)
    backwards = model.SentenceModel().vectors(SENTENCES[::-1])[::-1]
    alone = np.vstack([model.SentenceModel().vectors([text]) for text in SENTENCES])

    assert (together == backwards).all()
    assert (together == alone).all()
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)


@needs_model
def test_a_reason_said_in_other_words_is_found():
    """None of the words is in any text people have coded, and the label says nothing."""
    book = replace(BOOK, reasons=BOOK.reasons | {"paperwork": Reason("paperwork", "seven")})
    taught = labels(said(120))
    asked = texts([("Shipping documents needed manual signing.", ())])

    def reasons(*, has_model):
        coder = coding.coder(book, taught, sentence_model=has_model, decides_from=50)
        return reasons_of(coder.code(asked)[1]).get(hashed(asked["text"][0]), set())

    assert reasons(has_model=True) == {"paperwork"}
    assert reasons(has_model=False) == set()


@needs_model
def test_the_version_names_the_model():
    taught = labels(said(40))

    versions = [
        coding.coder(BOOK, taught, sentence_model=wanted).model_version
        for wanted in (None, True, False)
    ]

    assert versions[0] == versions[1] != versions[2]


def test_another_file_is_refused(tmp_path):
    other = tmp_path / "model.onnx"
    other.write_bytes(b"not a model")

    with pytest.raises(CodingError, match=r"model\.onnx is not the one winloss was measured with"):
        model._checked(other)
    with pytest.raises(CodingError, match="cannot be read"):
        model._checked(tmp_path / "none.onnx")


def test_without_the_extra():
    """None goes without it, True says what to install."""
    script = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from tests.coding.layers.invented import BOOK, labels, said, texts\n"
        "from winloss import coding, errors\n"
        "rows = said(40)\n"
        "codings, codes = coding.coder(BOOK, labels(rows)).code(texts(rows))\n"
        "assert len(codings) == 40 and len(codes)\n"
        "try:\n"
        "    coding.coder(BOOK, labels(rows), sentence_model=True)\n"
        "except errors.CodingError as error:\n"
        "    print(error)\n"
    )

    printed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout

    assert "pip install 'winloss[semantic]'" in printed
    assert len(printed.splitlines()) == 1
