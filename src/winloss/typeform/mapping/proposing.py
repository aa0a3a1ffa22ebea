"""Proposes which question of ours each question of somebody else's form asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from winloss.settings import FormSettings
from winloss.typeform.mapping.hints import hints
from winloss.typeform.mapping.match import Match
from winloss.typeform.mapping.measure import LEAST, Measure, Pair
from winloss.typeform.mapping.theirs import TheirForm, Theirs, their_form, without_markup
from winloss.typeform.surveys.forms import Question, blocks, form

_NEAR_BEST = 0.9
_OPEN = ("long_text", "short_text")


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
    carried: tuple[str, ...] = ()
    """The hidden fields that our form of the kind carries."""
    without: Mapping[str, str] = field(default_factory=dict)
    """Question ref or hidden field -> what a report cannot say without it."""
    written: FormSettings | None = None
    """What winloss.toml says of the form already: it stays, and it wins."""

    def questions(self, *, with_consent: bool) -> dict[str, str]:
        """Their ref -> ours, where the two differ; what is written already comes first."""
        known = self.written.questions if self.written else {}
        return dict(known) | {
            match.theirs.ref: match.ours_ref
            for match in self._written(with_consent=with_consent)
            if not match.is_yours and match.theirs.ref != match.ours_ref
        }

    def choices(self, *, with_consent: bool) -> dict[str, dict[str, str]]:
        """Our question ref -> their choice, by ref and by label -> our choice ref.

        By ref, since a label may be reworded; by label, since older answers have no ref.
        """
        known = self.written.choices if self.written else {}
        made = {ref: dict(names) for ref, names in known.items()}
        added = {
            match.ours_ref: {
                name: choice.ref
                for choice in match.choices
                for name in (choice.theirs.ref, choice.theirs.label)
                if name and choice.theirs.ref != choice.ref
            }
            for match in self._written(with_consent=with_consent)
        }
        for ref, names in added.items():
            made[ref] = made.get(ref, {}) | names
        return {ref: names for ref, names in made.items() if names}

    def has_news(self, *, with_consent: bool) -> bool:
        """Whether winloss.toml would say more than it does, and something a report can use."""
        if self.written is None:
            return bool(self._written(with_consent=with_consent))
        questions = self.questions(with_consent=with_consent)
        choices = self.choices(with_consent=with_consent)
        return questions != self.written.questions or choices != self.written.choices

    @property
    def gone(self) -> dict[str, str]:
        """Their ref -> ours, where winloss.toml maps a question the form no longer asks."""
        there = {each.ref for each in self.form.questions}
        known = self.written.questions if self.written else {}
        return {ref: to for ref, to in known.items() if ref not in there}

    @property
    def titles(self) -> dict[str, str]:
        """Their ref -> their wording."""
        return {match.theirs.ref: match.theirs.title for match in self.matches}

    @property
    def doubtful_consent(self) -> tuple[Match, ...]:
        """Consent that only a person can read into their wording."""
        return tuple(
            match
            for match in self.matches
            if match.is_consent and match.is_news and not match.is_ours_verbatim
        )

    def _written(self, *, with_consent: bool) -> list[Match]:
        doubtful = () if with_consent else self.doubtful_consent
        return [match for match in self.matches if match.ours and match not in doubtful]


def propose(
    kind: str, body: bytes, written: FormSettings | None = None, folder: Path | None = None
) -> Proposal:
    """Which question of ours each of theirs asks, in a form of that kind.

    What is `written` of the form already stays as it is; only the rest is proposed for. Every
    question of ours is used once at most; the pairs are those whose strengths add up to the
    most. Nothing is proposed under `LEAST`. Raises FormError for an unknown kind or a
    definition that is no form.
    """
    known, theirs, source = hints(folder), their_form(body), form(kind, folder)
    core = [each for screen in source.screens if screen != "block" for each in screen]
    rotating = [each for block in blocks(kind, folder) for each in block.questions]
    ours = [*core, *rotating]
    measure = Measure.of(kind, ours, known)
    kept = written.questions if written else {}
    free = [each for each in ours if each.ref not in kept.values()]
    asked = [each for each in theirs.questions if each.ref not in kept]
    pairs = [[measure.pair(each, question) for question in free] for each in asked]
    chosen = _assigned([_counted(each, row) for each, row in zip(asked, pairs, strict=True)])
    found = iter(
        [
            _match(each, free, row, chosen.get(place), rotating)
            for place, (each, row) in enumerate(zip(asked, pairs, strict=True))
        ]
    )
    matches = tuple(
        _unwritten(
            _yours(each, kept[each.ref], ours, measure, rotating)
            if each.ref in kept
            else next(found),
            written,
        )
        for each in theirs.questions
    )
    used = {*kept.values(), *(match.ours_ref for match in matches)}
    return Proposal(
        kind=kind,
        form=theirs,
        matches=matches,
        unasked=tuple(each for each in core if each.ref not in used),
        unsent=tuple(name for name in source.hidden if name not in (*theirs.hidden, "form_kind")),
        carried=source.hidden,
        without=known.without,
        written=written,
    )


def _yours(
    theirs: Theirs,
    ours_ref: str,
    ours: Sequence[Question],
    measure: Measure,
    rotating: Sequence[Question],
) -> Match:
    """A line that winloss.toml has already, with what could be added to its choices."""
    named = next((each for each in ours if each.ref == ours_ref), None)
    if named is None:
        obstacle = f"no form of kind {measure.kind} asks {ours_ref}"
        return Match(theirs, None, 0.0, obstacle, yours=ours_ref, obstacle=obstacle)
    pair = measure.pair(theirs, named)
    if pair.is_unreadable:
        return Match(theirs, named, 0.0, pair.obstacle, yours=ours_ref, obstacle=pair.obstacle)
    is_rotating = named in rotating
    why = "as winloss.toml says"
    return Match(theirs, named, pair.strength, why, pair.choices, is_rotating, yours=ours_ref)


def _unwritten(match: Match, written: FormSettings | None) -> Match:
    """The match with those choices alone that winloss.toml does not map yet."""
    known = written.choices.get(match.ours_ref, {}) if written else {}
    if not known:
        return match
    names = {*known, *map(without_markup, known)}
    added = tuple(
        each
        for each in match.choices
        if not names & set(filter(None, (each.theirs.ref, each.theirs.label)))
    )
    return replace(match, choices=added, your_choices=known)


def _counted(theirs: Theirs, row: Sequence[Pair]) -> list[float]:
    """The strengths of one of theirs that may be proposed; what is far from its best is none.

    Without that, the second of two questions alike would be pushed to one it does not ask. What
    asks for open words is measured against what of ours does: the list before it sounds alike.
    """
    is_open = theirs.type in _OPEN
    compared = (pair.strength for pair in row if not (is_open and pair.is_unreadable))
    best = max(compared, default=0.0)
    return [pair.counted if pair.strength >= _NEAR_BEST * best else 0.0 for pair in row]


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
    best = max(range(len(row)), key=lambda place: row[place].strength, default=None)
    if best is None:
        return Match(theirs, None, 0.0, "every question of ours is mapped already")
    pair = row[best]
    if pair.strength < LEAST:
        return Match(theirs, None, pair.strength, "nothing of ours is like it")
    why = pair.obstacle or "another of its questions is nearer"
    return Match(theirs, None, pair.strength, f"{pair.like} ({ours[best].ref}), but {why}")
