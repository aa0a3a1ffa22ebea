"""Finds the terms of a codebook in a text, with exact spans.

Terms are filed by the first letters of the word they begin with, so that each word of a text
meets only the few that could begin there.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from winloss.coding.codebook import Term, patterns
from winloss.coding.rules.idioms import IDIOMS

_NO_REASON = ""
_IDIOM = 9
"""More than any term weighs, so that an idiom takes in all that lies inside it."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Hit:
    """A term in a text: `text[start:end]`."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class _Entry:
    term: Term
    expression: str
    place: int
    after: frozenset[str]
    """First letters the second word may have."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed: most terms begin with words no text of a week has."""
        return re.compile(self.expression)


def lowered(text: str) -> str:
    """The text in lower case, every letter in its place (a few capitals have two small ones)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


class Finder:
    """All terms, filed."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        """Raises CodebookError for a pattern that cannot be read."""
        files: dict[str, list[_Entry]] = {}
        idioms = (Term(_NO_REASON, pattern, _IDIOM, None) for pattern in IDIOMS)
        for place, term in enumerate((*terms, *idioms)):
            pattern = patterns.read(term.pattern)
            for key, after in pattern.keys.items():
                files.setdefault(key, []).append(_Entry(term, pattern.regex, place, after))
        self._files = files
        # A word's terms never change, and people use few words.
        self._filed = lru_cache(maxsize=100_000)(self._looked_up)

    def find(self, text: str) -> list[Hit]:
        """Hits in order in a text in lower case; one that lies inside a longer one is left out.

        At one word a reason speaks once, with its heaviest term, then its longest.
        """
        hits: list[Hit] = []
        following = ""
        for word in reversed(list(_WORD.finditer(text))):
            entries = self._filed(word[0], following)
            if entries:
                hits += _best(text, word.start(), entries)
            following = patterns.second_letters(word[0])
        hits.sort(key=lambda hit: (hit.start, hit.end, hit.term.reason))
        return [
            hit
            for hit in hits
            if hit.term.reason != _NO_REASON and not any(_swallows(other, hit) for other in hits)
        ]

    def _looked_up(self, word: str, following: str) -> tuple[_Entry, ...]:
        """The terms that may begin with a word, when these letters begin the next."""
        plain = word.replace("’", "").replace("'", "")
        keys = {plain, re.split("['’]", word)[0], f"{plain[: patterns.STUB]}*"}
        keys |= {patterns.NUMBER} if word[0].isdigit() else set()
        return tuple(
            entry
            for key in sorted(keys)
            for entry in self._files.get(key, ())
            if following in entry.after or patterns.ANY in entry.after
        )


def _best(text: str, start: int, entries: tuple[_Entry, ...]) -> list[Hit]:
    """The terms that begin at one place, the best of each reason."""
    best: dict[str, tuple[tuple[int, int, int], Hit]] = {}
    for entry in entries:
        match = entry.regex.match(text, start)
        if match is None:
            continue
        rank = (entry.term.weight, match.end(), -entry.place)
        if entry.term.reason not in best or rank > best[entry.term.reason][0]:
            best[entry.term.reason] = rank, Hit(entry.term, start, match.end())
    return [hit for _, hit in best.values()]


def _swallows(other: Hit, hit: Hit) -> bool:
    """True when `hit` lies inside `other` and says no more than it."""
    if other is hit or other.start > hit.start or hit.end > other.end:
        return False
    is_longer = other.end - other.start > hit.end - hit.start or other.term.weight == _IDIOM
    return is_longer and other.term.weight >= hit.term.weight
