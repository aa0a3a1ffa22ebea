"""What the words around a term do to it: deny it, excuse it, praise it, or give it to a rival.

Everything is decided inside the clause: sentence ends and words of contrast end a scope, a comma
ends it for all but lists ("no complaints about price, onboarding or support"). Two readings go
over a whole sentence: a question that is answered with no, and what would have been said if it
had been so.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from winloss.coding.rules import denial, tone
from winloss.coding.rules.denial import Denials
from winloss.coding.rules.roles import DENIES, EVERY, JUDGES, RIVALS, ROLES, SIDES
from winloss.coding.rules.sides import Sides, is_our_merit, is_unmatched
from winloss.coding.rules.speech import ASSERTED_BEFORE, BE_NOT, DENIES_BEFORE, SOFTLY, expression

REACH = 120
"""Characters looked at on either side."""

_SIGN = re.compile(r"[.!?;:\n—]")
_STOP = re.compile(r"[.!?;:\n—]|\s[-–]\s")
_TURNS = (
    r"\b(?:(?<!anything )but|however|although|though|yet|whereas|while|except|instead(?! of))\b"
)
_TURN = re.compile(_TURNS)
_STOP_OR_CONTRAST = re.compile(rf"{_STOP.pattern}|{_TURNS}")
_CONTRAST = ("but", "however", "though", "yet", "whereas", "while", "except", "instead")
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
_NOWHERE = Denials(before=False, inside=False, after=False, bits=0)
_ANYWHERE = Denials(before=True, inside=True, after=True, bits=EVERY)
_ODD_SPACE = re.compile(r"[^\S ]|  ")


class _Stretch:
    """What lies between two ends of a scope, with what its words may do to a term in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.roles = ROLES.of(_WORD.findall(text, start, end))
        self.denials = _denials(text, start, end) if self.roles & DENIES else ()

    def denies(self, start: int, end: int) -> Denials:
        """Where words that deny stand, seen from a term."""
        first, last = bisect_left(self.denials, start), bisect_left(self.denials, end)
        return Denials(first > 0, last > first, last < len(self.denials), self.roles)


class Clause:
    """A term and the words around it, as far as its clause reaches.

    Each question is answered when asked: most are asked of few terms, and only where the words
    are there without which the answer is no.
    """

    __slots__ = ("_end", "_pattern", "_roles", "_scopes", "_start", "_stretch", "_words")

    def __init__(
        self, scopes: "Scopes", stretch: _Stretch, start: int, end: int, pattern: str
    ) -> None:
        """The clause around `text[start:end]`, which was found by `pattern`."""
        self._scopes, self._stretch, self._pattern = scopes, stretch, pattern
        self._start, self._end = start, end
        self._roles, self._words = stretch.roles, _NOWHERE
        if stretch.end - stretch.start > REACH:
            # What is looked at may begin or end within a word.
            self._roles = EVERY if scopes.may_deny else EVERY & ~DENIES
            self._words = _ANYWHERE if scopes.may_deny else _NOWHERE
        elif stretch.denials:
            self._words = stretch.denies(start, end)

    @property
    def before(self) -> str:
        """What stands before the term, up to a certain length."""
        return self._scopes.slice(max(self._stretch.start, self._start - REACH), self._start)

    @property
    def term(self) -> str:
        """What says the term."""
        return self._scopes.slice(self._start, self._end)

    @property
    def after(self) -> str:
        """What stands after the term, up to a certain length."""
        return self._scopes.slice(self._end, min(self._stretch.end, self._end + REACH))

    @property
    def is_denied(self) -> bool:
        """The clause says that this was not it: "not the price", "no complaints about"."""
        if not self._roles & DENIES:
            has_gap = ".." in self._pattern and self._scopes.may_deny
            return has_gap and denial.is_claimed_inside(self.term, self._pattern)
        return not self._is_denied_twice and denial.is_denied(
            self.before, self.term, self.after, self._pattern, self._words
        )

    @property
    def is_plainly_denied(self) -> bool:
        """A bare subject after a denied "to be": "it wasn't price"."""
        return self._may_be_denied_before and _BE_NOT_BEFORE.search(self.before) is not None

    @property
    def is_excused(self) -> bool:
        """Named as being in order: "the price was fine"."""
        return _EXCUSED_AFTER.match(self.after) is not None

    @property
    def is_negated(self) -> bool:
        """An ordinary negation stands close before it, or inside it: "not expensive"."""
        if self._words.inside and denial.is_negated_inside(self.term, self._pattern):
            return True
        if not self._words.before:
            return False
        near = self._near
        is_negated = DENIES_BEFORE.search(near) is not None and not ASSERTED_BEFORE.search(near)
        return is_negated and not self._is_denied_twice

    @property
    def tone(self) -> int:
        """-1, 0 or 1: the judgement nearest to it."""
        if not self._roles & (DENIES | JUDGES):
            return 0
        return tone.tone(self._near, self.after.partition(",")[0])

    @property
    def side(self) -> str:
        """`theirs` where a rival is spoken of, `ours` where we are, else `unsaid`."""
        sides = self._scopes.sides
        if not self._roles & SIDES and not sides.has_names:
            return "unsaid"
        return sides.side(self._near, self.after, self.term)

    @property
    def is_their_fault(self) -> bool:
        """A complaint about a rival: "theirs was too expensive"."""
        sides = self._scopes.sides
        if not self._roles & RIVALS and not sides.has_names:
            return False
        return sides.is_their_fault(self._near, self.after, self.term)

    @property
    def is_our_merit(self) -> bool:
        """A comparison that we win: "you were", "your offer was" stands right before it."""
        return bool(self._roles & SIDES) and is_our_merit(self._near, self.term + self.after)

    @property
    def is_unmatched(self) -> bool:
        """A comparison that nobody wins over us: "nobody was cheaper than you"."""
        return is_unmatched(self._near, self.term, self.after)

    @property
    def _is_long(self) -> bool:
        return self._stretch.end - self._stretch.start > REACH

    @property
    def _may_be_denied_before(self) -> bool:
        return self._is_long or self._words.before

    @property
    def _is_denied_twice(self) -> bool:
        """Not that it was not expensive."""
        if not self._words.before:
            return False
        before = self.before
        rest = denial.framed(before, "", self._words.bits) if "not" in before else None
        return rest is not None and _STILL_DENIES.search(rest) is not None

    @property
    def _near(self) -> str:
        return self.before.rpartition(",")[2]


class Scopes:
    """The clauses of one text."""

    def __init__(self, text: str, sides: Sides) -> None:
        """`text` is in lower case."""
        self._text, self.sides = text.replace("’", "'"), sides
        self._ends = _ends(text)
        self._stretches: dict[int, _Stretch] = {}
        self._taken_back = _taken_back(text)
        self._is_even = _is_even(text)

    @cached_property
    def may_deny(self) -> bool:
        """There is a word in the text without which nothing is denied."""
        return not denial.WORDS.isdisjoint(_WORD.findall(self._text))

    def clause(self, start: int, end: int, pattern: str) -> Clause:
        """The clause around a term, which was found by `pattern`."""
        first, last = bisect_left(self._ends, start), bisect_left(self._ends, end)
        left = self._ends[first - 1] + 1 if first else 0
        right = self._ends[last] if last < len(self._ends) else len(self._text)
        stretch = self._stretches.get(left)
        if stretch is None or stretch.end != right:
            stretch = self._stretches[left] = _Stretch(self._text, left, right)
        return Clause(self, stretch, start, end, pattern)

    def slice(self, start: int, end: int) -> str:
        """White space as single spaces, so that the patterns need not say so."""
        part = self._text[start:end]
        return part if self._is_even else _SPACES.sub(" ", part)

    def is_taken_back(self, start: int) -> bool:
        """The sentence asks and says no, or says what would have been."""
        if not self._taken_back:
            return False
        place = bisect_right(self._taken_back, (start, len(self._text)))
        return place > 0 and start < self._taken_back[place - 1][1]


def _denials(text: str, start: int, end: int) -> Sequence[int]:
    return [word.start() for word in _WORD.finditer(text, start, end) if ROLES[word[0]] & DENIES]


def _ends(text: str) -> list[int]:
    """Where a scope ends."""
    may_turn = any(map(text.__contains__, _CONTRAST))
    if "-" in text or "–" in text:
        stop = _STOP_OR_CONTRAST if may_turn else _STOP
        return [match.start() for match in stop.finditer(text)]
    found = [match.start() for match in _SIGN.finditer(text)]
    if not may_turn:
        return found
    return sorted([*found, *(match.start() for match in _TURN.finditer(text))])


def _is_even(text: str) -> bool:
    """Whether all white space is single spaces."""
    return (text.isprintable() and "  " not in text) or _ODD_SPACE.search(text) is None


def _taken_back(text: str) -> Sequence[tuple[int, int]]:
    if "?" not in text and "would" not in text:
        return ()
    found = []
    if "?" in text:
        found += [match.span() for match in _ANSWERED_NO.finditer(text)]
    if "would" in text:
        found += [match.span() for match in _UNREAL.finditer(text)]
    return sorted(found)
