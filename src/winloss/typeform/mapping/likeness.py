"""How like two wordings are: the words they share, weighed by how much each word tells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Self

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "s",
    "e",
    "y",
)
_SHORTEST = 3
_NOT = frozenset(["no", "not", "never", "none", "nothing", "nobody", "without", "cannot"])


@dataclass(frozen=True)
class Likeness:
    """Compares wordings; words that many of the known wordings share count for little.

    The weights are those of Salton and Buckley ("Term-Weighting Approaches in Automatic Text
    Retrieval", 1988), the measure is the cosine.
    """

    rarity: Mapping[str, float]
    unknown: float
    """What a word weighs that no known wording has: it speaks against a likeness."""
    has_numbers: bool
    """Whether numbers tell texts apart: in choices they do, in titles they name a scale."""
    same: Mapping[str, str]
    """Stem -> the stem of the word we would use; empty where a word says nothing."""
    _done: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)
    """Wordings already weighed; each is compared with many."""

    @classmethod
    def among(
        cls, known: Iterable[str], same: Mapping[str, Sequence[str]], *, has_numbers: bool
    ) -> Self:
        """A measure for wordings like these; `same` is our word -> others for the same idea."""
        stems = {_stem(other): _stem(word) for word, others in same.items() for other in others}
        texts = [set(_terms(text, stems, has_numbers=has_numbers)) for text in known]
        counts = Counter(term for text in texts for term in text)
        rarity = {term: log((1 + len(texts)) / (1 + n)) + 1 for term, n in counts.items()}
        return cls(rarity, log(1 + len(texts)) + 1, has_numbers, stems)

    def of(self, asked: str, known: Sequence[str]) -> tuple[float, str]:
        """The likeness, 0 to 1, to the nearest of the known wordings, and that wording.

        What says not is like nothing that does not, however many words they share.
        """
        asked_terms = self._weighed(asked)
        scored = [
            (_cosine(asked_terms, self._weighed(text)), text)
            for text in known
            if _is_negated(text) == _is_negated(asked)
        ]
        best, text = max(scored, key=lambda each: each[0], default=(0.0, ""))
        return round(best, 3), text

    def _weighed(self, text: str) -> dict[str, float]:
        """What each term of the text weighs, the weights having the length 1."""
        if text not in self._done:
            terms = _terms(text, self.same, has_numbers=self.has_numbers)
            raw = {
                term: count * self.rarity.get(term, self.unknown)
                for term, count in Counter(terms).items()
            }
            length = sqrt(sum(weight * weight for weight in raw.values()))
            self._done[text] = {term: weight / length for term, weight in raw.items()}
        return self._done[text]


def _is_negated(text: str) -> bool:
    words = _WORD.findall(text.lower().replace("’", "'"))
    return any(word in _NOT or word.endswith("n't") for word in words)


def _cosine(left: dict[str, float], right: dict[str, float]) -> float:
    return sum(weight * right[term] for term, weight in left.items() if term in right)


def _terms(text: str, same: Mapping[str, str], *, has_numbers: bool) -> list[str]:
    """Words without their English endings, one word for one idea."""
    words = (word for word in _WORD.findall(text.lower()) if has_numbers or not word.isdecimal())
    stems = [_stem(word) for word in words]
    return [term for term in (same.get(stem, stem) for stem in stems) if term]


def _stem(word: str) -> str:
    bare = word.replace("’", "'")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST:
            bare = bare.removesuffix(ending)
            break
    is_doubled = len(bare) > _SHORTEST and bare[-1] == bare[-2] != "s"
    return bare[:-1] if is_doubled else bare
