"""Finds the terms of a codebook in a text, with exact spans.

A stretch is what lies between two sentence ends: no term goes over one. In each stretch only
those terms are tried that have all their words there, and only where their first word stands.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from winloss.coding.codebook import Term, patterns
from winloss.coding.language import words_of
from winloss.coding.rules.filing import Filing
from winloss.coding.rules.idioms import IDIOMS

_NO_REASON = ""
_IDIOM = 9
"""More than any term weighs, so that an idiom takes in all that lies inside it."""
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
        for start, end in _stretches(text):
            words = words_of(text[start:end])
            having = self._filing.having(words)
            if having:
                self._find(text, start, words, having, hits)
        if len(hits) > 1:
            return _outermost(hits)
        return hits if hits and hits[0].term.weight != _IDIOM else []

    def _find(
        self, text: str, start: int, words: Sequence[str], having: int, hits: list[Hit]
    ) -> None:
        """Adds the hits of a stretch, whose words may be those of the terms of some bits."""
        filing, entries, opens = self._filing, self._entries, self._filing.opens
        for word in words:
            start = text.index(word, start)
            here = opens[word] & having
            if here:
                candidates = filing.terms(here)
                if len(candidates) > 1:
                    hits += self._best(text, start, candidates)
                else:
                    entry = entries[candidates.pop()]
                    match = entry.regex.match(text, start)
                    if match is not None:
                        hits.append(Hit(entry.term, start, match.end()))
            start += len(word)

    def _best(self, text: str, start: int, candidates: set[int]) -> list[Hit]:
        """The terms that begin at one place, the best of each reason."""
        best: dict[str, tuple[tuple[int, int, int], Hit]] = {}
        for place in candidates:
            entry = self._entries[place]
            match = entry.regex.match(text, start)
            if match is None:
                continue
            term, end = entry.term, match.end()
            rank = term.weight, end, -place
            if term.reason not in best or rank > best[term.reason][0]:
                best[term.reason] = rank, Hit(term, start, end)
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

    Swallowed is a hit inside a longer one that weighs as much, or inside an idiom. Those of the
    same slice do not swallow each other, but for idioms, which come first among them.
    """
    hits.sort(key=_nesting)
    kept: list[Hit] = []
    here: list[Hit] = []
    reach: dict[int, int] = {}
    for hit in hits:
        if here and (here[0].start != hit.start or here[0].end != hit.end):
            _extend(reach, here)
            here = []
        here.append(hit)
        if hit.term.weight == _IDIOM:
            _extend(reach, here)
        elif not reach or not _is_inside(hit, reach):
            kept.append(hit)
    kept.sort(key=_place)
    return kept


def _extend(reach: dict[int, int], hits: list[Hit]) -> None:
    for hit in hits:
        weight = hit.term.weight
        if hit.end > reach.get(weight, 0):
            reach[weight] = hit.end


def _is_inside(hit: Hit, reach: dict[int, int]) -> bool:
    """True for what ends before a hit of at least its weight does.

    `reach`: how far the hits that began before go, by weight.
    """
    weight, end = hit.term.weight, hit.end
    return any(other >= weight and furthest >= end for other, furthest in reach.items())


def _nesting(hit: Hit) -> tuple[int, int, int]:
    return hit.start, -hit.end, -hit.term.weight


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, hit.end, hit.term.reason
