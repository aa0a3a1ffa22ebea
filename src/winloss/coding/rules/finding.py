"""Finds the terms of a codebook in a text, with exact spans.

A stretch is what lies between two sentence ends: no term goes over one. In each stretch only
those terms are tried that have all their words there, and only where their first word stands.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from winloss.coding.codebook import Term, patterns
from winloss.coding.rules.filing import Filing
from winloss.coding.rules.idioms import IDIOMS

_NO_REASON = ""
_IDIOM = 9
"""More than any term weighs, so that an idiom takes in all that lies inside it."""
_WORD = re.compile(r"\w+")
_END = re.compile(r"[!?;:\n]|\.(?!\d)")
_SHORT = 160


class Hit(NamedTuple):
    """A term in a text: `text[start:end]`."""

    term: Term
    start: int
    end: int


class _Entry:
    """A term as it is looked for."""

    def __init__(self, term: Term) -> None:
        """Raises CodebookError for a pattern that cannot be read."""
        self.term = term
        self.pattern = patterns.read(term.pattern)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed: most terms have words that no text of a week has."""
        return re.compile(self.pattern.regex)


def lowered(text: str) -> str:
    """The text in lower case, every letter in its place (a few capitals have two small ones)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


class Finder:
    """All terms, filed."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Raises CodebookError for a pattern that cannot be read."""
        idioms = (Term(_NO_REASON, pattern, _IDIOM, None) for pattern in IDIOMS)
        self._entries = [_Entry(term) for term in (*terms, *idioms)]
        self._filing = Filing([entry.pattern for entry in self._entries])

    def find(self, text: str) -> list[Hit]:
        """Hits in order in a text in lower case; one that lies inside a longer one is left out.

        At one word a reason speaks once, with its heaviest term, then its longest.
        """
        hits: list[Hit] = []
        for start, candidates in self._candidates(text):
            hits += self._best(text, start, candidates)
        return _outermost(hits) if hits else hits

    def _candidates(self, text: str) -> Iterator[tuple[int, set[int]]]:
        """Where a term may begin, with the places of those that may."""
        filing = self._filing
        for start, end in _stretches(text):
            words = _WORD.findall(text, start, end)
            having = filing.having(words)
            if not having:
                continue
            position = start
            for word in words:
                position = text.index(word, position)
                here = filing[word] & having
                if here:
                    yield position, filing.terms(here)
                position += len(word)

    def _best(self, text: str, start: int, candidates: set[int]) -> list[Hit]:
        """The terms that begin at one place, the best of each reason."""
        best: dict[str, tuple[tuple[int, int, int], Hit]] = {}
        for place in candidates:
            entry = self._entries[place]
            match = entry.regex.match(text, start)
            if match is None:
                continue
            rank = (entry.term.weight, match.end(), -place)
            reason = entry.term.reason
            if reason not in best or rank > best[reason][0]:
                best[reason] = rank, Hit(entry.term, start, match.end())
        return [hit for _, hit in best.values()]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a text over whose ends no term goes; a short text is one."""
    start = 0
    if len(text) > _SHORT:
        for end in _END.finditer(text):
            yield start, end.start()
            start = end.end()
    yield start, len(text)


def _outermost(hits: list[Hit]) -> list[Hit]:
    """The hits in order, without idioms and without what lies inside another and says no more.

    Swallowed is a hit inside a longer one that weighs as much, or inside an idiom.
    """
    kept: list[Hit] = []
    reach: dict[int, int] = {}
    hits.sort(key=lambda hit: (hit.start, -hit.end, -hit.term.weight))
    for (_, end), group in groupby(hits, key=lambda hit: (hit.start, hit.end)):
        here = list(group)
        if here[0].term.weight == _IDIOM:
            reach[_IDIOM] = max(reach.get(_IDIOM, 0), end)
        kept += [hit for hit in here if not _is_inside(hit, reach)]
        for hit in here:
            reach[hit.term.weight] = max(reach.get(hit.term.weight, 0), end)
    kept.sort(key=lambda hit: (hit.start, hit.end, hit.term.reason))
    return kept


def _is_inside(hit: Hit, reach: dict[int, int]) -> bool:
    """True for an idiom, and for what ends before a hit of at least its weight does.

    `reach`: how far the hits that began before go, by weight.
    """
    return hit.term.weight == _IDIOM or any(
        weight >= hit.term.weight and end >= hit.end for weight, end in reach.items()
    )
