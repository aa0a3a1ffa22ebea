"""How much weight a text itself gives its parts: what decided, what it grants, what was an excuse.

A cue points forward in its sentence ("what tipped it was …"; at a sentence's end, to the next one),
back at what was just said ("that told me everything"), or plays a part down ("cost mattered,
I won't pretend otherwise", "I ticked price because it is the easy answer").
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

DECISIVE = 3.0
"""Strength of what a text calls decisive: a subject so named outdoes a complaint."""
GRANTED = -2.0
"""What it takes from a complaint that the text grants, plays down or calls an excuse."""
TURNED = 1.0
"""Strength of what stands behind a "but"."""

_OPENING = 14
"""Characters into a sentence up to which a cue that points back means the sentence before."""
_CLOSING = 4
"""Characters between a cue that points forward and a sentence end, up to which it points on."""

_ADDED = re.compile(r"[,;] (?:and|plus|also|while|with)\b")
_COMMA = re.compile(r"[,;]")
_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)|\n|[!?]+")


def _cues(*texts: str) -> re.Pattern[str]:
    """One expression for all; every apostrophe may be missing or curly."""
    return re.compile(rf"\b(?:{'|'.join(texts)})".replace("'", "['’]?"))


_FACTOR = (
    r"(?:reason|factor|issue|problem|thing|point|concern|blocker|argument|cause|worry|obstacle"
    r"|question|driver|trouble|sticking point|stumbling block|difficulty)"
)
_DECIDED = (
    r"(?:decided|tipped|killed|made|did it|did for|convinced|finally|won|lost|swung|settled|sealed"
    r"|finished|broke|put us off|counted|mattered|really mattered|clinched|stopped|scared|got us"
    r"|cost you|sank|drove|pushed|turned)"
)
_FORWARD = _cues(
    rf"(?:main|real|true|actual|primary|biggest|deciding|decisive|key|final|number one|principal"
    rf"|sole|underlying|root|whole|big|main thing|only) {_FACTOR}\b",
    rf"what (?:really |actually |finally |in the end )?{_DECIDED}\b",
    r"(?:in the end|at the end of the day|when it came to it|ultimately|above all"
    r"|first and foremost|mostly|mainly|chiefly|primarily|honestly|the truth is"
    r"|truth is|truth be told|in truth"
    r"|to be honest|in all honesty|if i(?:'m| am) honest|frankly|in fact|really it was"
    r"|it was really)\b",
    r"(?:deal[ -]?breaker|show[ -]?stopper|last straw|final straw|tipping point|turning point"
    r"|breaking point|sticking point|stumbling block|clincher|nail in the coffin)\b",
    r"(?:came|comes|come|boil(?:ed|s)|was|is) down to\b",
    r"the (?:reason|trouble|problem|thing|catch|snag|rub|difference)"
    r" (?:we|was|is|i|for|why|with|being)\b",
    rf"(?:that|which)(?:'s| is| was)? (?:why|what {_DECIDED})\b",
    r"(?:lost|cost you) (?:us|it|the deal)\b",
    r"(?:tipped|killed|decided|swung|settled|clinched) (?:it|us|against|for|the)\b",
    r"(?:we|i) (?:left|cancelled|canceled|chose|went|decided|quit|stopped|switched|walked"
    r"|moved|turned you down|said no|passed)(?: [\w'’]+){0,3}? (?:because|since|due to|over)\b",
    r"(?:so|and so|which meant|until|then) (?:we|i) (?:left|cancelled|switched|walked away"
    r"|gave up)\b",
    r"it was (?:the|your|their|our) [\w'’]+(?: [\w'’]+)? that\b",
    r"(?:what|all) (?:we|i) (?:really |actually )?(?:needed|wanted|were after|was after|asked for)"
    r" (?:was|were)\b",
)
_BACK = _cues(
    r"(?:that|this|it|which) (?:was|is|'s) (?:that|it|enough|the end|a no|a deal|why|the moment"
    r"|when (?:we|i)|where (?:you|we|i)|all (?:there|it)|the whole|the reason|the point)\b",
    rf"(?:that|this|it|which)(?:'s| is| was)? (?:what )?(?:really |pretty much |more or less )?"
    rf"{_DECIDED}(?: (?:it|us|me|you|the deal|for us))?\b",
    r"(?:that|this|it|which) (?:told|said|says|tells|showed)(?: (?:me|us|you))? "
    r"(?:everything|it all|all|enough|a lot|plenty)\b",
    r"after (?:that|which)\b(?! we (?:tried|asked))",
    r"end of(?: (?:story|the story|discussion|conversation))?\W*$",
    r"(?:enough said|say no more|simple as that|game over|case closed|thanks? but no thanks?)\b",
    r"and (?:that|there) (?:it was|was that|you (?:lost|had) (?:us|me|it))\b",
)
_GRANTED_AHEAD = _cues(
    r"(?:although|though|even though|while|whilst|granted|admittedly|of course|sure|true"
    r"|fair enough|yes|no complaints?|leaving aside|aside from)\b,?",
    r"(?:i|we) (?:just |only |simply )?(?:ticked|clicked|marked|logged|put down|wrote down|picked"
    r"|selected|chose)\b(?= (?:the )?(?:box )?[\w ]{3,25}(?:because|since|as|for|but|,|$))",
    r"(?:on the (?:form|scorecard|face of it)|on paper|officially|the official (?:reason|line)"
    r"|for the record)\b",
)
_GRANTED_BEHIND = _cues(
    r"(?:matters?|mattered|counts?|counted|played (?:a|its|some) (?:part|role)|came into it"
    r"|did(?:n't| not) help|was a factor|was (?:one|part) of it|was on the)\b",
    r"i (?:won't|wouldn't|can't|don't) (?:pretend|deny|lie)\b",
    r"(?:was|is|'s)(?: [\w]+)? (?:an?|the|my|our|what) (?:[\w]+ )?(?:excuse|pretext|easy|story"
    r"|polite|box|official|answer (?:nobody|no one)|version|cover|we (?:said|told|ticked|put))\b",
    r"(?:box|reason|answer) (?:i|we)(?:'ve| have)? (?:ticked|gave|put|picked|chose|clicked)\b",
    r"(?:aside|apart),",
)
_TURN = _cues(r"(?:but|however|actually|yet|really it was|instead|rather)\b")
_ANY = {
    "forward": _FORWARD,
    "back": _BACK,
    "ahead": _GRANTED_AHEAD,
    "behind": _GRANTED_BEHIND,
    "turn": _TURN,
}


@dataclass(frozen=True)
class _Cue:
    kind: str
    start: int
    end: int
    reach: int
    """How far it points on: to the end of its sentence, or to what is only added there; what is
    granted ends with a comma."""


class Emphasis:
    """The cues of one text, by sentence."""

    def __init__(self, text: str) -> None:
        """Finds them once; each question after that costs little."""
        self._starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
        self._stops = [*self._starts[1:], len(text)]
        self._cues: dict[int, list[_Cue]] = {}
        for kind, pattern in _ANY.items():
            for match in pattern.finditer(text):
                place = self._sentence(match.start())
                ends = _COMMA if kind == "ahead" else _ADDED
                added = ends.search(text, match.end() + 1, self._stops[place])
                reach = added.start() if added else self._stops[place]
                cue = _Cue(kind, match.start(), match.end(), reach)
                self._cues.setdefault(place, []).append(cue)

    def of(self, start: int, end: int) -> float:
        """What the text adds to, or takes from, the strength of a term at `start` to `end`."""
        if not self._cues:
            return 0.0
        place = self._sentence(start)
        own = self._cues.get(place, [])
        strength = TURNED if any(cue.kind == "turn" and cue.end <= start for cue in own) else 0.0
        if self._is_granted(own, start, end):
            return strength + GRANTED
        return strength + (DECISIVE if self._is_decisive(place, end) else 0.0)

    def _is_decisive(self, place: int, end: int) -> bool:
        for cue in self._cues.get(place, []):
            if cue.kind == "forward" and cue.start < end <= cue.reach:
                return True
            if cue.kind == "back" and cue.start >= end:
                return True
        before, after = self._cues.get(place - 1, []), self._cues.get(place + 1, [])
        return any(
            cue.kind == "forward" and self._stops[place - 1] - cue.end <= _CLOSING for cue in before
        ) or any(cue.kind == "back" and cue.start - self._stops[place] <= _OPENING for cue in after)

    @staticmethod
    def _is_granted(own: list[_Cue], start: int, end: int) -> bool:
        """True where the sentence plays the term down, and no turn stands between the two."""
        turns = [cue.start for cue in own if cue.kind == "turn"]
        for cue in own:
            if cue.kind == "ahead" and cue.end <= start < cue.reach:
                between = (cue.end, start)
            elif cue.kind == "behind" and cue.start >= end:
                between = (end, cue.start)
            else:
                continue
            if not any(between[0] <= turn <= between[1] for turn in turns):
                return True
        return False

    def _sentence(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1
