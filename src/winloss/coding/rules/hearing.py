"""What each term found in a text says there: whose merit or fault, and how strongly."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from winloss.coding.codebook import Polarity
from winloss.coding.rules import emphasis, scope
from winloss.coding.rules.codes import Code, Stance
from winloss.coding.rules.finding import Hit
from winloss.coding.rules.sides import Sides

_LIKELY: dict[str, Polarity] = {"against": "ours_bad", "for": "ours_good", "none": "neutral"}
_THEIR_LIKELY: dict[str, Polarity] = {
    "against": "theirs_good",
    "for": "theirs_bad",
    "none": "neutral",
}
_TURNED: dict[Polarity, Polarity] = {"ours_bad": "ours_good", "ours_good": "ours_bad"}
_GIVEN_TO_RIVAL: dict[Polarity, Polarity] = {"ours_bad": "theirs_bad", "ours_good": "theirs_good"}
_LONG = 40
"""Characters of a term's slice that add one to its strength: a longer slice says more."""

_JUDGED = 1.0
"""Strength of a subject that is judged."""

_REQUEST = re.compile(
    r"\W*(?:an?|one|two|three|some|somebody|someone|anyone|anybody|just|only|more|less|fewer|better"
    r"|faster|quicker|cheaper|lower|earlier|sooner|clearer|simpler|shorter|longer|real|proper"
    r"|honest|maybe|probably|perhaps|if|had|having|getting|giving|being|knowing|seeing|asking"
    r"|telling|sending|making|dropping|keeping|letting|showing|fixing|offering|listening|talking"
    r"|answering|calling|ringing|visiting|matching|training|helping|putting|doing|ask|tell|send"
    r"|show|give|keep|call|ring|listen|let|make|fix|offer|answer|lower|drop|train|help|visit)\b"
)
_LOOKING_BACK = re.compile(
    r"\b(?:would|might|could|['’]d)(?: (?:well|probably|still|easily|perhaps))? have (?:stayed"
    r"|signed|bought|chosen|changed|gone with|kept|helped|made the difference|renewed|picked)\b"
)
"""An answer that says what would have changed their mind: it names the reason by its remedy."""
_LONGEST_REQUEST = 240


class Listener:
    """Reads terms in their clause, knowing a codebook's defaults and a programme's rivals."""

    def __init__(self, defaults: Mapping[str, Polarity], rivals: Iterable[str] = ()) -> None:
        """`defaults`: what a bare mention means, by reason; where one lacks, the stance decides."""
        self._defaults = defaults
        self._sides = Sides(rivals)

    def heard(self, text: str, hits: Sequence[Hit], stance: Stance) -> Iterator[Code]:
        """The hits in a text in lower case that stand there, each as a code."""
        if not hits:
            return
        weights = emphasis.Emphasis(text)
        is_request = stance == "against" and _is_request(text)
        for hit, found, is_negated in _standing(hits, scope.Scopes(text, self._sides)):
            likely = self._defaults.get(hit.term.reason) or _LIKELY[stance]
            polarity, strength = _said(hit, found, stance, likely, is_negated=is_negated)
            if polarity is not None:
                polarity = _as_remedy(polarity, found) if is_request else polarity
                strength += weights.of(hit.start, hit.end)
                yield Code(hit.term.reason, polarity, hit.start, hit.end, strength)


def _standing(
    hits: Sequence[Hit], scopes: scope.Scopes
) -> Iterator[tuple[Hit, scope.Clause, bool]]:
    """The hits that are not taken back, with whether they are negated.

    What lies inside a term that is taken back or turned does not speak for the same reason.
    """
    denied: dict[str, int] = {}
    for hit in hits:
        if hit.end <= denied.get(hit.term.reason, 0) or scopes.is_taken_back(hit.start):
            continue
        found = scopes.clause(hit.start, hit.end, hit.term.pattern)
        is_denied, is_negated = found.is_denied, found.is_negated
        if is_denied or is_negated:
            denied[hit.term.reason] = hit.end
        if not is_denied:
            yield hit, found, is_negated


def _as_remedy(polarity: Polarity, found: scope.Clause) -> Polarity:
    """What is asked for was missing with us."""
    if polarity == "ours_good" or (polarity == "theirs_good" and found.side == "unsaid"):
        return "ours_bad"
    return polarity


def _is_request(text: str) -> bool:
    if len(text) > _LONGEST_REQUEST:
        return False
    if _REQUEST.match(text):
        return True
    return "have " in text and _LOOKING_BACK.search(text) is not None


def _said(
    hit: Hit, found: scope.Clause, stance: Stance, likely: Polarity, *, is_negated: bool
) -> tuple[Polarity | None, float]:
    """Whose merit or fault the hit is, None where the clause takes it back; and how strongly."""
    own = hit.term.polarity
    strength = hit.term.weight + min(hit.end - hit.start, _LONG) / _LONG
    if own is None:
        tone = found.tone
        return _of_subject(found, tone, stance, likely), strength + (_JUDGED if tone else 0.0)
    if is_negated:
        return _turned(own, found, stance), strength
    return _of_side(own, found, stance), strength


def _turned(own: Polarity, found: scope.Clause, stance: Stance) -> Polarity | None:
    """The polarity of a term that is negated."""
    if own in {"theirs_good", "ours_good"} and found.is_unmatched:
        return "ours_good"
    if own == "theirs_good" and found.is_our_merit:
        return "ours_bad"
    turned = _TURNED.get(own)
    return None if turned is None or (own == "ours_bad" and stance == "against") else turned


def _of_subject(
    found: scope.Clause, tone: int, stance: Stance, likely: Polarity
) -> Polarity | None:
    """The polarity of a term that only names its subject."""
    if found.is_plainly_denied:
        return None
    if found.is_excused:
        return None if stance == "against" else "ours_good"
    if not tone:
        return _THEIR_LIKELY[stance] if found.side == "theirs" else likely
    polarity: Polarity = "ours_good" if tone > 0 else "ours_bad"
    return _GIVEN_TO_RIVAL[polarity] if found.side == "theirs" else polarity


def _of_side(own: Polarity, found: scope.Clause, stance: Stance) -> Polarity:
    """A term's own polarity, given to the side the clause speaks of."""
    if own == "ours_good":
        return "theirs_good" if found.side == "theirs" else own
    if own == "ours_bad" and found.is_their_fault:
        return "theirs_bad"
    if own == "theirs_good" and found.is_our_merit and not found.term.startswith("undercut"):
        return "ours_good"
    if own == "theirs_good" and stance != "against":
        return own if found.side == "theirs" else "ours_good"
    return own
