"""The words of a text with what their spelling and place say of them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import name

from winloss.quotes.lists import known
from winloss.quotes.spelling import folded
from winloss.quotes.strangers import cues

# Letters with the signs that scripts from Arabic to Thai write above, below and between them.
_LETTERS = r"[\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e]*"
# A word, with the parts that a hyphen or an apostrophe joins.
_WORD = re.compile(rf"[^\W_]{_LETTERS}(?:[’'ʼ‐‑-][^\W\d_]{_LETTERS})*")
_ENDING = re.compile(r"(?:n[’'ʼ]t|[’'ʼ](?:s|m|d|ve|ll|re))$", re.IGNORECASE)
_SHAPE = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Van|Von|Fitz|[DOdl][’'])?")
_GOES_ON = re.compile(r"[ \t\u00a0]*(?:[,&/’'“\"(][ \t\u00a0]*)*")
"""What may stand between two words of one sentence."""
_DRAWN_OUT = re.compile(r"(.)\1\1")
_FEWEST_LETTERS = 3
_MOST_REMEMBERED = 50_000
"""Words whose reading is kept: texts use the same ones again and again."""
_LAST_TEXTS = 4
"""Texts whose words are kept: masking asks for those of one several times."""


@dataclass(slots=True)
class Word:
    """One word of a text; `start` and `end` leave out a possessive."""

    start: int
    end: int
    typed: str
    ending: str
    """What an apostrophe adds, such as `'s`."""
    is_first: bool
    """It begins a sentence or stands alone, so that its capital says nothing."""
    gap: str
    """What stands between it and the word before."""
    folded: str
    """In one spelling; a double name by its first part, `O'Brien` by its last."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Every part of it in one spelling."""
        return _parts(self.typed)

    @property
    def is_capital(self) -> bool:
        """Written as names are: a capital, then small letters; each part of a double name."""
        return _is_capital(self.typed)

    @property
    def is_initial(self) -> bool:
        """One capital alone that is no word of its own."""
        return len(self.typed) == 1 and self.typed.isupper() and self.typed not in "AI"

    @property
    def is_given(self) -> bool:
        """A given name, whatever else it may be."""
        return self.may_be_given and self.folded not in cues.TIMES

    @property
    def may_be_given(self) -> bool:
        """A given name, also where it is a month."""
        is_one = self.folded in known("given") or self.folded in cues.ALSO_GIVEN
        return is_one and self.folded not in cues.NO_PERSONS

    @property
    def is_plainly_given(self) -> bool:
        """A given name so plain that no capital is needed."""
        return (
            self.is_clearly_given
            and len(self.folded) > _FEWEST_LETTERS
            and not self.is_everyday
            and self.folded not in cues.SELDOM_SMALL
        )

    @property
    def is_other_script(self) -> bool:
        """Written in letters that are not Latin."""
        return not self.folded.isascii() and _is_other_script(self.folded)

    @property
    def is_everyday(self) -> bool:
        """A common word, or one of the calendar."""
        return self.folded in known("everyday") or self.folded in cues.TIMES

    @property
    def is_clearly_given(self) -> bool:
        """A given name that is neither an everyday word nor a place."""
        if self.folded in cues.RATHER_NAMES:
            return True
        return (
            self.is_given
            and len(self.folded) >= _FEWEST_LETTERS
            and not self.is_everyday
            and self.folded not in cues.NO_NAMES
        )

    @property
    def may_be_family(self) -> bool:
        """A family name, whatever else it may be."""
        return self.folded in known("family") and self.folded not in cues.NEVER

    @property
    def is_family(self) -> bool:
        """A family name that is no everyday word."""
        return self.may_be_family and not self.is_everyday

    @property
    def is_english(self) -> bool:
        """A word of the dictionary."""
        return self.folded in known("everyday") or self.folded in known("rarer")

    @property
    def is_name_part(self) -> bool:
        """What a name may go on with, where it is written with a capital."""
        return self.is_family or self.is_unknown or self.is_clearly_given

    @property
    def is_unknown(self) -> bool:
        """In no dictionary, so that with a capital it must be some name."""
        return _is_unknown(self.folded)


@lru_cache(maxsize=_LAST_TEXTS)
def words(text: str) -> tuple[Word, ...]:
    """The words in order."""
    found = list(_WORD.finditer(text))
    first = [_word(match, "", is_first=True) for match in found[:1]]
    return (*first, *(_after(left, right, text) for left, right in pairwise(found)))


def _after(left: re.Match[str], right: re.Match[str], text: str) -> Word:
    gap = text[left.end() : right.start()]
    return _word(right, gap, is_first=not _GOES_ON.fullmatch(gap))


def _word(match: re.Match[str], gap: str, *, is_first: bool) -> Word:
    ending = _ENDING.search(match[0])
    tail = ending[0] if ending and ending.start() else ""
    end = match.end() - len(tail)
    typed = match[0][: len(match[0]) - len(tail)]
    return Word(match.start(), end, typed, tail, is_first, gap, _folded(typed))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _parts(typed: str) -> tuple[str, ...]:
    return folded(typed)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _folded(typed: str) -> str:
    parts = folded(typed) or ("",)
    return parts[-1] if len(parts[0]) < _FEWEST_LETTERS else parts[0]


@lru_cache(maxsize=_MOST_REMEMBERED)
def _is_capital(typed: str) -> bool:
    return all(_is_capital_part(part) for part in re.split("[‐‑-]", typed))


def _is_capital_part(part: str) -> bool:
    shape = _SHAPE.match(part)
    rests = {part, part[shape.end() :] if shape else part}
    return any(
        len(rest) > 1 and rest[0].isupper() and rest[1:].islower() and rest.isalpha()
        for rest in rests
    )


def _common() -> tuple[frozenset[str], ...]:
    return known("everyday"), known("rarer"), cues.BUSINESS, cues.NEVER


def _spellings(word: str) -> tuple[str, ...]:
    """The word, without the plural that a dictionary leaves out, and with a g that was dropped."""
    return word, word.removesuffix("s"), f"{word}g" if word.endswith("in") else word


@lru_cache(maxsize=_MOST_REMEMBERED)
def _is_other_script(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all("LATIN" not in name(letter, "") for letter in letters)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _is_unknown(word: str) -> bool:
    return (
        len(word) >= _FEWEST_LETTERS
        and not _DRAWN_OUT.search(word)
        and not any(spelling in each for spelling in _spellings(word) for each in _common())
    )
