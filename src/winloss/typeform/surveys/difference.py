"""One difference between a form at Typeform and what the programme says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

from winloss.wording import plain


class What(IntEnum):
    """What a difference is about; what costs the most answers comes first."""

    MISSING = auto()
    RENAMED = auto()
    TYPE = auto()
    SCALE = auto()
    HIDDEN = auto()
    JUMPS = auto()
    CHOICE_MISSING = auto()
    CLOSED = auto()
    WEBHOOK = auto()
    EXTRA = auto()
    CHOICE_EXTRA = auto()
    SEVERAL = auto()
    OTHER = auto()
    ENDS = auto()
    SCREENS = auto()
    ORDER = auto()
    REQUIRED = auto()
    TITLE = auto()
    DESCRIPTION = auto()
    LABEL = auto()
    SHUFFLED = auto()
    FORM = auto()


_LONGEST = 2_000

CLOSED = "nobody can answer it: open and publish it in Typeform"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it should be."""

    what: What
    ref: str
    """The question it is about, or nothing."""
    text: str
    """In plain words: what Typeform has, and what it should have."""
    change: str = ""
    """What a push does about it, such as `remove job`; nothing: a person has to."""

    def __post_init__(self) -> None:
        """A form's words are anybody's: what is told of them can always be shown."""
        object.__setattr__(self, "text", plain(self.text, _LONGEST))
        object.__setattr__(self, "change", plain(self.change, _LONGEST))


def quoted(text: str) -> str:
    """A text of a form, on one line, as it may be shown."""
    return f'"{plain(text)}"' if text.strip() else "nothing"


def rewording(what: str, theirs: str, ours: str) -> str:
    """How a push says that it puts our text in the place of theirs."""
    return f"reword {what}: {quoted(theirs)} -> {quoted(ours)}"


def moved(theirs: Sequence[str], ours: Sequence[str]) -> list[str]:
    """The fewest of the names both have that must move to bring theirs into our order."""
    common = [name for name in ours if name in theirs]
    places = [theirs.index(name) for name in common]
    runs: list[list[int]] = []
    for here, place in enumerate(places):
        before = [run for run in runs if places[run[-1]] < place]
        runs.append([*_longest(before), here])
    standing = set(_longest(runs))
    return [name for here, name in enumerate(common) if here not in standing]


def _longest(runs: list[list[int]]) -> list[int]:
    found: list[int] = []
    for run in runs:
        found = run if len(run) > len(found) else found
    return found
