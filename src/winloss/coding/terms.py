"""Finds the terms of a codebook in a text, with exact spans.

Terms are filed by the first letters of the word they begin with, so that each word of a text
meets only the few that could begin there.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from winloss.coding import patterns
from winloss.coding.codebook import Term

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
    regex: re.Pattern[str]
    place: int
    after: frozenset[str]
    """First letters the second word may have."""


class Finder:
    """All terms, compiled and filed."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        """Raises CodebookError for a pattern that cannot be read."""
        files: dict[str, list[_Entry]] = {}
        for place, term in enumerate(terms):
            pattern = patterns.read(term.pattern)
            regex = re.compile(pattern.regex, re.IGNORECASE)
            for key, after in pattern.keys.items():
                files.setdefault(key, []).append(_Entry(term, regex, place, after))
        self._files = files
        # A word's terms never change, and people use few words.
        self._filed = lru_cache(maxsize=100_000)(self._looked_up)

    def find(self, text: str) -> list[Hit]:
        """Hits in order; a hit that lies inside a longer one is left out.

        At one word a reason speaks once, with its heaviest term, then its longest.
        """
        hits: list[Hit] = []
        following = ""
        for word in reversed(list(_WORD.finditer(text))):
            spoken = word[0].lower()
            entries = self._filed(spoken)
            if entries:
                hits += self._at(text, word.start(), entries, patterns.second_letters(following))
            following = spoken
        hits.sort(key=lambda hit: (hit.start, hit.end, hit.term.reason))
        return [hit for hit in hits if not any(_swallows(other, hit) for other in hits)]

    def _looked_up(self, word: str) -> list[_Entry]:
        """The terms that may begin with a word."""
        plain = word.replace("’", "").replace("'", "")
        keys = {plain, re.split("['’]", word)[0], f"{plain[: patterns.STUB]}*"}
        keys |= {patterns.NUMBER} if word[0].isdigit() else set()
        return [entry for key in sorted(keys) for entry in self._files.get(key, ())]

    @staticmethod
    def _at(text: str, start: int, entries: list[_Entry], following: str) -> list[Hit]:
        """The terms that begin at one place, the best of each reason."""
        best: dict[str, tuple[tuple[int, int, int], Hit]] = {}
        for entry in entries:
            if following not in entry.after and patterns.ANY not in entry.after:
                continue
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
    is_longer = other.end - other.start > hit.end - hit.start
    return is_longer and other.term.weight >= hit.term.weight
