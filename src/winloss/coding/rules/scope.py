"""What the words around a term do to it: deny it, excuse it, praise it, or give it to a rival.

Everything is decided inside the clause: sentence ends and words of contrast end a scope, a comma
ends it for all but lists ("no complaints about price, onboarding or support"). Two readings go
over a whole sentence: a question that is answered with no, and what would have been said if it
had been so.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from winloss.coding.rules import denial, tone
from winloss.coding.rules.sides import Sides, is_our_merit, is_unmatched
from winloss.coding.rules.speech import ASSERTED_BEFORE, BE_NOT, DENIES, SOFTLY, expression

REACH = 120
"""Characters looked at on either side."""

_STOP = re.compile(r"[.!?;:\n—]|\s[-–]\s")
_STOP_OR_CONTRAST = re.compile(
    r"[.!?;:\n—]|\s[-–]\s|\b(?:(?<!anything )but|however|although|though|yet|whereas|while"
    r"|except|instead(?! of))\b"
)
_CONTRAST_WORDS = "but however although though yet whereas while except instead"
_CONTRAST = frozenset(_CONTRAST_WORDS.split())
_BE_NOT_BEFORE = expression(rf"\b(?:{BE_NOT}|not|never|nor) {SOFTLY}(?:just )?(?:an? |any )?$")
_EXCUSED_AFTER = expression(
    r"^(?: [\w]+){0,2}?(?: (?:was|were|is|are|seemed|felt|looked)|'s)"
    r" (?:(?:all|perfectly|quite|just|otherwise|actually|really|totally|pretty|absolutely|probably"
    r"|always|ok and|even|certainly|about) )*"
    r"(?:fine|ok|okay|acceptable|alright|all right|in line|reasonable|fair|no (?:issue|problem"
    r"|obstacle|concern)|not bad|similar|comparable|the same|secondary|competitive)\b"
)
_ANSWERED_NO = expression(
    r"(?:^|(?<=[.!?\n] ))\s*(?:was|is|were|are|did|do|does|had|has|have|would|could)\b"
    r"[^.!?\n]{0,150}\?\s*(?:no|not|nope|never|hardly)\b"
)
_TOLD = (
    r"\bwould(?: not|n't)? (?:have|'ve) (?:said|told|complained|mentioned|let you know|noticed"
    r"|raised|reported|spoken up)\b"
)
_UNREAL = expression(
    rf"\b(?:if|had|were)\b[^.!?;\n]{{0,150}}?{_TOLD}|{_TOLD}[^.!?;\n]{{0,40}}? (?:if|had|were)\b"
    r"[^.!?;\n]{0,150}"
)
_STILL_DENIES = expression(r"\b(?:not|never|NT) (?:[\w'’]+ ){0,2}$")
_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"\s+")
_ODD_SPACE = re.compile(r"[^\S ]|  ")


@dataclass(eq=False)
class Clause:
    """A term and the words around it, as far as its clause reaches.

    Each question is answered when asked: most are asked of few terms.
    """

    before: str
    after: str
    term: str
    pattern: str
    sides: Sides
    may_deny: bool
    """There is a word in the text without which nothing is denied."""

    @property
    def is_denied(self) -> bool:
        """The clause says that this was not it: "not the price", "no complaints about"."""
        return self.may_deny and self._is_denied

    @property
    def _is_denied(self) -> bool:
        return not self._is_denied_twice and denial.is_denied(
            self.before, self.term, self.after, self.pattern
        )

    @property
    def is_plainly_denied(self) -> bool:
        """A bare subject after a denied "to be": "it wasn't price"."""
        return bool(_BE_NOT_BEFORE.search(self.before))

    @property
    def is_excused(self) -> bool:
        """Named as being in order: "the price was fine"."""
        return bool(_EXCUSED_AFTER.search(self.after))

    @property
    def is_negated(self) -> bool:
        """An ordinary negation stands close before it, or inside it: "not expensive"."""
        if not self.may_deny:
            return False
        if denial.is_negated_inside(self.term, self.pattern):
            return True
        near = self._near
        is_negated = DENIES.search(near) is not None and not ASSERTED_BEFORE.search(near)
        return is_negated and not self._is_denied_twice

    @property
    def tone(self) -> int:
        """-1, 0 or 1: the judgement nearest to it."""
        return tone.tone(self._near, self.after.partition(",")[0])

    @property
    def side(self) -> str:
        """`theirs` where a rival is spoken of, `ours` where we are, else `unsaid`."""
        return self.sides.side(self._near, self.after, self.term)

    @property
    def is_their_fault(self) -> bool:
        """A complaint about a rival: "theirs was too expensive"."""
        return self.sides.is_their_fault(self._near, self.after, self.term)

    @property
    def is_our_merit(self) -> bool:
        """A comparison that we win: "you were", "your offer was" stands right before it."""
        return is_our_merit(self._near, self.term + self.after)

    @property
    def is_unmatched(self) -> bool:
        """A comparison that nobody wins over us: "nobody was cheaper than you"."""
        return is_unmatched(self._near, self.term, self.after)

    @property
    def _is_denied_twice(self) -> bool:
        """Not that it was not expensive."""
        rest = denial.framed(self.before, "") if "not" in self.before else None
        return rest is not None and _STILL_DENIES.search(rest) is not None

    @property
    def _near(self) -> str:
        return self.before.rpartition(",")[2]


class Scopes:
    """The clauses of one text."""

    def __init__(self, text: str, sides: Sides) -> None:
        """`text` is in lower case."""
        self._text, self._sides = text.replace("’", "'"), sides
        words = frozenset(_WORD.findall(text))
        self._may_deny = not words.isdisjoint(denial.WORDS)
        ends = _STOP if words.isdisjoint(_CONTRAST) else _STOP_OR_CONTRAST
        self._ends = [match.start() for match in ends.finditer(text)]
        self._taken_back = _taken_back(text)
        self._is_even = _ODD_SPACE.search(text) is None

    def clause(self, start: int, end: int, pattern: str) -> Clause:
        """The clause around a term, which was found by `pattern`."""
        first = bisect_left(self._ends, start)
        left = self._ends[first - 1] + 1 if first else 0
        last = bisect_left(self._ends, end)
        right = self._ends[last] if last < len(self._ends) else len(self._text)
        return Clause(
            before=self._slice(max(left, start - REACH), start),
            after=self._slice(end, min(right, end + REACH)),
            term=self._slice(start, end),
            pattern=pattern,
            sides=self._sides,
            may_deny=self._may_deny,
        )

    def _slice(self, start: int, end: int) -> str:
        """White space as single spaces, so that the patterns need not say so."""
        part = self._text[start:end]
        return part if self._is_even else _SPACES.sub(" ", part)

    def is_taken_back(self, start: int) -> bool:
        """The sentence asks and says no, or says what would have been."""
        place = bisect_right(self._taken_back, (start, len(self._text)))
        return place > 0 and start < self._taken_back[place - 1][1]


def _taken_back(text: str) -> list[tuple[int, int]]:
    found = []
    if "?" in text:
        found += [match.span() for match in _ANSWERED_NO.finditer(text)]
    if "would" in text:
        found += [match.span() for match in _UNREAL.finditer(text)]
    return sorted(found)
