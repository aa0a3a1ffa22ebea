"""Proposes which question of ours each question of somebody else's form asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from winloss.typeform.mapping.hints import hints
from winloss.typeform.mapping.measure import LEAST, ChoiceMatch, Measure, Pair
from winloss.typeform.mapping.theirs import TheirForm, Theirs, plain, their_form
from winloss.typeform.surveys.forms import Question, blocks, form

_NEAR_BEST = 0.9
CONSENT = ("may_see", "may_quote")
"""Written without a person's yes only where their wording is ours, word for word."""


@dataclass(frozen=True)
class Match:
    """What is proposed for one question of theirs."""

    theirs: Theirs
    ours: Question | None
    """Nothing where none of ours is like it, or none could be read from it."""
    strength: float
    why: str
    choices: tuple[ChoiceMatch, ...] = ()
    is_rotating: bool = False
    """Whether ours stands in a rotating block."""

    @property
    def ours_ref(self) -> str:
        """The ref of ours; empty where nothing is proposed."""
        return self.ours.ref if self.ours else ""

    @property
    def is_consent(self) -> bool:
        """Whether it governs what may be shown or quoted."""
        return self.ours is not None and self.ours.ref in CONSENT

    @property
    def is_ours_verbatim(self) -> bool:
        """Whether it is ours, title and choices word for word, so that nothing is guessed."""
        if self.ours is None:
            return False
        theirs = sorted(_folded(choice.label) for choice in self.theirs.choices)
        ours = sorted(_folded(label) for label in self.ours.choices.values())
        return _folded(self.theirs.title) == _folded(self.ours.title) and theirs == ours


@dataclass(frozen=True)
class Proposal:
    """A mapping for one form, and what it cannot do."""

    kind: str
    form: TheirForm
    matches: tuple[Match, ...]
    """One per question of theirs, in the order asked."""
    unasked: tuple[Question, ...]
    """Our core questions that nothing of theirs asks."""
    unsent: tuple[str, ...]
    """Our hidden fields the form does not carry."""
    without: Mapping[str, str] = field(default_factory=dict)
    """Question ref or hidden field -> what a report cannot say without it."""

    def questions(self, *, with_consent: bool) -> dict[str, str]:
        """Their ref -> ours, where the two differ."""
        return {
            match.theirs.ref: match.ours_ref
            for match in self._written(with_consent=with_consent)
            if match.theirs.ref != match.ours_ref
        }

    def choices(self, *, with_consent: bool) -> dict[str, dict[str, str]]:
        """Our question ref -> their choice, by ref and by label -> our choice ref.

        By ref, since a label may be reworded; by label, since older answers have no ref.
        """
        made = {
            match.ours_ref: {
                name: choice.ref
                for choice in match.choices
                for name in (choice.theirs.ref, choice.theirs.label)
                if name and choice.theirs.ref != choice.ref
            }
            for match in self._written(with_consent=with_consent)
        }
        return {ref: known for ref, known in made.items() if known}

    @property
    def titles(self) -> dict[str, str]:
        """Their ref -> their wording."""
        return {match.theirs.ref: match.theirs.title for match in self.matches}

    @property
    def doubtful_consent(self) -> tuple[Match, ...]:
        """Consent that only a person can read into their wording."""
        return tuple(
            match for match in self.matches if match.is_consent and not match.is_ours_verbatim
        )

    def _written(self, *, with_consent: bool) -> list[Match]:
        doubtful = () if with_consent else self.doubtful_consent
        return [match for match in self.matches if match.ours and match not in doubtful]


def propose(kind: str, body: bytes, folder: Path | None = None) -> Proposal:
    """Which question of ours each of theirs asks, in a form of that kind.

    Every question of ours is used once at most; the pairs are those whose strengths add up to
    the most. Nothing is proposed under `LEAST`. Raises FormError for an unknown kind or a
    definition that is no form.
    """
    known, theirs, source = hints(folder), their_form(body), form(kind, folder)
    core = [each for screen in source.screens if screen != "block" for each in screen]
    rotating = [each for block in blocks(kind, folder) for each in block.questions]
    ours = [*core, *rotating]
    measure = Measure.of(kind, ours, known)
    pairs = [[measure.pair(each, question) for question in ours] for each in theirs.questions]
    chosen = _assigned([_counted(row) for row in pairs])
    matches = tuple(
        _match(each, ours, row, chosen.get(place), rotating)
        for place, (each, row) in enumerate(zip(theirs.questions, pairs, strict=True))
    )
    used = {match.ours.ref for match in matches if match.ours}
    return Proposal(
        kind=kind,
        form=theirs,
        matches=matches,
        unasked=tuple(each for each in core if each.ref not in used),
        unsent=tuple(name for name in source.hidden if name not in (*theirs.hidden, "form_kind")),
        without=known.without,
    )


def _counted(row: Sequence[Pair]) -> list[float]:
    """The strengths of one of theirs that may be proposed; what is far from its best is none.

    Without that, the second of two questions alike would be pushed to one it does not ask.
    """
    best = max((pair.strength for pair in row), default=0.0)
    return [pair.counted if pair.strength >= _NEAR_BEST * best else 0.0 for pair in row]


def _folded(text: str) -> str:
    return plain(text).casefold()


def _assigned(strengths: list[list[float]]) -> dict[int, int]:
    """Row -> column, each used once, the strengths adding up to the most."""
    if not strengths or not strengths[0]:
        return {}
    rows, columns = linear_sum_assignment(np.array(strengths), maximize=True)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if strengths[row][column] > 0
    }


def _match(
    theirs: Theirs,
    ours: Sequence[Question],
    row: Sequence[Pair],
    column: int | None,
    rotating: Sequence[Question],
) -> Match:
    if column is not None:
        pair, chosen = row[column], ours[column]
        return Match(theirs, chosen, pair.strength, pair.like, pair.choices, chosen in rotating)
    if theirs.is_withheld:
        return Match(theirs, None, 0.0, "contact details, files and links are never read")
    best = max(range(len(row)), key=lambda place: row[place].strength)
    pair = row[best]
    if pair.strength < LEAST:
        return Match(theirs, None, pair.strength, "nothing of ours is like it")
    why = pair.obstacle or "another of its questions is nearer"
    return Match(theirs, None, pair.strength, f"{pair.like} ({ours[best].ref}), but {why}")
