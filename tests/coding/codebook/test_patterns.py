"""How a term is written: what it hears, and what it refuses."""

import re

import pytest

from winloss.coding.codebook import patterns
from winloss.errors import CodebookError


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(dear|costly", "does not close"),
        ("dear)", "never opened"),
        ("(dear|)", "a word is missing"),
        ("(very)? dear", "always there"),
        ("..  dear", "a word is missing"),
        ("ex*", "too short"),
        ("*", "begin with a letter"),
        ("", "a word is missing"),
    ],
)
def test_unreadable_patterns(pattern, told):
    with pytest.raises(CodebookError, match=told):
        patterns.read(pattern)


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        ("too (expensive|dear)", ["too dear", "TOO  expensive"], ["too expensively", "too. dear"]),
        ("price* .. (high|too much)", ["prices were far too much", "price high"], ["price. High"]),
        ("didn't (really)? listen*", ["didnt listen", "didn’t really listened"], ["did listen"]),
        ("set-up (very|so)* slow", ["set up so very slow", "set-up slow"], ["setup was slow"]),
        ("polite and *", ["polite and kind"], ["polite and"]),
    ],
)
def test_patterns(pattern, hits, misses):
    """Endings, gaps, options, missing apostrophes and open hyphens, in any case."""
    regex = re.compile(patterns.read(pattern).regex, re.IGNORECASE)

    assert all(regex.fullmatch(hit) for hit in hits)
    assert not any(regex.search(miss) for miss in misses)
