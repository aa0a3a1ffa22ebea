"""Sentences and clauses: spans that are slices, whatever the text."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from winloss.quotes import clauses, sentences
from winloss.quotes.fit import is_clear

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            list("ab.!?,;:–—“”\"'()… \n\r\t\x00\x0b\x85\u2028\u202e\u200b\u0301😀é中。")
        ),
        st.characters(),
        st.sampled_from(["\ud800", "\udfff"]),
    ),
    max_size=200,
)


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


def test_splits():
    """Abbreviations hold together; marks and line ends part."""
    typed = "Dr. Smith came, e.g. on Monday. Nobody called!  Why?\nno idea"

    assert cut(typed) == [
        "Dr. Smith came, e.g. on Monday.",
        "Nobody called!",
        "Why?",
        "no idea",
    ]


def test_code_points():
    """Offsets count code points, also behind characters of two and four bytes."""
    assert cut("Größe 😀😀 passt. Käse.") == ["Größe 😀😀 passt.", "Käse."]


@settings(deadline=None, max_examples=300)
@given(HOSTILE)
@example("\ud800. \x00. ")
@example("a\r\nb\u2028c")
def test_slices(text):
    """Spans are in order, apart, trimmed and not empty; nothing but white space is left out."""
    spans = sentences(text)
    inside = "".join(text[start:end] for start, end in spans)

    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join(text.split()) == "".join(inside.split())


@settings(deadline=None)
@given(HOSTILE)
def test_clauses(text):
    """Clauses lie inside the sentence and lose nothing but white space."""
    for start, end in sentences(text):
        parts = clauses(text, start, end)

        assert all(start <= left < right <= end for left, right in parts)
        joined = "".join(text[left:right] for left, right in parts)
        assert "".join(joined.split()) == "".join(text[start:end].split())


def test_clause_ends():
    typed = "Onboarding was fine, but you were dearer because of the modules"

    parts = [typed[start:end] for start, end in clauses(typed, 0, len(typed))]

    assert parts == [
        "Onboarding was fine,",
        "but you were dearer",
        "because of the modules",
    ]


@pytest.mark.parametrize(
    "hostile", ["a" * 500_000, "“x. " * 125_000, "? " * 250_000, "\n" * 500_000]
)
def test_megabytes(hostile):
    """Half a million characters of any kind are split in seconds."""
    began = time.monotonic()

    spans = sentences(hostile)

    assert all(hostile[start:end].strip() for start, end in spans)
    assert time.monotonic() - began < 20


def test_a_question_waits_for_its_answer() -> None:
    """A question is printed only where nothing says the same by itself."""
    assert not is_clear("Paying extra when the other one includes it?")
    assert not is_clear("“Have you tried turning it off?”")
    assert is_clear("We'd have been on our own.")
