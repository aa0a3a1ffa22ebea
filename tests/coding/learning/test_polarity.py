"""Whose merit or fault a slice speaks of, where no term was heard."""

import pytest
from tests.coding.layers.invented import BOOK

from winloss.coding.codebook import Codebook, Reason
from winloss.coding.learning.polarity import Polarities


def polarity(text, stance, book=BOOK):
    start = text.index("sheet")
    return Polarities(book).polarity(text, (start, start + 5), "paperwork", stance)


@pytest.mark.parametrize(
    ("text", "stance", "wanted"),
    [
        ("The customs sheet was a nightmare.", "for", "ours_bad"),
        ("The customs sheet was great.", "against", "ours_good"),
        ("Your competitor's customs sheet was great.", "against", "theirs_good"),
        ("The customs sheet.", "against", "ours_bad"),
        ("The customs sheet.", "for", "ours_good"),
        ("The customs sheet.", "none", "neutral"),
        ("It was not the customs sheet.", "against", None),
        ("No complaints about the customs sheet.", "against", None),
    ],
)
def test_as_the_rules_read_a_subject(text, stance, wanted):
    assert polarity(text, stance) == wanted


def test_a_bare_mention_means_what_the_codebook_says():
    book = Codebook("v", {"paperwork": Reason("paperwork", "p", polarity="theirs_good")}, ())

    assert polarity("The customs sheet.", "against", book) == "theirs_good"
