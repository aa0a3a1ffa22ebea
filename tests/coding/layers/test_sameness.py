"""Same input, same output: whatever the order, the batch, the process, and the rows beside."""

import json
import subprocess
import sys
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.coding.layers.invented import BOOK, labels, said, texts

from winloss import coding

TAUGHT = labels(said(120))
ASKED = texts(list(dict([*said(60, seed=9), *said(20)]).items()))

_ANEW = """
import json, sys
from tests.coding.layers.test_sameness import TAUGHT, ASKED, coder
coder = coder(TAUGHT)
codings, codes = coder.code(ASKED)
print(json.dumps([coder.model_version, codings.rows(), codes.rows()]))
"""


def coder(taught, *, decides_from=50):
    return coding.coder(BOOK, taught, sentence_model=False, decides_from=decides_from)


@cache
def trained():
    return coder(TAUGHT)


@cache
def coded():
    return trained().code(ASKED)


def same(found, wanted):
    return found[0].equals(wanted[0]) and found[1].equals(wanted[1])


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_labels_and_rows(seed):
    shuffled = coder(TAUGHT.sample(fraction=1, shuffle=True, seed=seed))
    asked = pl.concat([ASKED, ASKED]).sample(fraction=1, shuffle=True, seed=seed)

    assert same(shuffled.code(asked), coded())
    assert shuffled.model_version == trained().model_version


@pytest.mark.parametrize("size", [1, 7])
def test_batches(size):
    parts = [trained().code(ASKED.slice(start, size)) for start in range(0, len(ASKED), size)]

    codings, codes = (pl.concat(frames) for frames in zip(*parts, strict=True))

    assert same((codings.sort("text_hash", "stance"), _sorted(codes)), coded())


@settings(max_examples=30, deadline=None)
@given(beside=st.lists(st.text(max_size=80), max_size=6), row=st.integers(0, len(ASKED) - 1))
def test_an_unrelated_row_changes_no_code(beside, row):
    one = ASKED.slice(row, 1)
    others = texts([(text, ()) for text in beside if text not in set(ASKED["text"])])

    found = trained().code(pl.concat([others, one]))

    mine = [frame.filter(pl.col("text_hash") == one["text_hash"][0]) for frame in found]
    wanted = [frame.filter(pl.col("text_hash") == one["text_hash"][0]) for frame in coded()]
    assert same(mine, wanted)


def test_another_process(monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("OMP_NUM_THREADS", "2")

    printed = subprocess.run(
        [sys.executable, "-c", _ANEW], check=True, capture_output=True, text=True
    ).stdout

    version, codings, codes = json.loads(printed)
    assert version == trained().model_version
    assert [tuple(row) for row in codings] == coded()[0].rows()
    assert [tuple(row) for row in codes] == coded()[1].rows()


def test_the_version_covers_what_could_change_a_code():
    rows = said(120)
    text, reasons = next(row for row in rows if len(row[1]) == 1)
    others = [row for row in rows if row[0] != text]
    relabelled = labels([(text, (*reasons, "old_code")), *others])

    versions = {
        coder(None).model_version,
        coder(TAUGHT).model_version,
        coder(TAUGHT, decides_from=60).model_version,
        coding.coder(BOOK, sentence_model=False, rivals=["Quayside"]).model_version,
        coder(relabelled).model_version,
        coder(labels(others)).model_version,
    }

    assert len(versions) == 6


def test_the_version_without_labels_is_that_of_the_rules():
    """No setting of a learner that is not there makes texts be coded again."""
    assert coder(None).model_version == coder(None, decides_from=9).model_version
    assert coder(None).codebook_version == BOOK.version


def test_nothing_is_trained_before_a_text_is_to_be_coded():
    """A build that finds no new words does not wait for a learner."""
    script = (
        "import sys; from tests.coding.layers.test_sameness import TAUGHT, ASKED, coder\n"
        "made = coder(TAUGHT); made.model_version\n"
        "codings, codes = made.code(ASKED.clear())\n"
        "assert 'sklearn' not in sys.modules, 'trained'\n"
        "assert codings.columns and codes.columns and codings.is_empty()"
    )

    subprocess.run([sys.executable, "-c", script], check=True)


def _sorted(codes):
    return codes.sort("text_hash", "stance", "span_start", "reason")
