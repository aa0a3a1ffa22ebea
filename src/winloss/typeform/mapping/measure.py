"""How strongly a question of theirs asks one of ours: by its wording, its type and its choices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from winloss.typeform.mapping.hints import Hints
from winloss.typeform.mapping.likeness import Likeness
from winloss.typeform.mapping.reading import unreadable
from winloss.typeform.mapping.theirs import Choice, Theirs
from winloss.typeform.surveys.forms import Question

LEAST = 0.5
"""The strength from which a question is proposed, 0 to 1."""
LEAST_VAGUE = 0.7
"""The same where the wording that is like theirs is vague."""
LEAST_CHOICE = 0.55
"""The same for one choice of a list."""
_OTHER = frozenset(
    {"other", "others", "else", "something", "someone", "please", "specify", "explain", "reason"}
)
_FEWEST_CHOICES = 2
_TITLE_SHARE = 0.6
"""What the title counts for where the choices tell something too."""
_LEAST_TITLE = 0.35
"""From here on choices may add to a title."""
_TELLING = 5
"""From so many choices on a list tells what is asked; yes, no and maybe tell nothing."""


@dataclass(frozen=True)
class ChoiceMatch:
    """One choice of theirs that means one of ours."""

    theirs: Choice
    ref: str
    strength: float


@dataclass(frozen=True)
class Pair:
    """One of theirs beside one of ours."""

    strength: float
    like: str
    obstacle: str
    """Why its answers could not be read as ours; empty where they can."""
    choices: tuple[ChoiceMatch, ...]
    is_unreadable: bool = False
    """Whether the obstacle lies in what their answers are, not in how their choices are worded."""

    @property
    def counted(self) -> float:
        """The strength where it is enough to be proposed, else nothing."""
        return 0.0 if self.obstacle or self.strength < LEAST else self.strength


@dataclass(frozen=True)
class Measure:
    """Compares questions and choices with ours and with the hints."""

    kind: str
    known: Hints
    titles: Likeness
    labels: Likeness

    @classmethod
    def of(cls, kind: str, ours: Sequence[Question], known: Hints) -> Self:
        """A measure for a form of that kind."""
        titles = [
            text
            for each in ours
            for text in (*known.wordings(kind, each), *known.vague.get(each.ref, ()))
        ]
        labels = [
            label
            for each in ours
            for ref, label in each.choices.items()
            for label in (label, *known.choices.get(each.ref, {}).get(ref, ()))
        ]
        return cls(
            kind,
            known,
            Likeness.among(titles, known.same, has_numbers=False),
            Likeness.among(labels, known.same, has_numbers=True),
        )

    def pair(self, theirs: Theirs, ours: Question) -> Pair:
        """How strongly theirs asks ours, and what stands in the way."""
        obstacle = unreadable(theirs, ours, self.known.any_length)
        alike, like = self._title(theirs, ours)
        if theirs.ref == ours.ref:
            return Pair(1.0, "the same ref", obstacle, self._choices(theirs, ours), bool(obstacle))
        choices = () if obstacle else self._choices(theirs, ours)
        if not ours.choices or obstacle:
            return Pair(alike, f"like “{like}”", obstacle, choices, bool(obstacle))
        named = [each for each in theirs.choices if not is_other(each.label)]
        share = len(choices) / len(named) if named else 0.0
        few = len(choices) < min(_FEWEST_CHOICES, len(ours.choices))
        is_telling = len(ours.choices) >= _TELLING and alike >= _LEAST_TITLE
        blended = round(_TITLE_SHARE * alike + (1 - _TITLE_SHARE) * share, 3)
        return Pair(
            blended if is_telling else alike,
            f"like “{like}”, {len(choices)} of {len(named)} choices",
            "too few of its choices are like ours" if few else "",
            choices,
        )

    def _title(self, theirs: Theirs, ours: Question) -> tuple[float, str]:
        """How like the titles are, and to which of our wordings theirs is."""
        plainly = self.titles.of(theirs.title, self.known.wordings(self.kind, ours))
        vaguely = self.titles.of(theirs.title, self.known.vague.get(ours.ref, ()))
        return max(plainly, vaguely) if vaguely[0] >= LEAST_VAGUE else plainly

    def _choices(self, theirs: Theirs, ours: Question) -> tuple[ChoiceMatch, ...]:
        """Each of their choices with the likest of ours; two of theirs may mean one of ours."""
        found = []
        for choice in theirs.choices:
            if is_other(choice.label) or not ours.choices:
                continue
            scored = [(self._label(choice, ours, ref), ref) for ref in ours.choices]
            strength, ref = max(scored, key=lambda each: each[0])
            if strength >= LEAST_CHOICE:
                found.append(ChoiceMatch(choice, ref, strength))
        return tuple(found)

    def _label(self, choice: Choice, ours: Question, ref: str) -> float:
        others = self.known.choices.get(ours.ref, {}).get(ref, ())
        if choice.ref == ref:
            return 1.0
        return self.labels.of(choice.label, (ours.choices[ref], *others))[0]


def is_other(label: str) -> bool:
    """Whether a choice is their own `Other`, whatever it asks for: it stays what it is."""
    words = set(re.findall(r"\w+", label.lower()))
    return bool(words & {"other", "others", "else"}) and words <= _OTHER
