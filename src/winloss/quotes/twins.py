"""Texts in nearly the same words: the same but for case, punctuation and a word or two.

Two texts are twins when they share at least half of their pairs of neighbouring words (Jaccard's
index; Broder, "On the resemblance and containment of documents", 1997). Texts of few words have
too few pairs for that and are twins only word for word. Being a twin is asked of what was printed,
never handed on from twin to twin, so that no chain of small changes joins what differs.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise

from winloss.quotes.spelling import folded

LEAST_SHARED = 0.5
"""Share of the pairs of words of both from which two texts are twins."""
FEWEST_WORDS = 6
"""Words below which nothing may differ."""
MOST_WORDS = 200
"""Words of a text that are looked at."""
FURTHEST = 4_000
"""Code points of a text that are looked at."""

Pair = tuple[str, str]


def words(text: str) -> str:
    """A text as it is compared: folded words and single spaces."""
    return " ".join(folded(text[:FURTHEST])[:MOST_WORDS])


class Heard:
    """Texts that were printed, to be asked whether another is a twin of one of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` as `words` gives them; the same text twice is one."""
        self._whole = frozenset(texts)
        self._places: dict[Pair, list[int]] = {}
        self._sizes: list[int] = []
        for text in sorted(self._whole):
            if pairs := _pairs(text):
                for pair in pairs:
                    self._places.setdefault(pair, []).append(len(self._sizes))
                self._sizes.append(len(pairs))

    def has_twin(self, text: str) -> bool:
        """Whether one of them says `text` (as `words` gives it) in nearly the same words."""
        if text in self._whole:
            return True
        pairs = _pairs(text)
        shared = Counter(place for pair in pairs for place in self._places.get(pair, ()))
        return any(
            count >= LEAST_SHARED * (len(pairs) + self._sizes[place] - count)
            for place, count in shared.items()
        )


@lru_cache(maxsize=64)
def heard(texts: frozenset[str]) -> Heard:
    """The same texts are read once."""
    return Heard(texts)


def has_twin(texts: Collection[str], said: Collection[str]) -> bool:
    """Whether any of the texts is a twin of one that was said."""
    known = heard(frozenset(said))
    return any(known.has_twin(text) for text in texts)


def _pairs(text: str) -> frozenset[Pair]:
    """Neighbouring words; none where the text is too short to differ."""
    split = text.split(" ")
    return frozenset(pairwise(split)) if len(split) >= FEWEST_WORDS else frozenset()
