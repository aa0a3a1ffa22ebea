"""Reads the pattern of a term: words, brackets and gaps, as a codebook's author writes them.

    too (expensive|dear)        either word
    price* .. (high|too much)   any ending; up to three words between
    who ... (first week|start)  up to nine words between, within a sentence
    # (weeks|days) late         a number, in digits or as a word
    slow (and very)? late       a part that may be missing
    keeps (on|just)* crashing   up to three of these
    polite and *                any one word

No gap goes over a word of contrast: what follows a "but" is something else. An apostrophe may be
missing in the text, and a hyphen may be a space. A pattern begins with a word that is always there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from winloss.errors import CodebookError

STUB = 3
"""Letters a first word with any ending must have."""
NUMBER = "#"
"""Stands for a number in digits among the words of a pattern."""
APOSTROPHES = 3
"""The most a word of a pattern may have."""

_DEEPEST = 20
_TOKEN = re.compile(r"\s*(\(|\)[?*]?|\||\.{2,3}|[^\s()|]+)")
_SPACE = r"[^\w.,!?;:\n]{1,3}"
_CONTRAST = r"(?!(?:but|however|although|though|whereas|yet)\b)"
# Each piece takes a word whole, so that no text can be read in more than one way.
_BETWEEN = rf"(?:[^\w.!?;:\n]{{1,3}}{_CONTRAST}(?>\w+(?:['’]\w+)*+))"
_GAPS = {"..": f"{_BETWEEN}{{0,3}}?", "...": f"{_BETWEEN}{{0,9}}?"}
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|hundred|several|many"
)
_DIGITS = r"\d(?:[\d.,]{0,11}\d)?[km]?"
_POSSESSIVE = r"(?:['’]s)?"
_ANY_ENDING = r"[\w'’]*"
_ENDINGS = {")": "", ")?": "?", ")*": "{0,3}"}
_PART = re.compile(r"\w+")
_CLOSES = re.compile("['-]")


_COMMON_WORDS = (
    "a about after all also an and any are as at back be because been but by can come could day did"
    " do don't even first for from get give go good got had has have he her him his how i if in"
    " into is it it's its just know like look make me more most my never new no not now of on one"
    " only or other our out over people say see she so some take than that the their them then"
    " there these they think this time to too two up us use very want was way we well were what"
    " when which who will with work would year you your"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_RARE = 0.02
"""How often a word stands in a text beside a common one, about."""


@dataclass(frozen=True)
class Variant:
    """One way a pattern may begin, with the words it cannot do without.

    A text that has none of `openers`, or none of any set of `needs`, does not match. Words are
    runs of letters and digits in lower case ("didn't" is two); a star stands for any ending,
    `NUMBER` for one in digits. What is needed is in order, the rarest words first.
    """

    openers: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()

    @property
    def sets(self) -> tuple[frozenset[str], ...]:
        """All of them, the rarest words first."""
        return tuple(sorted((self.openers, *self.needs), key=commonness))


@dataclass(frozen=True)
class Pattern:
    """A pattern as an expression over text in lower case, and the ways it may begin."""

    regex: str
    variants: tuple[Variant, ...]


@cache
def commonness(words: frozenset[str]) -> tuple[float, list[str]]:
    """Smaller for a set of words that fewer texts have; equals are told apart."""
    return sum(1.0 if word in _COMMON else _RARE for word in words), sorted(words)


@cache
def without(pattern: str, words: str) -> re.Pattern[str]:
    """The pattern, with gaps that go over none of some words either; over text in lower case.

    `words` is an expression.
    """
    return re.compile(read(pattern).regex.replace(_CONTRAST, rf"{_CONTRAST}(?!(?:{words})\b)"))


@cache
def read(pattern: str) -> Pattern:
    """The pattern, read; raises CodebookError with what cannot be read."""
    plain = pattern.replace("’", "'")
    reader = _Reader(pattern, _TOKEN.findall(plain))
    found = reader.sequence(0, opens=True)
    if reader.piece():
        raise reader.refusal("a bracket closes that never opened")
    return Pattern(found.regex + r"(?!\w)", _merged(found.variants))


def _merged(variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Ways to begin that need the same are one."""
    openers: dict[tuple[frozenset[str], ...], frozenset[str]] = {}
    for each in variants:
        needs = tuple(sorted(each.needs, key=commonness))
        openers[needs] = openers.get(needs, frozenset()) | each.openers
    return tuple(Variant(words, needs) for needs, words in openers.items())


class _Reader:
    """Goes through the tokens of one pattern once."""

    def __init__(self, pattern: str, pieces: list[str]) -> None:
        self.pattern = pattern
        self.pieces = pieces
        self.place = 0

    def refusal(self, why: str) -> CodebookError:
        return CodebookError(f"the term {self.pattern!r} cannot be read, {why}; mend it.")

    def piece(self) -> str:
        """The piece that comes next; empty at the end."""
        return self.pieces[self.place] if self.place < len(self.pieces) else ""

    def sequence(self, depth: int, *, opens: bool) -> Pattern:
        """Words, brackets and gaps up to a bar, a closing bracket or the end.

        `opens` says that the pattern may begin here.
        """
        first = self._item(depth, is_first=True, opens=opens)
        if self._is_over():
            return first
        regex = first.regex
        needs: tuple[frozenset[str], ...] = ()
        while not self._is_over():
            item = self._item(depth, is_first=False, opens=False)
            regex, needs = regex + item.regex, (*needs, *_needed(item.variants))
        if self.pieces[self.place - 1] in _GAPS:
            raise self.refusal("a word is missing after a gap")
        variants = (Variant(each.openers, each.needs + needs) for each in first.variants)
        return Pattern(regex, tuple(variants) or _unopened(needs))

    def _is_over(self) -> bool:
        """Whether a sequence ends here."""
        return self.place == len(self.pieces) or self.pieces[self.place][0] in "|)"

    def _item(self, depth: int, *, is_first: bool, opens: bool) -> Pattern:
        piece = self.piece() or "|"
        self.place += 1
        if piece == "(":
            return self._bracket(depth + 1, is_first=is_first, opens=opens)
        if piece[0] in "|)" or (is_first and piece in _GAPS):
            raise self.refusal("a word is missing")
        if piece in _GAPS:
            return Pattern(_GAPS[piece], ())
        if opens and piece != NUMBER and not piece[0].isalnum():
            raise self.refusal("it must begin with a letter")
        if opens and piece.endswith("*") and len(piece) <= STUB:
            raise self.refusal(f"{piece!r} is too short for an ending")
        space = "" if is_first else _SPACE
        return Pattern(space + _word(piece), self._variants(piece))

    def _bracket(self, depth: int, *, is_first: bool, opens: bool) -> Pattern:
        """Alternatives, with what may follow the bracket."""
        if depth > _DEEPEST:
            raise self.refusal("its brackets are too deep")
        options = [self.sequence(depth, opens=opens)]
        while self.piece() == "|":
            self.place += 1
            options.append(self.sequence(depth, opens=opens))
        ending = _ENDINGS.get(self.piece())
        self.place += 1
        if ending is None:
            raise self.refusal("a bracket does not close")
        if is_first and ending:
            raise self.refusal("it must begin with a word that is always there")
        space = "" if is_first else _SPACE
        regex = f"(?:{space}(?:{_either(option.regex for option in options)})){ending}"
        if ending or not all(option.variants for option in options):
            return Pattern(regex, ())
        return Pattern(regex, tuple(each for option in options for each in option.variants))

    def _variants(self, word: str) -> tuple[Variant, ...]:
        """What a text may have where this word stands; nothing where it may be any."""
        if word == NUMBER:
            return (Variant(frozenset([NUMBER, *_NUMBERS.split("|")])),)
        if word.count("'") > APOSTROPHES:
            raise self.refusal(f"{word!r} has too many apostrophes")
        return _readings(word)


@cache
def _readings(word: str) -> tuple[Variant, ...]:
    """What a text may have for a word, with its apostrophes and hyphens and without."""
    stem = word.removesuffix("*").lower()
    star = "*" if word.endswith("*") else ""
    readings = {_CLOSES.sub("", stem), stem.replace("-", ""), stem.replace("'", ""), stem}
    return tuple(_apart(each, star) for each in sorted(readings) if _PART.search(each))


def _apart(stem: str, star: str) -> Variant:
    """A word of a pattern as words of a text, which ends one at every other sign."""
    parts = _PART.findall(stem)
    parts[-1] += star if stem[-1] in parts[-1] else ""
    first, *others = (frozenset({part}) for part in parts)
    return Variant(first, tuple(others))


def _needed(variants: tuple[Variant, ...]) -> Iterator[frozenset[str]]:
    """What every variant has: the rarest words of each, the next ones of each, and so on."""
    for each in zip(*(variant.sets for variant in variants), strict=False):
        yield frozenset[str]().union(*each)


def _unopened(needs: tuple[frozenset[str], ...]) -> tuple[Variant, ...]:
    """Where any word may come first, the words after it are all there is to know."""
    return (Variant(needs[0], needs[1:]),) if needs else ()


def _either(options: Iterable[str]) -> str:
    """Expressions as one for any of them; what some in a row end with, it names once.

    It means the same, in the same order, and compiles in half the time.
    """
    parts = []
    for ending, same in groupby(options, _ending):
        stems = [option.removesuffix(ending) for option in same]
        either = "|".join(stems)
        parts.append(f"(?:{either}){ending}" if ending and len(stems) > 1 else either + ending)
    return "|".join(parts)


def _ending(regex: str) -> str:
    return next(filter(regex.endswith, (_POSSESSIVE, _ANY_ENDING)), "")


@cache
def _word(word: str) -> str:
    """One word as an expression, any apostrophe or none, with its ending or a possessive."""
    if word == NUMBER:
        return rf"(?:{_DIGITS}|{_NUMBERS})"
    if word == "*":
        return r"\w[\w'’]*"
    escaped = (
        re.escape(word.removesuffix("*").lower())
        .replace("'", "['’]?")
        .replace(r"\-", r"(?:-|[^\S\n])?")
    )
    return escaped + (_ANY_ENDING if word.endswith("*") else _POSSESSIVE)
