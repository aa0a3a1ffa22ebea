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
from dataclasses import dataclass
from functools import cache

from winloss.errors import CodebookError

STUB = 3
"""Letters a word with any ending must have, and by which it is filed."""

SECOND = 2
"""Letters of the word after it."""
ANY = ""
"""Any second word, or none."""
END = "."
"""The first word ends its part of the pattern; what follows is not known yet."""

NUMBER = "#"
"""Stands for a number, and files the terms that may begin with one in digits."""

_TOKEN = re.compile(r"\s*(\(|\)[?*]?|\||\.{2,3}|[^\s()|]+)")
_SPACE = r"[^\w.,!?;:\n]{1,3}"
_CONTRAST = r"(?!(?:but|however|although|though|whereas|yet)\b)"
_GAPS = {
    "..": rf"(?:[^\w.!?;:\n]{{1,3}}{_CONTRAST}[\w'’]+){{0,3}}?",
    "...": rf"(?:[^\w.!?;:\n]{{1,3}}{_CONTRAST}[\w'’]+){{0,9}}?",
}
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|hundred|several|many"
)
_ENDINGS = {")": "", ")?": "?", ")*": "{0,3}"}


@dataclass(frozen=True)
class Pattern:
    """A pattern as an expression over text in lower case, with the words it may begin with.

    A key is a whole word in lower case, or the first letters of one with any ending and a star;
    with it the first letters the word after it may have (see `second_letters`), or ANY.
    """

    regex: str
    keys: dict[str, frozenset[str]]
    heads: frozenset[str] = frozenset({ANY})


@cache
def read(pattern: str) -> Pattern:
    """The pattern, read; raises CodebookError with what cannot be read."""
    reader = _Reader(pattern, _TOKEN.findall(pattern))
    found = reader.sequence(opens=True)
    if reader.piece():
        raise reader.refusal("a bracket closes that never opened")
    return Pattern(found.regex + r"(?!\w)", _followed(found.keys, frozenset({ANY})))


def second_letters(word: str) -> str:
    """The letters of a following word by which terms are told apart."""
    return word.lower().replace("’", "").replace("'", "")[:SECOND]


def _followed(keys: dict[str, frozenset[str]], heads: frozenset[str]) -> dict[str, frozenset[str]]:
    """The keys, with `heads` after those that end where they stand."""
    return {key: (after - {END}) | heads if END in after else after for key, after in keys.items()}


class _Reader:
    """Goes through the tokens of one pattern once."""

    def __init__(self, pattern: str, pieces: list[str]) -> None:
        self.pattern = pattern
        self.pieces = pieces
        self.place = 0

    def refusal(self, why: str) -> CodebookError:
        return CodebookError(f"reasons.terms.csv: {self.pattern!r} cannot be read: {why}; mend it.")

    def piece(self) -> str:
        """The piece that comes next; empty at the end."""
        return self.pieces[self.place] if self.place < len(self.pieces) else ""

    def sequence(self, *, opens: bool) -> Pattern:
        """Words, brackets and gaps up to a bar, a closing bracket or the end.

        `opens` says that the pattern may begin here, so that the first word is filed.
        """
        first = self._item(is_first=True, opens=opens)
        regex, keys = first.regex, first.keys
        while self.piece() and self.piece()[0] not in "|)":
            item = self._item(is_first=False, opens=False)
            regex, keys = regex + item.regex, _followed(keys, item.heads)
        return Pattern(regex, keys, first.heads)

    def _item(self, *, is_first: bool, opens: bool) -> Pattern:
        piece = self.piece() or "|"
        self.place += 1
        if piece == "(":
            return self._bracket(is_first=is_first, opens=opens)
        if piece[0] in "|)" or (is_first and piece in _GAPS):
            raise self.refusal("a word is missing")
        if piece in _GAPS:
            return Pattern(_GAPS[piece], {})
        space = "" if is_first else _SPACE
        return Pattern(space + _word(piece), self._keys(piece) if opens else {}, _heads(piece))

    def _bracket(self, *, is_first: bool, opens: bool) -> Pattern:
        """Alternatives, with what may follow the bracket."""
        options = [self.sequence(opens=opens)]
        while self.piece() == "|":
            self.place += 1
            options.append(self.sequence(opens=opens))
        ending = _ENDINGS.get(self.piece())
        self.place += 1
        if ending is None:
            raise self.refusal("a bracket does not close")
        if is_first and ending:
            raise self.refusal("it must begin with a word that is always there")
        space = "" if is_first else _SPACE
        regex = f"(?:{space}(?:{'|'.join(option.regex for option in options)})){ending}"
        heads = frozenset().union(*(option.heads for option in options))
        keys: dict[str, frozenset[str]] = {}
        for option in options:
            for key, after in option.keys.items():
                keys[key] = keys.get(key, frozenset()) | after
        return Pattern(regex, keys, frozenset({ANY}) if ending else heads)

    def _keys(self, word: str) -> dict[str, frozenset[str]]:
        """Where a term that begins with this word is filed, without apostrophes."""
        if word == NUMBER:
            return dict.fromkeys([NUMBER, *_NUMBERS.split("|")], frozenset({END}))
        stem = word.removesuffix("*").lower().replace("'", "")
        if not stem[:1].isalnum():
            raise self.refusal("it must begin with a letter")
        if word.endswith("*"):
            if len(stem) < STUB:
                raise self.refusal(f"{word!r} is too short for an ending")
            return {f"{stem[:STUB]}*": frozenset({END})}
        apart = {stem.split("-")[0]: frozenset({ANY})} if "-" in stem else {}
        return {stem.replace("-", ""): frozenset({END}), **apart}


def _heads(word: str) -> frozenset[str]:
    """The first letters of a word, with its hyphen closed or open; ANY where they may vary."""
    stem = word.removesuffix("*")
    if word == NUMBER or (word.endswith("*") and len(stem) < SECOND):
        return frozenset({ANY})
    return frozenset(second_letters(part) for part in (stem.replace("-", ""), stem.split("-")[0]))


def _word(word: str) -> str:
    """One word as an expression, any apostrophe or none, with its ending or a possessive."""
    if word == "*":
        return r"[\w'’]+"
    if word == NUMBER:
        return rf"(?:\d[\d.,]{{0,12}}[km]?|{_NUMBERS})"
    escaped = (
        re.escape(word.removesuffix("*").lower()).replace("'", "['’]?").replace(r"\-", r"[-\s]?")
    )
    return escaped + (r"[\w'’]*" if word.endswith("*") else r"(?:['’]s)?")
