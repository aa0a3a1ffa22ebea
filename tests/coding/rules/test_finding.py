"""The filed terms find what trying every term at every word finds, and no more."""

import csv
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.coding.rules.phrases import phrase

from winloss.coding import codebook
from winloss.coding.codebook import Term, patterns
from winloss.coding.rules.finding import Finder, Hit, lowered
from winloss.coding.rules.idioms import IDIOMS

BOOK = codebook.read()
FINDER = Finder(BOOK.terms)
IDIOM = 9
TRIED = [
    (term, re.compile(patterns.read(term.pattern).regex))
    for term in (*BOOK.terms, *(Term("", pattern, IDIOM, None) for pattern in IDIOMS))
]


def straightforward(text, tried):
    """Every term at every word; of each reason the heaviest, longest, first one there."""
    hits = []
    for word in re.finditer(r"\w+", text):
        best: dict[str, tuple[tuple[int, int, int], Hit]] = {}
        for place, (term, regex) in enumerate(tried):
            match = regex.match(text, word.start())
            if match:
                rank = term.weight, match.end(), -place
                hit = Hit(term, word.start(), match.end())
                best[term.reason] = max(best.get(term.reason, (rank, hit)), (rank, hit))
        hits += [hit for _, hit in best.values()]
    kept = [hit for hit in hits if hit.term.reason and not any(inside(hit, o) for o in hits)]
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.term.reason))


def inside(hit, other):
    if other is hit or other.start > hit.start or other.end < hit.end:
        return False
    is_longer = other.end - other.start > hit.end - hit.start or other.term.weight == IDIOM
    return is_longer and other.term.weight >= hit.term.weight


PHRASES = [phrase(term.pattern, place % 5) for place, term in enumerate(BOOK.terms)]
JOINTS = [" ", " ", " ", ", ", ". ", "; ", "\n", " but ", " not ", "'", "’", "-", "_", " 3.5 ", "!"]
WORDS = sorted({word for each in PHRASES for word in each.split()})
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(PHRASES) | st.sampled_from(WORDS) | st.text(max_size=4),
        st.sampled_from(JOINTS),
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "".join(word + joint for word, joint in parts))


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_random_texts(text):
    text = lowered(text)

    assert FINDER.find(text) == straightforward(text, TRIED)


def test_real_texts(shared_data):
    """Every fiftieth of the labelled texts."""
    for name in ("feedback", "airline"):
        with (shared_data / "labelled" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            texts = [lowered(row["text"]) for row in csv.DictReader(file)]
        for text in texts[::50]:
            assert FINDER.find(text) == straightforward(text, TRIED)


ODD = [
    "can't (log in|e-mail)",
    "24/7 .. line*",
    "set-up* (was)? slow",
    "# (weeks|%) late",
    "(don't|won't) * back",
    "o'clock",
    "c++ (fails|ok)",
    "zürich (office|büro)",
    "(a|b (c|d-e)) f*",
]
ODD_WORDS = (
    "can't cant can’t log in e-mail e mail email 24/7 24 7 lines set up setup set-ups was slow"
)
ODD_WORDS += (
    " 3 3.5 3,000k weeks % late don't dont won’t call back o'clock oclock c++ c fails zürich"
)
ODD_WORDS += " büro a b c d-e de d e f full foo_f _f 's t six"


@settings(deadline=None, max_examples=500)
@given(
    st.lists(
        st.tuples(st.sampled_from(ODD_WORDS.split()), st.sampled_from([" ", "  ", "-", "'", ". "])),
        max_size=9,
    )
)
def test_odd_patterns(parts):
    """Apostrophes, hyphens, signs, digits and letters of other languages."""
    text = "".join(word + joint for word, joint in parts)
    terms = [Term(f"r{place}", pattern, 2, None) for place, pattern in enumerate(ODD)]
    tried = [(term, re.compile(patterns.read(term.pattern).regex)) for term in terms]

    assert Finder(terms).find(text) == straightforward(text, tried + TRIED[len(BOOK.terms) :])


@pytest.mark.parametrize("pattern", PHRASES[::40])
def test_a_phrase_is_found(pattern):
    assert FINDER.find(pattern) != []
