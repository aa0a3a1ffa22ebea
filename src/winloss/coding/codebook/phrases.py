"""Terms for a codebook that names none: the phrases of its labels and of what they include.

A phrase of one word is heard with and without its plural; of several, in their order with a few
words between; of two, in either order (“late flight”, “the flight was late”). They weigh 1: they
name the subject, and the words around them say the rest.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from winloss.coding.codebook.shape import Reason, Term

_APART = re.compile(r"[^\w\s'’&-]+|\s(?:and|or|but|&|–|-)\s|\n")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_EMPTY_WORDS = (
    "a an the of to for in on at by with from as is are was were be been it its they them their"
    " we our us you your not no any all other others general issue issues problem problems"
    " complaint complaints related etc eg"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that name no subject by themselves."""
_MOST_WORDS = 4
_SHORTEST = 3


def terms(reasons: Iterable[Reason]) -> Iterator[Term]:
    """The terms of `reasons`; an included phrase that two of them share is nobody's."""
    everything = tuple(reasons)
    labels = {each.reason: _phrases(each.label) for each in everything}
    included = {each.reason: _phrases(each.include) for each in everything}
    shared = Counter(
        phrase for each in everything for phrase in {*labels[each.reason], *included[each.reason]}
    )
    for each in everything:
        own = [phrase for phrase in included[each.reason] if shared[phrase] == 1]
        for phrase in dict.fromkeys([*labels[each.reason], *own]):
            for pattern in _patterns(phrase):
                yield Term(each.reason, pattern, 1, None)


def _phrases(text: str) -> list[tuple[str, ...]]:
    """The phrases of a label or a list, each as its words in lower case."""
    parts = (_words(part) for part in _APART.split(text.lower().replace("_", " ")))
    return [words for words in parts if 0 < len(words) <= _MOST_WORDS]


def _words(part: str) -> tuple[str, ...]:
    words = (word.replace("’", "'").strip("'-").removesuffix("'s") for word in _WORD.findall(part))
    return tuple(word for word in words if len(word) >= _SHORTEST and word not in _EMPTY)


def _patterns(phrase: tuple[str, ...]) -> Iterator[str]:
    words = [_either(word) for word in phrase]
    yield " .. ".join(words)
    if len(words) == 2 and phrase[0] != phrase[1]:  # noqa: PLR2004 (two words have two orders)
        yield " .. ".join(reversed(words))


def _either(word: str) -> str:
    """A word with and without its plural."""
    if word.endswith("ies"):
        return f"({word[:-3]}y|{word})"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
        return f"({word[:-1]}|{word})"
    plural = f"{word[:-1]}ies" if re.search("[^aeiou]y$", word) else f"{word}s"
    return f"({word}|{plural})"
