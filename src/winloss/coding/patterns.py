"""Reads the pattern of a term: words, brackets and gaps, as a codebook's author writes them.

    too (expensive|dear)        either word
    price* .. (high|too much)   any ending; up to three words between
    (the|our)? budget           … must not come first: a pattern begins with a word always there
    (very|so)* slow             up to three of these
    and *                       any one word

An apostrophe may be missing in the text, and a hyphen may be a space.
"""

import re
from dataclasses import dataclass

from winloss.errors import CodebookError

STUB = 3
"""Letters a word with any ending must have, and by which it is filed."""

_TOKEN = re.compile(r"\s*(\(|\)[?*]?|\||\.\.|[^\s()|]+)")
_SPACE = r"[^\w.,!?;:\n]{1,3}"
_GAP = r"(?:[^\w.!?;:\n]{1,3}[\w'’]+){0,3}?"
_NONE = ("'", "")
_ENDINGS = {")": "", ")?": "?", ")*": "{0,3}"}


@dataclass(frozen=True)
class Pattern:
    """A pattern as a regular expression, with the words it may begin with.

    A key is a whole word in lower case, or the first letters of one with any ending and a star.
    """

    regex: str
    keys: frozenset[str]


def read(pattern: str) -> Pattern:
    """The pattern, read; raises CodebookError with the place that cannot be read."""
    tokens = _TOKEN.findall(pattern)
    reader = _Reader(pattern, tokens)
    found = reader.sequence(opens=True)
    if reader.place < len(tokens):
        raise reader.refusal("a bracket closes or parts that never opened")
    return Pattern(found.regex + r"(?!\w)", found.keys)


class _Reader:
    """Goes through the tokens of one pattern once."""

    def __init__(self, pattern: str, tokens: list[str]) -> None:
        self.pattern = pattern
        self.tokens = tokens
        self.place = 0

    def refusal(self, why: str) -> CodebookError:
        return CodebookError(f"terms.csv: {self.pattern!r} cannot be read: {why}; mend it.")

    def sequence(self, *, opens: bool) -> Pattern:
        """Words, brackets and gaps up to a bar, a closing bracket or the end.

        `opens` says that the pattern may begin here, so that the first word is filed.
        """
        first = self._item(is_first=True, opens=opens)
        regex = first.regex
        while self.place < len(self.tokens) and self.tokens[self.place][0] not in "|)":
            regex += self._item(is_first=False, opens=False).regex
        return Pattern(regex, first.keys)

    def _item(self, *, is_first: bool, opens: bool) -> Pattern:
        token = self.tokens[self.place] if self.place < len(self.tokens) else "|"
        self.place += 1
        if token == "(":
            return self._bracket(is_first=is_first, opens=opens)
        if token[0] in "|)" or (is_first and token == ".."):
            raise self.refusal("a word is missing")
        if token == "..":
            return Pattern(_GAP, frozenset())
        space = "" if is_first else _SPACE
        return Pattern(space + self._word(token), self._keys(token) if opens else frozenset())

    def _bracket(self, *, is_first: bool, opens: bool) -> Pattern:
        """Alternatives, with what may follow the bracket."""
        options = [self.sequence(opens=opens)]
        while self._token() == "|":
            self.place += 1
            options.append(self.sequence(opens=opens))
        ending = _ENDINGS.get(self._token())
        self.place += 1
        if ending is None:
            raise self.refusal("a bracket does not close")
        if is_first and ending:
            raise self.refusal("it must begin with a word that is always there")
        space = "" if is_first else _SPACE
        regex = f"(?:{space}(?:{'|'.join(option.regex for option in options)})){ending}"
        return Pattern(regex, frozenset().union(*(option.keys for option in options)))

    def _token(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _word(self, word: str) -> str:
        if word == "*":
            return r"[\w'’]+"
        escaped = re.escape(word.removesuffix("*")).replace("'", "['’]?").replace(r"\-", r"[-\s]?")
        return escaped + (r"[\w'’]*" if word.endswith("*") else r"(?:['’]s)?")

    def _keys(self, word: str) -> frozenset[str]:
        """Where a term that begins with this word is filed, without apostrophes."""
        stem = word.removesuffix("*").lower()
        if not stem[:1].isalnum():
            raise self.refusal("it must begin with a letter")
        if word.endswith("*"):
            if len(stem) < STUB:
                raise self.refusal(f"{word!r} is too short for an ending")
            return frozenset({f"{stem.replace(*_NONE)[:STUB]}*"})
        return frozenset({stem.replace(*_NONE), stem.split("-")[0].replace(*_NONE)})
