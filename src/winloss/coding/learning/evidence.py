"""The slice of a text that carries a reason the learner gives: without one it is not given."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from winloss.coding.learning.features import Passage
from winloss.coding.rules.codes import Code
from winloss.quotes import clauses, sentences

if TYPE_CHECKING:
    from winloss.coding.learning.features import Features
    from winloss.coding.learning.model import Model

LEAST = 0.05
"""What a passage's words must add to a score that runs from -1 to 1, to be evidence at all."""

Span = tuple[int, int]

_WORD = re.compile(r"\w[\w'’]*")


def passages(text: str, heard: Sequence[Code]) -> dict[Span, Passage]:
    """The sentences of a text and their clauses, each with the codes heard inside it."""
    spans = [span for whole in sentences(text) for span in (whole, *clauses(text, *whole))]
    return {span: Passage(text[slice(*span)], _inside(heard, *span)) for span in spans}


def spans(
    model: "Model", features: "Features", asked: Sequence[tuple[Passage, int]]
) -> list[Span | None]:
    """For each text and the column of a reason, the passage that speaks most for it.

    It is the sentence or clause whose own words add most to the reason's score; None where none
    adds as much as LEAST.
    """
    parts = [passages(*asking) for asking, _ in asked]
    everything = [passage for part in parts for passage in part.values()]
    own = model.own(features.read(everything)) if everything else None
    found: list[Span | None] = []
    start = 0
    for part, (_, column) in zip(parts, asked, strict=True):
        scores = own[start : start + len(part), column].tolist() if own is not None else []
        start += len(part)
        found.append(_best(list(part), scores))
    return found


def spots(
    model: "Model", features: "Features", asked: Sequence[tuple[str, Span, int]]
) -> list[Span]:
    """For each slice of a text and the column of a reason, the word that speaks most for it."""
    if not asked:
        return []
    parts = [words(text, span) for text, span, _ in asked]
    pairs = zip(asked, parts, strict=True)
    single = features.single([text[slice(*word)] for (text, *_), part in pairs for word in part])
    found: list[Span] = []
    start = 0
    for part, (*_, column) in zip(parts, asked, strict=True):
        weights = model.weigh(single[start : start + len(part)], column)
        found.append(part[int(weights.argmax())])
        start += len(part)
    return found


def words(text: str, span: Span) -> list[Span]:
    """The words of a slice, as spans of the text; the slice itself where it has none."""
    return [match.span() for match in _WORD.finditer(text, *span)] or [span]


def _inside(heard: Sequence[Code], start: int, end: int) -> tuple[Code, ...]:
    """The codes heard between two places, with their places in that passage."""
    return tuple(
        code._replace(start=code.start - start, end=code.end - start)
        for code in heard
        if start <= code.start and code.end <= end
    )


def _best(spans: Sequence[Span], scores: Sequence[float]) -> Span | None:
    """The span with the highest score; of equals the first, then the longest."""
    ranked = sorted((-score, span[0], -span[1]) for span, score in zip(spans, scores, strict=True))
    if not ranked or -ranked[0][0] < LEAST:
        return None
    return ranked[0][1], -ranked[0][2]
