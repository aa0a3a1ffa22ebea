"""Slices and words of a text, as spans."""

from winloss.coding.learning.evidence import passages, words
from winloss.coding.rules.codes import Code


def test_words_of_a_slice():
    text = "One two, don’t three"

    assert [text[start:end] for start, end in words(text, (4, 20))] == ["two", "don’t", "three"]
    assert words("a ...", (2, 5)) == [(2, 5)]


def test_sentences_and_clauses_with_what_is_heard_inside():
    text = "We waited. The sheet was typed, because nobody had a stamp."
    heard = (Code("price", "neutral", 15, 20, 1.0),)

    found = passages(text, heard)

    assert [text[start:end] for start, end in found] == [
        "We waited.",
        "The sheet was typed, because nobody had a stamp.",
        "The sheet was typed,",
        "because nobody had a stamp.",
    ]
    for span, passage in found.items():
        assert passage.text == text[slice(*span)]
        assert [passage.text[code.start : code.end] for code in passage.heard] in ([], ["sheet"])
    assert [len(passage.heard) for passage in found.values()] == [0, 1, 1, 0]
