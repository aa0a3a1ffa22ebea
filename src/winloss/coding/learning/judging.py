"""What the learner says of texts: the reasons above its cut with their slices, and its doubts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from winloss.coding.codebook import Codebook
from winloss.coding.learning import evidence
from winloss.coding.learning.evidence import Span
from winloss.coding.learning.features import Passage
from winloss.coding.learning.learner import Learner
from winloss.coding.rules.codes import Code, Stance

if TYPE_CHECKING:
    from winloss.coding.learning.model import Judged

MAYBE = 0.25
"""How sure of a reason that is not given we may be and still say that none applies."""

Place = tuple[int, int]
"""A text and the column of a reason."""


class Said(NamedTuple):
    """A text to judge."""

    text_hash: str
    stance: Stance
    passage: Passage


class Judgement(NamedTuple):
    """All the learner says of one text."""

    codes: tuple[Code, ...]
    """Reasons above the cut, each with a slice; `strength` ranks them for the first place."""
    guess: Code | None
    """The likeliest reason where none is above the cut, if some slice speaks for it."""
    first: str
    """The reason it would put first."""
    first_is_right: float
    """The share of texts in which that was right, where it was as sure as here."""
    is_open: bool
    """No reason is above the cut, and one may well apply."""


def judge(learner: Learner, codebook: Codebook, texts: Sequence[Said]) -> list[Judgement]:
    """One judgement per text, by a model that has not seen it; none depends on the others."""
    places: dict[int | None, list[int]] = {}
    for place, said in enumerate(texts):
        places.setdefault(learner.fold(said.text_hash), []).append(place)
    found: dict[int, Judgement] = {}
    for fold, rows in places.items():
        judged = _Judge(learner, codebook, fold).judge([texts[row] for row in rows])
        found |= dict(zip(rows, judged, strict=True))
    return [found[place] for place in range(len(texts))]


class _Judge:
    """The judge of the texts that one model may judge."""

    def __init__(self, learner: Learner, codebook: Codebook, fold: int | None) -> None:
        self._features, self._model = learner.features, learner.model(fold)
        self._may_guess = learner.always_guesses
        self._has_one = learner.is_single_choice
        self._polarities = learner.polarities
        self._reasons = [codebook.reasons[reason] for reason in codebook.given]

    def judge(self, texts: Sequence[Said]) -> list[Judgement]:
        judged = self._model.judge(self._features.read([said.passage for said in texts]))
        wanted = [
            (row, column)
            for row, margins in enumerate(judged.margins.tolist())
            for column in _wanted(margins, may_guess=self._may_guess)
        ]
        slices = self._slices(texts, wanted)
        judgements = self._judgements(judged, slices)
        if not self._has_one:
            return judgements
        return [_guessed(*each) for each in zip(judgements, texts, strict=True)]

    def _judgements(self, judged: "Judged", slices: dict[Place, Code]) -> list[Judgement]:
        sure = self._model.sure(judged)
        codes: list[list[Code]] = [[] for _ in sure]
        guesses: list[Code | None] = [None] * len(sure)
        for (row, column), code in slices.items():
            full = code._replace(
                confidence=float(sure[row, column]), strength=float(judged.firsts[row, column])
            )
            if judged.margins[row, column] > 0:
                codes[row].append(full)
            else:
                guesses[row] = full
        firsts = [self._reasons[column].reason for column in judged.firsts.argmax(axis=1)]
        right = self._model.sure_of_first(judged).tolist()
        is_open = (self._may_guess | (sure.max(axis=1) >= MAYBE)).tolist()
        rows = zip(codes, guesses, firsts, right, is_open, strict=True)
        return [Judgement(tuple(found), *row) for found, *row in rows]

    def _slices(self, texts: Sequence[Said], wanted: Sequence[Place]) -> dict[Place, Code]:
        """The codes wanted, each with its slice: the rules' where they heard the reason."""
        heard = [{code.reason: code for code in said.passage.heard} for said in texts]
        found = {
            (row, column): code
            for row, column in wanted
            if (code := heard[row].get(self._reasons[column].reason)) is not None
        }
        unheard = [place for place in wanted if place not in found]
        asked = [(texts[row].passage, column) for row, column in unheard]
        spans = evidence.spans(self._model, self._features, asked)
        carried = [(place, span) for place, span in zip(unheard, spans, strict=True) if span]
        spots = evidence.spots(
            self._model,
            self._features,
            [(texts[row].passage.text, span, column) for (row, column), span in carried],
        )
        for ((row, column), span), spot in zip(carried, spots, strict=True):
            code = self._code(texts[row], column, span, spot)
            if code is not None:
                found[row, column] = code
        return found

    def _code(self, said: Said, column: int, span: Span, spot: Span) -> Code | None:
        """The code of a slice; None where the words around its weightiest one take it back."""
        reason = self._reasons[column].reason
        polarity = self._polarities.polarity(said.passage.text, spot, reason, said.stance)
        return None if polarity is None else Code(reason, polarity, *span, 0.0)


def _guessed(judgement: Judgement, said: Said) -> Judgement:
    """A text of which nothing speaks for a reason gets the likeliest, as a guess for all of it."""
    if judgement.codes or judgement.guess:
        return judgement
    text = said.passage.text
    start = len(text) - len(text.lstrip())
    guess = Code(judgement.first, "neutral", start, len(text.rstrip()), 0.0)
    return judgement._replace(guess=guess._replace(confidence=judgement.first_is_right))


def _wanted(margins: Sequence[float], *, may_guess: bool) -> list[int]:
    """The columns above the cut; where there is none, the likeliest as a guess."""
    above = [column for column, margin in enumerate(margins) if margin > 0]
    if above or not may_guess:
        return above
    return [max(range(len(margins)), key=lambda column: (margins[column], -column))]
