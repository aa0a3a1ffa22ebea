"""The ways in which a name may be written, in the one spelling by which it is looked up."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from winloss.quotes.lists import known

Words = tuple[str, ...]

SHORTEST_PART = 2
"""Letters below which a part of a name stands too often for something else."""
SHORTEST_KEPT = 3
"""The same, of a name that is kept."""
_SHORTEST_GENITIVE = 4
_SHORTEST_TURNED = 5
_MOST_REMEMBERED = 20_000
"""Words of other alphabets whose folding is kept, since it costs and they return."""

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
# Words that stand in names and name nobody.
_TITLE_WORDS = (
    "mr mrs ms mx dr prof professor herr frau madame mme mlle monsieur senor senora signor signora "
    "mijnheer mevrouw"
)
_PARTICLE_WORDS = "al bin da de del della den der di dos du el la le ten ter van vom von zu zur"
TITLES = frozenset(_TITLE_WORDS.split())
PARTICLES = frozenset(_PARTICLE_WORDS.split())
EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_COMPANY_TAILS = frozenset(_COMPANY_TAIL_WORDS.split())

# Letters with a stroke, which Unicode does not take apart.
_BARRED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_IN_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_IN_ONE = re.compile(r"([aou])e")
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def fold(word: str) -> str:
    """One spelling for a word, whatever its capitals and accents."""
    return word.lower() if word.isascii() else _unaccented(word)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _unaccented(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_BARRED))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def folded(name: str) -> Words:
    """The words of a name, each in the one spelling by which it is looked up."""
    return tuple(fold(word) for word in WORD.findall(name))


def spelled(name: str) -> Iterator[Words]:
    """The words of a name with its umlauts as one letter and as two, however it was recorded."""
    words = folded(name)
    if name.isascii():
        yield words
    else:
        whole = unicodedata.normalize("NFC", name)
        yield folded(whole)
        yield folded(whole.casefold().translate(_IN_TWO))
    turned = tuple(
        _IN_ONE.sub(r"\1", word) if len(word) >= _SHORTEST_TURNED else word for word in words
    )
    if turned != words or not name.isascii():
        yield turned


def person(name: str) -> Iterator[Words]:
    """The full name, its parts, what a hyphen joins, and the initial with the family name."""
    for words in filter(None, spelled(name)):
        yield words
        if len(words) > 1:
            yield words[0][0], words[-1]
        for word in filter(_is_part, words):
            yield (word,)
            if len(word) >= _SHORTEST_GENITIVE and word not in EVERYDAY:
                yield (f"{word}s",)
    yield from _run_together(name)
    for chunk in name.split():
        # Most parts are one word, which stands above already.
        if chunk.isascii() and chunk.isalpha():
            continue
        for words in spelled(chunk):
            if len(words) > 1:
                yield words
                yield ("".join(words),)


def _is_part(word: str) -> bool:
    """Whether a part of a name stands for the person by itself."""
    if word in TITLES or word in PARTICLES or len(word) < SHORTEST_PART:
        return False
    return len(word) > SHORTEST_PART or word not in known("everyday")


def company(name: str) -> Iterator[Words]:
    """The account's name, also without its legal form, and written as one word."""
    yield from _run_together(name)
    for words in filter(None, spelled(name)):
        shorter = words
        while shorter:
            yield shorter
            yield ("".join(shorter),)
            shorter = shorter[:-1] if shorter[-1] in _COMPANY_TAILS and len(shorter) > 1 else ()


def _run_together(name: str) -> Iterator[Words]:
    """The name without its spaces, and without any mark."""
    for words in filter(None, spelled("".join(name.split()))):
        yield words
        yield ("".join(words),)
