"""What rules and learner say of one text, brought together."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from winloss.coding.rules.codes import Code, Stance
from winloss.coding.rules.ranking import AGAINST_STANCE

if TYPE_CHECKING:
    from winloss.coding.learning.judging import Judgement

SURE_ENOUGH = 0.7
"""How sure the learner must be of what it adds to the rules, or puts before them."""
UNSURE = 0.5
"""Less sure than this of the primary reason, that it applies and comes first, a person looks."""

Coded = tuple[Code, str]
"""A code, and the coder that gave it."""


class Merged(NamedTuple):
    """The codes of one text, and whether a person should look at it."""

    codes: tuple[Coded, ...]
    needs_review: bool


def decided(judgement: "Judgement", stance: Stance) -> Merged:
    """The learner's codes: those above its cut, its best guess where there is none."""
    found = judgement.codes
    along = [code for code in found if _goes_along(code, stance)]
    if not along:
        guess = _guess(found, judgement.guess)
        return Merged(guess, needs_review=bool(guess) or judgement.is_open)
    first = max(along, key=_rank)
    codes = tuple((code._replace(is_primary=code is first), "model") for code in found)
    sure = min(judgement.first_is_right, first.confidence)
    return Merged(codes, needs_review=sure < UNSURE)


def added(judgement: "Judgement", rules: Sequence[Code], stance: Stance) -> Merged:
    """The rules' codes, with what the learner is sure to add; it may put another one first."""
    firm = [code for code in rules if not code.is_suggested]
    theirs = {code.reason for code in firm}
    more = [
        code
        for code in judgement.codes
        if code.confidence >= SURE_ENOUGH and code.reason not in theirs
    ]
    coded = [*((code, "rules") for code in firm), *((code, "model") for code in more)]
    along = [code for code, _ in coded if _goes_along(code, stance)]
    if not along:
        guess = tuple((code, "rules") for code in rules) or _guess(judgement.codes, judgement.guess)
        return Merged(guess, needs_review=True)
    first = _first(judgement, firm, along)
    codes = tuple((code._replace(is_primary=code is first), coder) for code, coder in coded)
    disagrees = judgement.first != first.reason
    return Merged(codes, needs_review=disagrees or judgement.first_is_right < UNSURE)


def _first(judgement: "Judgement", firm: Iterable[Code], along: Sequence[Code]) -> Code:
    """The rules' primary code, unless they have none or the learner is sure of another."""
    primary = next((code for code in firm if code.is_primary), None)
    learned = next((code for code in along if code.reason == judgement.first), None)
    if learned is not None and judgement.first_is_right >= SURE_ENOUGH:
        return learned
    return primary or max(along, key=_rank)


def _guess(found: Sequence[Code], guess: Code | None) -> tuple[Coded, ...]:
    best = max(found, key=_rank, default=guess)
    return ((best._replace(is_suggested=True, is_primary=True), "model"),) if best else ()


def _goes_along(code: Code, stance: Stance) -> bool:
    return code.polarity not in AGAINST_STANCE[stance]


def _rank(code: Code) -> tuple[float, int, str]:
    return code.strength, -code.start, code.reason
