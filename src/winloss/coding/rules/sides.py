"""Whose doing a clause speaks of: ours, a rival's, or nobody says."""

import re
from collections.abc import Iterable

from winloss.coding.rules.speech import expression

_NOUN = (
    r"(?:competitors?'?s?|rivals?'?s?|the others?'?|other (?:supplier|vendor|provider|company|tool"
    r"|product|platform|system|one|side|offer)s?|another (?:supplier|vendor|provider|company|one)"
    r"|elsewhere|alternatives?|the competition|theirs|whoever won|the winner"
)
_US = expression(r"\b(?:you|your|yours|you're|you'd|we felt you|winning)\b")
_THEY = expression(r"\b(?:they|they're|they'd|them|their)\b")
_COMPARED = expression(
    r"\b(?:better|cheaper|faster|quicker|easier|simpler|stronger|sooner|more|less|than|lower|nicer"
    r"|friendlier|best|clearer|already)\b"
)
_THAN_US = expression(r"\bthan (?:you|yours|your|us|ours)\b")
_WE_ARE = expression(
    r"\b(?:you|yours|your(?: \w+){1,2}) (?:was|were|is|are|had|have) (?:[\w]+ ){0,2}$"
)
_NOBODY = expression(r"\b(?:nobody|no one|noone|none|nothing)(?: else)? (?:\w+ ){0,2}$")
_BETTER = re.compile(r"(?:better|cheaper|faster|quicker|easier|stronger|nicer|clearer|lower)\b")
_IS = (
    r"(?: \w+)? (?:was|were|is|are|had|have|has|seemed|would be|came in|worked out|turned out)"
    r" (?:\w+ ){0,2}$"
)


class Sides:
    """The words for rivals: the general ones, and the names this programme knows."""

    def __init__(self, rivals: Iterable[str] = ()) -> None:
        """`rivals`: names of competitors and their other spellings, in any case."""
        names = sorted({" ".join(name.lower().split()) for name in rivals if name.strip()})
        self.has_names = bool(names)
        known = "".join(rf"|{re.escape(name)}(?:'s)?" for name in names)
        noun = f"{_NOUN}{known})"
        self._named = expression(rf"\b{noun}(?!\w)")
        self._compared = expression(
            r"\b(?:than|unlike|compared (?:to|with)|next to|against|versus|vs|beside)"
            rf" (?:the )?{noun}"
        )
        self._after = expression(
            rf"^(?:[^,]{{0,30}} )?(?:at|from|with|by|of|on) (?:the )?{noun}(?!\w)|^ elsewhere\b"
        )
        self._than = expression(rf"\bthan (?:{noun}|them|their|anyone|anybody|everyone|the rest)")
        self._theirs_is = expression(
            rf"\b(?:{noun}(?:'s?)?(?: \w+)?{_IS}|{noun}(?:'s?)? (?:\w+ )?$)"
        )

    def side(self, before: str, after: str, term: str) -> str:
        """`theirs` where a rival is spoken of, `ours` where we are, else `unsaid`."""
        said = term + after
        if _THAN_US.search(said):
            return "theirs"
        if self._than.search(said):
            return "ours"
        lead = self._compared.sub(" ", before)
        rival, us = _last(self._named, lead), _last(_US, lead)
        if rival > us or self._named.search(term):
            return "theirs"
        if us < 0 and self._after.search(after):
            return "theirs"
        if us < 0 and _THEY.search(before) and _COMPARED.search(said):
            return "theirs"
        return "ours" if us >= 0 or _US.search(term) else "unsaid"

    def is_their_fault(self, before: str, after: str, term: str) -> bool:
        """A complaint whose subject is a rival: "theirs was too expensive", "dearer than you"."""
        if _THAN_US.search(term + after):
            return not _US.search(before)
        return self._theirs_is.search(self._compared.sub(" ", before)) is not None


def is_our_merit(before: str, after: str) -> bool:
    """A comparison that we win: "you were", "your offer was" stands right before it."""
    return _WE_ARE.search(before) is not None and _THAN_US.search(after) is None


def is_unmatched(before: str, term: str, after: str) -> bool:
    """Nobody does better than we: "nobody was cheaper than you", "no one has better support"."""
    if _NOBODY.search(before) is None:
        return False
    return _BETTER.match(term) is not None or _US.search(term + after) is not None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match begins; -1 where there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
