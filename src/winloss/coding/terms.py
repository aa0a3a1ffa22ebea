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


_NO_TERMS: list[_Entry] = []


class Finder:
    """All terms, compiled and filed."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        """Raises CodebookError for a pattern that cannot be read."""
        files: dict[str, list[_Entry]] = {}
        for place, term in enumerate(terms):
            pattern = patterns.read(term.pattern)
            entry = _Entry(term, re.compile(pattern.regex, re.IGNORECASE), place)
            for key in pattern.keys:
                files.setdefault(key, []).append(entry)
        self._files = files
        # A word's terms never change, and people use few words.
        self._filed = lru_cache(maxsize=50_000)(self._looked_up)

    def find(self, text: str) -> list[Hit]:
        """Hits in order; a hit that lies inside a longer one is left out.

        At one word a reason speaks once, with its heaviest term, then its longest.
        """
        hits: list[Hit] = []
        for word in _WORD.finditer(text):
            entries = self._filed(word[0].lower())
            if entries:
                hits += self._at(text, word.start(), entries)
        return [hit for hit in hits if not any(_swallows(other, hit) for other in hits)]

    def _looked_up(self, word: str) -> list[_Entry]:
        """The terms that may begin with a word."""
        stub = self._files.get(f"{word[: patterns.STUB]}*", _NO_TERMS)
        if "'" in word or "’" in word:
            plain = word.replace("’", "").replace("'", "")
            possessor = self._files.get(re.split("['’]", word)[0], _NO_TERMS)
            return [*self._files.get(plain, _NO_TERMS), *possessor, *stub]
        return [*self._files.get(word, _NO_TERMS), *stub] if stub else self._files.get(word, stub)

    def _at(self, text: str, start: int, entries: list[_Entry]) -> list[Hit]:
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
    is_longer = other.end - other.start > hit.end - hit.start
    return is_longer and other.term.weight >= hit.term.weight
