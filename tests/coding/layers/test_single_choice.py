"""Where people gave every text exactly one reason, so does the coder, and says which it guessed."""

import polars as pl
import pytest
from tests.coding.layers.invented import BOOK, hashed, labels, said, texts

from winloss import coding

SAID = [(text, reasons[:1]) for text, reasons in said(500, seed=3, silent=0)]
TAUGHT, FRESH = SAID[:150], SAID[150:]
UNKNOWN = "Qqqq xxxx jjjj."


def coded(taught, asked, *, decides_from=50):
    coder = coding.coder(BOOK, labels(taught), sentence_model=False, decides_from=decides_from)
    return coder.code(texts(asked))


@pytest.fixture(scope="module")
def found():
    return coded(TAUGHT, [*FRESH, (UNKNOWN, ())])


def test_one_code_a_text(found):
    codings, codes = found

    assert sorted(codes["text_hash"]) == sorted(codings["text_hash"])
    assert codes["is_primary"].all()


def test_the_reason_that_comes_first_is_found(found):
    firsts = dict(found[1].select("text_hash", "reason").rows())

    assert sum(firsts[hashed(text)] == reasons[0] for text, reasons in FRESH) >= 0.85 * len(FRESH)


def test_what_nothing_speaks_for_is_a_guess(found):
    codings, codes = (frame.filter(text_hash=hashed(UNKNOWN)) for frame in found)

    assert codes.select("is_suggested", "polarity", "span_start", "span_end").rows() == [
        (True, "neutral", 0, len(UNKNOWN))
    ]
    assert codings["needs_review"].to_list() == [True]


def test_a_firm_code_is_more_likely_right_than_not():
    """Where a third of the labels is chance, some texts are firm, some guesses, all as sure."""
    muddled = [
        (text, reasons if int(hashed(text), 16) % 3 else ("price",))
        for text, reasons in said(900, seed=21, silent=0)
    ]
    muddled = [(text, reasons[-1:]) for text, reasons in muddled]

    codes = coded(muddled[:300], muddled[300:])[1]
    truth = {hashed(text): reasons[0] for text, reasons in muddled}
    right = codes.select(
        "is_suggested",
        "confidence",
        is_right=pl.col("reason") == pl.col("text_hash").replace_strict(truth),
    )
    firm, guessed = right.filter(~pl.col("is_suggested")), right.filter("is_suggested")

    assert min(len(firm), len(guessed)) > 20
    assert firm["is_right"].mean() > 0.6 > guessed["is_right"].mean()
    assert abs(right["confidence"].mean() - right["is_right"].mean()) < 0.07


def test_below_the_number_the_rules_stand_and_the_rest_is_guessed():
    codings, codes = coded(TAUGHT, [*FRESH, (UNKNOWN, ())], decides_from=500)
    primary = codes.filter("is_primary")

    assert sorted(primary["text_hash"]) == sorted(codings["text_hash"])
    assert set(codes.filter(~pl.col("is_suggested"))["coder"]) == {"rules", "model"}
    assert set(codes.filter("is_suggested")["coder"]) == {"model"}
