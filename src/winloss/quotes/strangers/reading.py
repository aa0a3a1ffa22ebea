"""Reads one text for names of persons, word by word."""

from collections.abc import Iterator, Sequence

from winloss.quotes.spelling import PARTICLES, TITLES
from winloss.quotes.strangers import cues
from winloss.quotes.strangers.acting import acting
from winloss.quotes.strangers.announcing import announced
from winloss.quotes.strangers.tokens import Word

_SPACE = " \t\u00a0"
_PARTICLES = 3
"""Small words that a name holds at most one after another, such as `van der`."""
_MOST_CAPITALS = 0.4
"""Share of words within sentences above which capitals say nothing, as in a title."""
_FURTHEST = 6
"""How many words after a name are looked at."""
_LEAST_ENGLISH = 0.5
"""Share of small words below which the dictionary says nothing."""
_FEWEST_JUDGED = 4


class Reading:
    """One text, read for names.

    `closed` are places of words that are none, `after` of those behind an address.
    """

    def __init__(  # noqa: D107 (the class says it)
        self, every: Sequence[Word], closed: frozenset[int], after: frozenset[int]
    ) -> None:
        self._words = every
        self._closed = closed
        self._after = after
        self._shouts = not any(letter.islower() for word in every for letter in word.typed)
        self._says_nothing = _says_nothing(every)
        self._is_in_script = 2 * sum(word.is_other_script for word in every) > len(every)

    def found(self) -> Iterator[tuple[int, int]]:
        """First and last place of each name."""
        place = 0
        while place < len(self._words):
            if place in self._closed or not self._is_name(place):
                place += 1
                continue
            last = self._last(place)
            yield place, last
            place = last + 1

    def _is_name(self, place: int) -> bool:
        word, before = self._words[place], self._at(place - 1)
        if before is not None and before.folded in cues.COMPOUND and before.is_capital:
            return False
        if word.is_initial:
            return self._goes_on(place)
        if word.folded in TITLES:
            return False
        return (
            self._is_titled(place)
            or self._is_cued(place)
            or (word.is_capital and self._stands_alone(place))
            or (self._shouts and word.is_clearly_given)
            or (word.is_plainly_given and not self._says_nothing)
            or (word.is_other_script and self._is_strange(place))
            or self._acts_as_person(place)
        )

    def _stands_alone(self, place: int) -> bool:
        """A name by itself: no other word tells of a person."""
        word = self._words[place]
        if word.is_clearly_given:
            return True
        acts = self._acting(place) != "no"
        if word.is_unknown:
            return acts or (
                not self._says_nothing and (self._goes_on(place) or self._is_odd(place))
            )
        return (word.is_given or word.is_family) and (self._goes_on(place) or acts)

    def _acts_as_person(self, place: int) -> bool:
        """What follows is said of nothing but a person, though the word may be an everyday one."""
        word = self._words[place]
        may_be_one = word.may_be_given or (word.is_capital and word.may_be_family)
        is_one = may_be_one and word.folded not in cues.NO_ONE
        return is_one and self._acting(place) == "surely"

    def _acting(self, place: int) -> str:
        return acting(self._words[place + 1 : place + 1 + _FURTHEST])

    def _is_strange(self, place: int) -> bool:
        """Its script is not that of the words around, or it has a capital."""
        word, after = self._words[place], self._beside(place)
        if len(word.typed) == 1:
            return False
        is_before_latin = after is not None and not after.is_other_script
        return word.is_capital or is_before_latin or not self._is_in_script

    def _is_odd(self, place: int) -> bool:
        """Its capital can be that of a person's name alone: no place or thing is spoken of."""
        word, before = self._words[place], self._at(place - 1)
        if word.is_first or place in self._after or before is None:
            return False
        return before.folded not in cues.THINGS

    def _is_titled(self, place: int) -> bool:
        """After Mr, Frau and their like."""
        word, before = self._words[place], self._at(place - 1)
        if before is None or word.gap.strip(f"{_SPACE}.") or not word.typed.isalpha():
            return False
        if before.folded in TITLES:
            return word.folded not in TITLES
        return before.folded in cues.COURTEOUS and word.is_capital and not word.is_everyday

    def _is_cued(self, place: int) -> bool:
        """After a role, a greeting or what one does with a person."""
        word = self._words[place]
        cue = announced(word, *(self._at(place - back) for back in (1, 2, 3)))
        if cue == "surely":
            is_one = word.is_given or word.is_family or word.is_unknown
            is_one = is_one and word.is_capital and word.folded not in cues.BUSINESS
            return is_one or word.is_clearly_given
        return cue == "maybe" and (
            word.is_given and word.is_capital and word.folded not in cues.NO_NAMES
        )

    def _goes_on(self, place: int) -> bool:
        """A family name follows."""
        word, after = self._words[place], self._beside(place)
        if after is None:
            return False
        if after.is_initial and not word.is_initial:
            return self._goes_on(place + 1)
        if not after.is_capital or after.folded in cues.NEVER:
            return False
        if word.is_initial and "." in after.gap:
            return after.may_be_family or not after.is_everyday
        return after.is_name_part

    def _last(self, place: int) -> int:
        """The last word of the name that begins here."""
        while (further := self._further(place)) > place:
            place = further
        return place

    def _further(self, place: int) -> int:
        """Where the next word of the name stands, particles skipped; `place` where none does."""
        word, after = self._words[place], self._beside(place)
        skipped = place + 1
        while after is not None and after.folded in PARTICLES and skipped <= place + _PARTICLES:
            after, skipped = self._beside(skipped), skipped + 1
        if after is None or word.ending or after.folded in cues.NEVER:
            return place
        is_part = after.is_name_part or (word.is_initial and after.may_be_family)
        return skipped if after.is_initial or (is_part and after.is_capital) else place

    def _beside(self, place: int) -> Word | None:
        """The next word, where only a space parts the two, or the full stop of an initial."""
        after = self._at(place + 1)
        between = f"{_SPACE}." if self._words[place].is_initial else _SPACE
        if after is None or place + 1 in self._closed or after.gap.strip(between):
            return None
        return after

    def _at(self, place: int) -> Word | None:
        return self._words[place] if 0 <= place < len(self._words) else None


def _says_nothing(every: Sequence[Word]) -> bool:
    """Whether a capital on an unknown word tells no name: in titles, and in other languages."""
    inside = [word for word in every if not word.is_first and len(word.typed) > 1]
    small = [word for word in inside if word.typed.islower()]
    capitals = sum(word.is_capital for word in inside)
    english = sum(word.is_english for word in small)
    return (capitals >= _FEWEST_JUDGED and capitals > _MOST_CAPITALS * len(inside)) or (
        len(small) >= _FEWEST_JUDGED and english < _LEAST_ENGLISH * len(small)
    )
