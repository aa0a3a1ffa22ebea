"""What single words may do to a term near them, so that most questions need not be asked.

A clause without a word of a role has nothing of what the role's expressions look for.
"""

import re
from collections.abc import Iterable

from winloss.coding.rules import denial, tone
from winloss.coding.rules.lexicon import Lexicon

DENIES = 1
"""Without such a word nothing is denied."""
SIDES = 2
"""Without such a word no side is spoken of, unless a rival is called by name."""
RIVALS = 4
"""Without such a word no general word for a rival is there, and nobody is compared with us."""
JUDGES = 8
"""Without such a word, or one that denies, there is no judgement."""
EVERY = -1

# Each is the beginning of a word: "competitor's" and "others'" may be written without their sign.
_RIVAL = re.compile("than|competit|rival|other|another|elsewhere|alternative|theirs|whoever|winner")
_SIDE = re.compile("you|winning|they|them|their")
_LACKING = frozenset({"insufficient", "lack", "missing", "zero"})


class Roles(Lexicon):
    """`roles[word]`: what a word may do."""

    def bits(self, word: str) -> int:
        """The roles of one word."""
        found = denial.BITS.get(word, 0) | (DENIES if word in denial.WORDS else 0)
        if _RIVAL.match(word):
            found |= RIVALS | SIDES
        elif _SIDE.match(word):
            found |= SIDES
        return found | (JUDGES if word in _LACKING or tone.is_judgement(word) else 0)

    def of(self, words: Iterable[str]) -> int:
        """The roles that any of some words has."""
        found = 0
        for bits in set(map(self.__getitem__, words)):
            found |= bits
        return found


ROLES = Roles()
