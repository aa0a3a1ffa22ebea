"""What a reader would say of sentences written for it: which reason, and for or against whom.

`sentences.csv`: a polarity left empty means that the reason must not be heard; "not x" that it may
be heard, with any polarity but x. `missed` are those that the rules cannot read yet.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from winloss.coding import codebook
from winloss.coding.rules.coder import RuleCoder

with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CODER = RuleCoder(codebook.read(), rivals=("Quayside", "Tidemark"))


def heard(text, stance):
    """Reason -> polarity, of everything the text speaks of."""
    return {code.reason: code.polarity for code in CODER.heard(text, stance)}


def parameters():
    for row in ROWS:
        missed = [pytest.mark.xfail(strict=True)] if row["kind"] == "missed" else []
        cells = row["stance"], row["text"], row["reason"], row["polarity"]
        yield pytest.param(
            *cells, marks=missed, id=f"{row['kind']}: {row['text']} {row['reason']} {row['stance']}"
        )


@pytest.mark.parametrize(("stance", "text", "reason", "polarity"), list(parameters()))
def test_sentence(stance, text, reason, polarity):
    found = heard(text, stance).get(reason, "")

    if polarity.startswith("not "):
        assert found != polarity.removeprefix("not ")
    else:
        assert found == polarity


def test_enough_sentences():
    """Every kind and stance is there, and few are missed."""
    kinds = Counter(row["kind"] for row in ROWS)

    assert len(ROWS) >= 150
    assert {row["stance"] for row in ROWS} == {"against", "for", "none"}
    assert kinds["missed"] <= 2
    assert all(kinds[kind] >= 5 for kind in ("denied", "contrast", "rival", "asserted", "for"))


def test_what_is_denied_is_gone_and_the_rest_is_primary():
    codes = CODER.code_text("Not the price but the service.", "against").codes

    assert [(code.reason, code.is_primary) for code in codes] == [("support", True)]


def test_a_rival_is_known_by_its_name():
    """Without the names of a programme the same words are about nobody in particular."""
    nobody = RuleCoder(codebook.read())
    text = "Tidemark's support was excellent."

    assert [code.polarity for code in nobody.heard(text, "against")] == ["ours_good"]
    assert [code.polarity for code in CODER.heard(text, "against")] == ["theirs_good"]
