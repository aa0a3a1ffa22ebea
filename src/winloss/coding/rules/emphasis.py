"""How much weight a text itself gives its parts: what decided, what it grants, what was an excuse.

A cue points forward in its sentence ("what tipped it was …"; at a sentence's end, to the next one),
back at what was just said ("that told me everything"), or plays a part down ("cost mattered,
I won't pretend otherwise", "I ticked price because it is the easy answer").
"""

import re
from bisect import bisect_left, bisect_right

from winloss.coding.rules.cues import Cue, Kind, cues

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


class Emphasis:
    """The cues of one text, by sentence."""

    def __init__(self, text: str) -> None:
        """Finds them once; each question after that costs little."""
        self._rows: dict[tuple[int, Kind], _Row] = {}
        found = list(cues(text))
        if found:
            self._starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
            self._stops = [*self._starts[1:], len(text)]
            self._file(text, found)

    def of(self, start: int, end: int) -> float:
        """What the text adds to, or takes from, the strength of a term at `start` to `end`."""
        if not self._rows:
            return 0.0
        place = self._sentence(start)
        turn = self._rows.get((place, "turn"))
        strength = TURNED if turn and turn.ends[0] <= start else 0.0
        if self._is_granted(place, start, end, turn):
            return strength + GRANTED
        return strength + (DECISIVE if self._is_decisive(place, end) else 0.0)

    def _file(self, text: str, found: list[Cue]) -> None:
        """Cues by sentence and kind, each with how far it points on.

        That is to the end of its sentence, or to what is only added there; what is granted ends
        with a comma.
        """
        for cue in found:
            place = self._sentence(cue.start)
            ends = _COMMA if cue.kind == "ahead" else _ADDED
            added = ends.search(text, cue.end + 1, self._stops[place])
            row = self._rows.setdefault((place, cue.kind), _Row())
            row.add(cue, added.start() if added else self._stops[place])

    def _is_decisive(self, place: int, end: int) -> bool:
        rows = self._rows
        forward, back = rows.get((place, "forward")), rows.get((place, "back"))
        if (forward and forward.reach(end) >= end) or (back and back.starts[-1] >= end):
            return True
        before, after = rows.get((place - 1, "forward")), rows.get((place + 1, "back"))
        if before and self._stops[place - 1] - before.ends[-1] <= _CLOSING:
            return True
        return bool(after and after.starts[0] - self._stops[place] <= _OPENING)

    def _is_granted(self, place: int, start: int, end: int, turn: "_Row | None") -> bool:
        """True where the sentence plays the term down, and no turn stands between the two."""
        ahead, behind = self._rows.get((place, "ahead")), self._rows.get((place, "behind"))
        spans = []
        if ahead:
            last = bisect_right(ahead.ends, start) - 1
            if last >= 0 and start < ahead.reaches[last]:
                spans.append((ahead.ends[last], start))
        if behind:
            first = bisect_left(behind.starts, end)
            if first < len(behind.starts):
                spans.append((end, behind.starts[first]))
        return any(turn is None or not turn.is_between(*span) for span in spans)

    def _sentence(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1


class _Row:
    """The cues of one kind in one sentence, in order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.reaches: list[int] = []

    def add(self, cue: Cue, reach: int) -> None:
        self.starts.append(cue.start)
        self.ends.append(max(cue.end, self.ends[-1] if self.ends else 0))
        self.reaches.append(max(reach, self.reaches[-1] if self.reaches else 0))

    def reach(self, end: int) -> int:
        """How far the cues that begin before a place point."""
        before = bisect_left(self.starts, end)
        return self.reaches[before - 1] if before else 0

    def is_between(self, start: int, end: int) -> bool:
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] <= end
