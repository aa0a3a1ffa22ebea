"""Whether the answers to somebody else's question could be read as answers to ours."""

from collections.abc import Collection

from winloss.typeform.mapping.theirs import Theirs
from winloss.typeform.surveys.forms import Question

_READ_AS = {
    "long_text": ("long_text", "short_text"),
    "short_text": ("short_text", "long_text"),
    "multiple_choice": ("multiple_choice", "dropdown", "picture_choice"),
    "opinion_scale": ("opinion_scale", "rating", "nps"),
    "yes_no": ("yes_no", "legal"),
    "date": ("date",),
}
"""Our type -> the types whose answers Typeform gives in the shape that sql/marts reads."""
_CALLED = {
    "long_text": "open words",
    "short_text": "a line of words",
    "multiple_choice": "a list",
    "opinion_scale": "a scale",
    "yes_no": "yes or no",
    "date": "a date",
}
_FIVE = (1, 5)


def unreadable(theirs: Theirs, ours: Question, any_length: Collection[str]) -> str:
    """Why their answers could not be read as ours, in half a sentence; empty where they can."""
    if theirs.is_withheld:
        return "its answers are never read"
    if theirs.type not in _READ_AS[ours.type]:
        return f"ours is {_CALLED[ours.type]}, so its answers could not be read"
    if ours.type == "multiple_choice" and theirs.is_several and not ours.several:
        return "several may be ticked there, and ours takes the one that weighed most"
    if ours.type == "opinion_scale":
        return _off_scale(theirs, may_have_any_length=ours.ref in any_length)
    return ""


def _off_scale(theirs: Theirs, *, may_have_any_length: bool) -> str:
    if theirs.scale is None:
        return "the form does not say how many steps its scale has"
    if theirs.scale == _FIVE or may_have_any_length:
        return ""
    lowest, highest = theirs.scale
    return f"ours counts steps of 1 to 5, and theirs runs from {lowest} to {highest}"
