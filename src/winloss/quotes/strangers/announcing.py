"""What the words before a name say of it."""

from typing import Literal

from winloss.quotes.strangers import cues
from winloss.quotes.strangers.tokens import Word

_SPACE = " \t\u00a0,"
_GREETED = f"{_SPACE}-–—:!\n\r"
"""What may stand between `Regards` and who signs."""
_INTRODUCED = {("i", "am"), ("this", "is"), ("name", "is"), ("name", "was"), ("thank", "you")}


def announced(
    word: Word, one: Word | None, two: Word | None, three: Word | None
) -> Literal["surely", "maybe", "no"]:
    """Whether the words before, the nearest first, announce a person.

    `surely` after a role, a greeting, an introduction and what one does with persons; `maybe`
    after `by`, `from` and their like, which stand before much else.
    """
    if one is None or word.gap.strip(_GREETED):
        return "no"
    if one.folded in cues.THANKED:
        return "surely"
    if word.gap.strip(_SPACE):
        return "no"
    is_role = one.folded in cues.ROLES and not one.ending
    if is_role or one.folded in cues.CALLED or _is_met(one, two, three) or _introduces(one, two):
        return "surely"
    return "maybe" if one.folded in cues.PERSONAL else "no"


def _is_met(one: Word, two: Word | None, three: Word | None) -> bool:
    """`met`, `spoke to`, `thanks to`, `thank you to`."""
    if one.folded in cues.SPOKEN_WITH:
        return True
    if one.folded not in {"to", "with"} or two is None:
        return False
    if two.folded in cues.SPOKEN_WITH | cues.THANKED:
        return True
    return three is not None and (three.folded, two.folded) == ("thank", "you")


def _introduces(one: Word, two: Word | None) -> bool:
    """`I am`, `I'm`, `this is`, `my name is`, `thank you`."""
    if one.folded == "i" and one.ending:
        return one.ending[1:].casefold() == "m"
    return two is not None and (two.folded, one.folded) in _INTRODUCED
