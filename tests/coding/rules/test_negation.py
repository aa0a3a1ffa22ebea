"""Negating a sentence never leaves its code with the same polarity."""

import re

import pytest
from tests.coding.rules.phrases import phrase

from winloss.coding import codebook
from winloss.coding.codebook import patterns
from winloss.coding.rules import denial
from winloss.coding.rules.coder import RuleCoder
from winloss.coding.rules.finding import Finder

BOOK = codebook.read()
CODER = RuleCoder(BOOK)
FINDER = Finder(BOOK.terms)
FRAMES = [
    "It was not {}.",
    "It wasn't {}.",
    "It wasnt {}.",
    "It wasn’t {}.",
    "It is not true that {}.",
    "It isn’t true that {}.",
    "We never said {}.",
    "It had nothing to do with {}.",
    "Nobody could say that {}.",
    "Not because {}.",
    "It wasnt because {}.",
    "{} was not the reason.",
    "{} wasn't the reason.",
    "No complaints about {}.",
    "I dont think {}.",
]
_OWN_WORDS = f"{denial.NEGATION}|{denial.CLAIM}"


def said(text, stance, reason):
    return {code.polarity for code in CODER.heard(text, stance) if code.reason == reason}


def is_named_itself(negated, phrase, reason):
    """The codebook lists the negated words themselves ("not in German") as a way to say it."""
    lower = negated.lower()
    start = lower.index(phrase.lower())
    return any(
        hit.start < start < hit.end
        and hit.term.reason == reason
        and patterns.without(hit.term.pattern, _OWN_WORDS).match(lower, hit.start)
        for hit in FINDER.find(lower)
    )


def speaks_with_one_voice(text, reason):
    """No two terms of one reason say the opposite of each other in it."""
    hits = [hit for hit in FINDER.find(text.lower()) if hit.term.reason == reason]
    return len({hit.term.polarity for hit in hits}) == 1


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("stance", ["against", "for"])
def test_every_term_of_the_codebook(frame, stance):
    left, tried = [], 0
    for place, term in enumerate(BOOK.terms):
        words = phrase(term.pattern, place % 3)
        plain = said(f"It was {words}.", stance, term.reason)
        negated = frame.format(words)
        is_asserted = frame.startswith("It was") and re.match("only|just|simply", words)
        if not plain or is_asserted or is_named_itself(negated, words, term.reason):
            continue
        if speaks_with_one_voice(f"It was {words}.", term.reason):
            tried += 1
            left += [negated] if plain & said(negated, stance, term.reason) else []

    assert left == []
    assert tried > 0.8 * len(BOOK.terms)
