"""What a person says of the names in a text: believed where it cannot hide ordinary words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from winloss.quotes import Names, folded
from winloss.quotes.lists import known
from winloss.quotes.spelling import EVERYDAY, PARTICLES, WORD, Words, fold
from winloss.reviewing.refusing import RowError
from winloss.reviewing.rows import check_words
from winloss.reviewing.shown import Shown


@dataclass(frozen=True)
class Naming:
    """What the names in one text are judged by."""

    shown: Shown
    names: Names
    called: frozenset[Words]
    """What reviewers have called a person's name before."""

    def people(self, words: Sequence[str]) -> None:
        """Refuse what cannot be a person's name in this text; raises RowError."""
        for word in words:
            _refuse_mask("people", word)
            if not _stands_in(folded(word), [fold(each) for each in self._typed]):
                raise RowError(
                    "people not in the text",
                    "people names a word that is not in the text; copy it from the column check",
                )
            if not (self._is_known(folded(word)) or self._may_be_name(word)):
                raise RowError(
                    "people is no name",
                    "people names an ordinary word, which would be masked from then on; write only "
                    "words of the column check, or a name with its capital",
                )

    def no_names(self, words: Sequence[str]) -> None:
        """Refuse what nobody has taken for a name; raises RowError."""
        for word in words:
            _refuse_mask("no_names", word)
            is_open = self._is_checked(folded(word))
            if not (is_open or folded(word) in self.called or self.names.is_cleared(word)):
                raise RowError(
                    "no_names not to be checked",
                    "no_names names a word that is not in the column check, and that no sheet has "
                    "called a person's name; copy it from the column check",
                )

    def _is_known(self, words: Words) -> bool:
        is_person = words in self.called or words in self.names.people
        return is_person or self._is_checked(words)

    def _is_checked(self, words: Words) -> bool:
        checked = check_words(self.shown, self.names)
        return any(_stands_in(words, folded(each)) for each in checked)

    def _may_be_name(self, name: str) -> bool:
        """Whether each word stands in the text with a capital, and one is no everyday word."""
        capitals = {fold(each) for each in self._typed if each[0].isupper()}
        parts = [word for word in folded(name) if word not in PARTICLES]
        are_named = all(
            word in capitals and (word in EVERYDAY or word not in known("everyday"))
            for word in parts
        )
        return are_named and any(word not in EVERYDAY for word in parts)

    @cached_property
    def _typed(self) -> list[str]:
        return WORD.findall(self.shown.masked.original)


def _refuse_mask(column: str, word: str) -> None:
    if "[" in word or "]" in word or not folded(word):
        raise RowError(
            "a mask for a name",
            f"{column} holds a mask or a sign; write words as they stand in the column check",
        )


def _stands_in(words: Words, text: Sequence[str]) -> bool:
    """Whether these words stand in the text as whole words, one after the other."""
    length = len(words)
    return any(tuple(text[at : at + length]) == words for at in range(len(text) - length + 1))
