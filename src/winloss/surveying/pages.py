"""What a preview shows of a form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winloss import wording
from winloss.surveying.effort import minutes

CONTROLS = {
    "long_text": "words",
    "short_text": "line",
    "email": "line",
    "phone_number": "line",
    "website": "line",
    "number": "line",
    "date": "date",
    "opinion_scale": "scale",
    "rating": "scale",
    "nps": "scale",
    "multiple_choice": "choices",
    "dropdown": "choices",
    "picture_choice": "choices",
    "ranking": "choices",
    "statement": "statement",
    "yes_no": "choices",
    "legal": "choices",
}
EITHER = {"yes_no": ("Yes", "No"), "legal": ("I accept", "I do not accept")}
_WORDS = {
    "form_kind": "which survey it is",
    "account_id": "which account",
    "decision_id": "which decision",
    "block": "which set of questions they are shown",
    "respondent": "which respondent, by an id that says nothing",
    "team": "which team",
    "sig": "a signature, so that nobody answers in their place",
}


@dataclass(frozen=True)
class Asked:
    """One question as a respondent meets it."""

    number: str
    ref: str
    title: str
    description: str
    control: str
    is_required: bool
    choices: tuple[str, ...] = ()
    has_other: bool = False
    is_several: bool = False
    is_shuffled: bool = False
    steps: tuple[int, ...] = ()
    ends: tuple[str, str] = ("", "")


Screen = tuple[Asked, ...]


@dataclass(frozen=True)
class Rotating:
    """One block of a lens."""

    name: str
    """In words, such as `Loyalty: whom`."""
    about: str
    screens: tuple[Screen, ...]


@dataclass(frozen=True)
class Part:
    """One screen, or the place of the rotating block."""

    heading: str = ""
    title: str = ""
    """What respondents see over a screen of several questions."""
    screen: Screen = ()
    blocks: tuple[Rotating, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole form."""

    title: str
    origin: str
    length: str
    """How long it takes and how much it asks, in a sentence."""
    parts: tuple[Part, ...]
    thanks: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    """What the link tells in words, and the name of its hidden field."""
    is_nameless: bool
    """Whether it is known that none of them is a name."""
    survey: str = ""
    """What survey it is, where the kind says so."""
    heading: str = ""
    """What stands over each screen of several questions in a block."""


def length(
    types: Sequence[str], question_count: int, screen_count: int, *, may_be_less: bool = False
) -> str:
    """How long questions of these types take, how many there are and on how many screens."""
    most = "up to " if may_be_less else ""
    return (
        f"About {wording.counted(minutes(types), 'minute')}, "
        f"{most}{wording.counted(question_count, 'question')} on "
        f"{most}{wording.counted(screen_count, 'screen')}."
    )


def told(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The hidden fields in words, those we know first."""
    yield from ((_WORDS[name], name) for name in names if name in _WORDS)
    yield from (("", name) for name in names if name not in _WORDS)
