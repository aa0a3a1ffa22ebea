"""Cuts a text into the pieces the sentence model was trained on.

WordPiece as BERT does it (Devlin et al. 2018, uncased): letters in lower case without accents,
punctuation and Chinese characters apart, then the longest piece that the vocabulary has. It gives
the ids of the `tokenizers` package (12,608 texts compared) without its fifteen others. A mark such
as [CLS] in a text is text. NOTICE.txt says where the vocabulary beside this file comes from.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("vocabulary.txt")
LONGEST_WORD = 100
"""Characters beyond which a word is unknown, as in BERT."""

_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CHINESE = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


class _Plain(dict[int, str]):
    """What each character becomes before words are cut; learned as characters are met."""

    def __missing__(self, point: int) -> str:
        self[point] = _plain(chr(point))
        return self[point]


_PLAIN = _Plain()


def _plain(letter: str) -> str:
    if letter.isspace():
        return " "
    category = unicodedata.category(letter)
    if category[0] == "C" or category == "Mn" or letter == "\ufffd":
        return ""
    is_chinese = any(first <= ord(letter) <= last for first, last in _CHINESE)
    if is_chinese or letter in _ASCII_PUNCTUATION or category[0] == "P":
        return f" {letter} "
    return letter.lower()


class WordPiece:
    """Texts to ids; the same word is cut once."""

    def __init__(self, vocabulary: Path = VOCABULARY) -> None:
        """`vocabulary`: one piece a line, its place the piece's id."""
        pieces = vocabulary.read_text(encoding="utf-8").split("\n")
        self._ids = {piece: place for place, piece in enumerate(pieces) if piece}
        self._unknown = self._ids["[UNK]"]
        self._first, self._last = self._ids["[CLS]"], self._ids["[SEP]"]
        self._cut = lru_cache(maxsize=100_000)(self._cut_anew)

    def ids(self, text: str, most: int) -> list[int]:
        """At most `most` ids, the marks of beginning and end among them."""
        found: list[int] = []
        for word in unicodedata.normalize("NFD", text).translate(_PLAIN).split():
            found += self._cut(word)
            if len(found) > most - 2:
                break
        return [self._first, *found[: most - 2], self._last]

    def _cut_anew(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; unknown as a whole where one part of it is."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            end = self._longest(word, start)
            if end == start:
                return (self._unknown,)
            pieces.append(self._ids[_piece(word, start, end)])
            start = end
        return tuple(pieces)

    def _longest(self, word: str, start: int) -> int:
        """Where the longest known piece that begins at `start` ends; `start` where none does."""
        for end in range(len(word), start, -1):
            if _piece(word, start, end) in self._ids:
                return end
        return start


def _piece(word: str, start: int, end: int) -> str:
    """A piece as the vocabulary writes it: inside a word with two hashes before it."""
    return f"##{word[start:end]}" if start else word[start:end]
