"""What the words after a name say of it: what a person does, and what only a person is."""

from collections.abc import Sequence
from typing import Literal

from winloss.quotes.strangers import cues
from winloss.quotes.strangers.tokens import Word

_SPACE = " \t\u00a0"


def acting(after: Sequence[Word]) -> Literal["surely", "maybe", "no"]:
    """Whether the words after, the nearest first, are of what a person does or is.

    `surely` after `lied`, `told us`, `never called`, `was rude` and their like; `maybe` after
    what is said of little else.
    """
    near = _joined(after)
    does = [word for word in near if word not in cues.OFTEN][:3]
    if not does:
        return "no"
    first, *rest = does
    if _is_personal(first, rest) or (first in cues.SAID and "never" in near[: near.index(first)]):
        return "surely"
    return "maybe" if first in cues.SAID else "no"


def _joined(after: Sequence[Word]) -> list[str]:
    """The words that follow with nothing but space between, folded; `and Ben` skipped."""
    near: list[Word] = []
    for word in after:
        if word.is_first or word.gap.strip(_SPACE):
            break
        near.append(word)
    if len(near) > 1 and near[0].folded == "and" and near[1].is_capital:
        near = near[2:]
    return [word.folded for word in near]


def _is_personal(first: str, rest: Sequence[str]) -> bool:
    """`lied`, `told us`, `was rude`, `did not call`."""
    if first in cues.SWORE:
        return True
    if first in cues.TOLD:
        return bool(rest) and rest[0] in cues.HEARERS
    if first in cues.BEING:
        return any(word in cues.MANNERS for word in rest[:1])
    return first in cues.DOING and any(word in cues.DEEDS for word in rest[:2])
