"""Files terms by the words they cannot do without, so that few are tried on any text.

A way a term may begin is a bit. A word of a text has the bits of all that need it, in one number
with a field for each set of words; or-ed over a stretch of text and and-ed over its fields, what
is left has a word of each set there. That costs little more than looking the words up.
"""

from collections.abc import Iterable, Iterator, Sequence

from winloss.coding.codebook.patterns import NUMBER, Pattern, Variant
from winloss.coding.rules.lexicon import Lexicon

FIELDS = 3
"""Sets of words that are looked for, the first words and the rarest; the expression knows all."""


class Filing(Lexicon):
    """`filing[word]`: the bits of a word of a text; those of one that opens terms are lowest."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        """A term is known by its place in `patterns`."""
        super().__init__()
        filed = [(place, each) for place, term in enumerate(patterns) for each in term.variants]
        self._terms = [place for place, _ in filed]
        self._width = len(filed)
        self._always = 0
        self._forms: dict[str, int] = {}
        for bit, (_, variant) in enumerate(filed):
            self._file(bit, variant)
        self._lengths = sorted({len(form) - 1 for form in self._forms if form.endswith("*")})
        self._low = (1 << self._width) - 1
        self.opens = _Openers(self, self._low)
        self._shared: dict[tuple[str, ...], int] = {(): 0}

    def having(self, words: Iterable[str]) -> int:
        """The bits of what a stretch of text with these words may hold."""
        bits = 0
        for word in words:
            its = self[word]
            if its:
                bits |= its
        bits |= self._always
        return bits & (bits >> self._width) & (bits >> 2 * self._width) & self._low

    def terms(self, bits: int) -> set[int]:
        """The places of the terms that some lowest bits stand for."""
        found = set()
        while bits:
            lowest = bits & -bits
            found.add(self._terms[lowest.bit_length() - 1])
            bits ^= lowest
        return found

    def bits(self, word: str) -> int:
        """The bits of a word of a text; a word's terms never change."""
        forms = tuple(form for form in self._possible(word) if form in self._forms)
        if forms not in self._shared:
            self._shared[forms] = _union(self._forms[form] for form in forms)
        return self._shared[forms]

    def _possible(self, word: str) -> Iterator[str]:
        """What a word of a text may be called among the words of the terms."""
        yield word
        if word[0].isdigit():
            yield NUMBER
        for length in self._lengths:
            if length > len(word):
                break
            yield f"{word[:length]}*"

    def _file(self, bit: int, variant: Variant) -> None:
        sets = (variant.openers, *variant.needs)[:FIELDS]
        for field in range(FIELDS):
            mark = 1 << (field * self._width + bit)
            if field >= len(sets):
                self._always |= mark
                continue
            for form in sets[field]:
                self._forms[form] = self._forms.get(form, 0) | mark


class _Openers(Lexicon):
    """`openers[word]`: the bits of the terms that a word opens; most words open none."""

    def __init__(self, filing: Filing, low: int) -> None:
        super().__init__()
        self._filing, self._low = filing, low

    def bits(self, word: str) -> int:
        """The lowest bits of a word."""
        return self._filing[word] & self._low


def _union(numbers: Iterable[int]) -> int:
    bits = 0
    for each in numbers:
        bits |= each
    return bits
