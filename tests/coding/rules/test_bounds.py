"""Any text is coded, whole or in pieces, alone or among others, in bounded time and memory."""

import time
import tracemalloc
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winloss import coding
from winloss.coding import codebook
from winloss.coding.codebook import Codebook, Reason, Term
from winloss.coding.rules.coder import LONGEST, RuleCoder
from winloss.coding.rules.finding import lowered

BOOK = codebook.read()
CODER = RuleCoder(BOOK)
WHOLE = coding.coder(BOOK, sentence_model=False)
STANCES = ["against", "for", "none"]
LONG = 1_000_000
HOSTILE = {
    "one word": "price " * (LONG // 6),
    "no": "no " * (LONG // 3),
    "brackets": "(" * LONG,
    "letters": "a" * LONG,
    "apostrophes": "price " + "'" * LONG,
    "pieces": "we " + "a'b" * (LONG // 3),
    "cues": "but what decided it was the price " * (LONG // 34),
    "granted": "although the price mattered, i won't pretend " * (LONG // 45),
    "questions": "was it if had would " * (LONG // 20),
    "denials": "not because nobody could say that " * (LONG // 34),
    "digits": "3.5" * (LONG // 3),
    "different words": " ".join(f"support{place}" for place in range(LONG // 14)),
    "breaks": "price. " * (LONG // 7),
    "spaces": "price" + " " * LONG + "too high",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name):
    """A megabyte is cut off; what is read costs little more than as much plain text."""
    CODER.code_text(HOSTILE[name][:5_000], "against")
    began = time.process_time()

    CODER.code_text(HOSTILE[name], "against")

    assert time.process_time() - began < 3


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_not_four_times_the_work(name):
    """Nothing is quadratic in the length of a text."""
    text = HOSTILE[name]
    CODER.code_text(text[:LONGEST], "against")

    def taken(length):
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            CODER.code_text(text[:length], "against")
            best = min(best, time.process_time() - began)
        return best

    assert taken(LONGEST) < 3 * taken(LONGEST // 2) + 0.05


def test_memory_is_bounded():
    """A hundred thousand words never met before leave no more behind than some megabytes."""
    coder = RuleCoder(BOOK)
    coder.code_text("the price was too high", "against")
    texts = [" ".join(f"price{n}x{m}" for m in range(50)) for n in range(2_000)]
    tracemalloc.start()
    for text in texts:
        coder.heard(text, "against")
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert left < 20_000_000


ANY_TEXT = st.text(
    st.characters() | st.sampled_from("\ud800\udfff\x00\u202e\u200f\u0301😀é'’-_.!?;:\n\r\t")
)
WORDS = (
    "price support slow great not never but cheaper than you they would have stayed if onboarding"
    " expensive nobody could say promised the 3 wasn't"
)
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.lists(PIECES | ANY_TEXT, max_size=14).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sampled_from(STANCES), st.sampled_from(["en", "de"]))
def test_any_text(text, stance, survey_language):
    """Half letters, zero bytes, both directions, marks and pictures: spans are slices of words."""
    coding = CODER.code_text(text, stance, survey_language)

    for code in coding.codes:
        piece = text[code.start : code.end]
        assert 0 <= code.start < code.end <= len(text)
        assert piece == piece.strip() != ""
        assert code.reason in BOOK.given
        assert 0 < code.confidence < 1


@settings(deadline=None, max_examples=100)
@given(TEXTS, TEXTS)
def test_words_before_move_the_span_and_nothing_else(text, before):
    """What is heard in a paragraph of its own is heard at the same words behind another."""
    alone = CODER._finder.find(lowered(text))
    shift = len(before) + 2
    behind = CODER._finder.find(lowered(f"{before}.\n{text}"))

    moved = [hit._replace(start=hit.start - shift, end=hit.end - shift) for hit in behind]
    assert [hit for hit in moved if hit.start >= 0] == alone


def frame(texts):
    rows = [
        (f"h{place:03}", text, stance) for place, text in enumerate(texts) for stance in STANCES
    ]
    return pl.DataFrame(rows, schema=["text_hash", "text", "stance"], orient="row").with_columns(
        pl.col("text").cast(pl.String)
    )


PLAIN = st.lists(PIECES, min_size=1, max_size=9).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(PLAIN, min_size=1, max_size=8), st.randoms(use_true_random=False), PLAIN)
def test_order_batches_and_neighbours_are_nothing(texts, chance, other):
    """Shuffled, one by one, or beside an unrelated row: the same codes."""
    rows = frame(texts)
    codings, codes = WHOLE.code(rows)
    order = list(range(rows.height))
    chance.shuffle(order)

    for place, whole in enumerate((codings, codes)):
        assert WHOLE.code(rows[order])[place].equals(whole)
        pieces = pl.concat([WHOLE.code(rows[row])[place] for row in range(rows.height)])
        assert pieces.sort(pieces.columns).equals(whole.sort(whole.columns))
        beside = WHOLE.code(pl.concat([rows, frame([other]).with_columns(text_hash=pl.lit("z"))]))
        assert beside[place].filter(pl.col("text_hash") != "z").equals(whole)


def test_survey_language_of_a_frame():
    """Short words from a German survey are not read as English, not even beside an English one."""
    rows = pl.DataFrame(
        {
            "text_hash": ["a", "b", "b", "c"],
            "text": ["support", "price", "price", "price"],
            "stance": ["against"] * 4,
            "survey_language": ["de", "en", "de", None],
        }
    )

    codings, codes = WHOLE.code(rows)
    turned = WHOLE.code(rows.reverse())

    assert codings["language"].to_list() == ["de", "de", "en"]
    assert codings["needs_review"].to_list() == [True, True, False]
    assert codes["text_hash"].to_list() == ["c"]
    assert turned[0].equals(codings)
    assert turned[1].equals(codes)


def book(*reasons, terms):
    return Codebook("v", {each.reason: each for each in reasons}, terms)


def test_one_level_retired_and_default_polarity():
    """A book of one level is given; what is retired is not; a bare mention means what it says."""
    terms = tuple(
        Term(name, word, 1, None) for name, word in (("Late Flight", "late"), ("old", "bags"))
    )
    late = Reason(reason="Late Flight", parent=None, label="late", polarity="theirs_bad")
    old = Reason(reason="old", parent=None, label="old", valid_to=date(2020, 1, 1))
    coder = RuleCoder(book(late, old, terms=terms))

    heard = coder.heard("the late bags", "none")

    assert [(code.reason, code.polarity) for code in heard] == [("Late Flight", "theirs_bad")]


def test_suggested():
    """Praise alone explains no defection: it is put to a person and not counted."""
    _, codes = WHOLE.code(
        pl.DataFrame({"text_hash": ["a"], "text": ["Great support."], "stance": ["against"]})
    )
    row = codes.row(0, named=True)

    assert codes.height == 1
    assert (row["reason"], row["is_suggested"], row["is_primary"]) == ("support", True, True)
    assert row["polarity"] == "ours_good"
