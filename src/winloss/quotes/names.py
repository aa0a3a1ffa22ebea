"""Names on record, folded so that capitals, accents and line breaks do not hide them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from winloss.quotes.spelling import (
    EVERYDAY,
    SHORTEST_PART,
    WORD,
    Words,
    company,
    fold,
    folded,
    person,
    spelled,
)

Mark = Literal[
    "name",
    "name?",
    "company",
    "e-mail",
    "phone",
    "link",
    "handle",
    "account number",
    "card",
    "id number",
    "address",
    "kept",
]
"""What a mask says it hides: `name?` what may be a name, `kept` one that stays readable."""
Found = tuple[int, int, Mark]
_ARTICLES = frozenset("ai")


@dataclass(frozen=True)
class Names:
    """Known names, folded into words, for exact look-up.

    `kept` names, such as our products and the rivals, are never masked.
    """

    people: frozenset[Words] = frozenset()
    companies: frozenset[Words] = frozenset()
    kept: frozenset[Words] = frozenset()
    cleared: frozenset[Words] = frozenset()
    """What a person has looked at and found to be nobody's name."""
    may_print_unchecked: bool = False
    """Whether a quote is printed although nobody has looked at a stranger's name in it."""
    _first: dict[str, list[tuple[Words, Mark]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(
        cls,
        *,
        people: Iterable[str | None] = (),
        companies: Iterable[str | None] = (),
        kept: Iterable[str | None] = (),
        cleared: Iterable[str] = (),
        may_print_unchecked: bool = False,
    ) -> "Names":
        """Names from respondents and sellers, accounts, and products and rivals.

        A person's parts count by themselves; an account counts with and without its legal form.
        """
        every_person = frozenset(words for name in people if name for words in person(name))
        every_company = frozenset(words for name in companies if name for words in company(name))
        every_kept = frozenset(words for name in kept if name for words in spelled(name)) - {()}
        return cls(
            every_person,
            every_company,
            every_kept,
            frozenset(folded(word) for word in cleared) - {()},
            may_print_unchecked,
            _by_first((every_person, "name"), (every_company, "company"), (every_kept, "kept")),
        )

    def find(self, text: str) -> Iterator[Found]:
        """Spans of the names in the text, longest first where several begin at one word."""
        words = [(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(text)]
        position = 0
        while position < len(words):
            length, mark = self._longest(text, words, position)
            if mark != "kept":
                yield words[position][0], words[position + length - 1][1], mark
            position += length

    def is_cleared(self, name: str) -> bool:
        """Whether a person has found this, or each word of it, to be nobody's name."""
        words = folded(name)
        return words in self.cleared or all((word,) in self.cleared for word in words)

    @cached_property
    def longest_kept(self) -> int:
        """How many words the longest kept name has; 0 where none is kept."""
        return max(map(len, self.kept), default=0)

    @cached_property
    def kept_words(self) -> frozenset[str]:
        """Every word of a kept name, since a customer may say a part of it."""
        return frozenset(word for name in self.kept for word in name if len(word) >= SHORTEST_PART)

    def _longest(
        self, text: str, words: list[tuple[int, int, str]], position: int
    ) -> tuple[int, Mark]:
        for name, mark in self._first.get(words[position][2], ()):
            following = words[position : position + len(name)]
            if tuple(word[2] for word in following) == name and (
                mark == "kept" or _meant_as_name(text, following)
            ):
                return len(name), mark
        return 1, "kept"


def _by_first(
    *groups: tuple[frozenset[Words], Mark],
) -> dict[str, list[tuple[Words, Mark]]]:
    """Names by their first word, the longest first, a kept name before another as long."""
    first: dict[str, list[tuple[Words, Mark]]] = {}
    for names, mark in groups:
        for name in names:
            first.setdefault(name[0], []).append((name, mark))
    for entries in first.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[1] != "kept", entry))
    return first


def _meant_as_name(text: str, words: list[tuple[int, int, str]]) -> bool:
    """An everyday word is a name only with a capital, as is an initial, and one of two letters."""
    start, end, word = words[0]
    if len(words) > 1:
        return len(word) > 1 or _is_initial(text, words)
    if word not in EVERYDAY and len(word) > SHORTEST_PART:
        return True
    return text[start].isupper() and (len(word) > SHORTEST_PART or text[start + 1 : end].islower())


def _is_initial(text: str, words: list[tuple[int, int, str]]) -> bool:
    """`J. Smith` and `J Smith`, but no `a price` and no `A Price`."""
    (start, end, word), (following, _, name) = words[:2]
    if not (text[start].isupper() and text[following].isupper()):
        return False
    return text[end : end + 1] == "." or word not in _ARTICLES or name not in EVERYDAY
