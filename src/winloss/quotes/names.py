"""Names on record, folded so that capitals, accents and line breaks do not hide them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal[
    "name", "company", "e-mail", "phone", "link", "handle", "account number", "card", "kept"
]
"""What a mask says it hides; `kept` marks a name that stays readable."""
Found = tuple[int, int, Mark]
Words = tuple[str, ...]

SHORTEST_PART = 3
"""Letters below which a part of a name stands too often for something else."""

# Parts of names that are everyday words: masked only when written with a capital.
_EVERYDAY_WORDS = (
    "all and any april art august baker bank bell best bill black blue bond bright brown bush buy "
    "can care case chance christian cook core cross data day dean early east english field fine "
    "first fish ford fox frank free french gold good grace grand grant gray green hall hand hard "
    "heart hill home hope house human hunter ice jack joy june just king lane law little long love "
    "main major mark marsh mason may mercy miles mill miller moon more much new nice noble north "
    "one open page park parts patience peace penny pick pierce place pleasant point pope power "
    "price prime rain ray read real red rich rock rose royal rush rust sales sandy scott self "
    "service set sharp short silver small smart smith son song south speed star state stone "
    "storm strong summer sun sweet the time tour town trade van victor von wall ward was water way "
    "web wells west white wild will wise wood work world worth year york you young your"
)
_COMPANY_TAIL_WORDS = (
    "ag as bv co company corp corporation foundation gmbh group holding holdings inc kg limited "
    "llc llp ltd nv oy plc pte pty sa sarl se spa srl ab"
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_COMPANY_TAILS = frozenset(_COMPANY_TAIL_WORDS.split())

# Letters with a stroke, which Unicode does not take apart.
_BARRED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


@dataclass(frozen=True)
class Names:
    """Known names, folded into words, for exact look-up.

    `kept` names, such as our products and the rivals, are never masked.
    """

    people: frozenset[Words] = frozenset()
    companies: frozenset[Words] = frozenset()
    kept: frozenset[Words] = frozenset()
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
    ) -> "Names":
        """Names from respondents and sellers, accounts, and products and rivals.

        A person's parts count by themselves; an account counts with and without its legal form.
        """
        every_person = frozenset(words for name in people if name for words in _person(name))
        every_company = frozenset(words for name in companies if name for words in _company(name))
        every_kept = frozenset(_folded(name) for name in kept if name) - {()}
        return cls(
            every_person,
            every_company,
            every_kept,
            _by_first((every_person, "name"), (every_company, "company"), (every_kept, "kept")),
        )

    def find(self, text: str) -> Iterator[Found]:
        """Spans of the names in the text, longest first where several begin at one word."""
        words = [(m.start(), m.end(), _fold(m[0])) for m in _WORD.finditer(text)]
        position = 0
        while position < len(words):
            length, mark = self._longest(text, words, position)
            if mark != "kept":
                yield words[position][0], words[position + length - 1][1], mark
            position += length

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


def _fold(word: str) -> str:
    """One spelling for a word, whatever its capitals and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_BARRED))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _folded(name: str) -> Words:
    return tuple(_fold(word) for word in _WORD.findall(name))


def _person(name: str) -> Iterator[Words]:
    """The full name, and each part long enough to be one."""
    words = _folded(name)
    if words:
        yield words
        yield ("".join(words),)
    yield from ((word,) for word in words if len(word) >= SHORTEST_PART)


def _company(name: str) -> Iterator[Words]:
    """The account's name, also without its legal form."""
    words = _folded(name)
    if words:
        yield words
    while len(words) > 1 and words[-1] in _COMPANY_TAILS:
        words = words[:-1]
        yield words


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
    """An everyday word is a name only with a capital; anything else always is."""
    if len(words) > 1 or words[0][2] not in _EVERYDAY:
        return True
    return text[words[0][0]].isupper()
