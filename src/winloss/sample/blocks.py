"""What the sample's customers answer to the questions of a lens: `lenses/<lens>.yaml`.

Each file holds, by question ref:

- `answers`: weights in the order of the choices, of the scale from 1 to 5, or of [yes, no]; by
  kind of form, `any` for all others. Where `several` may be ticked, the share of each choice.
- `left_empty`: the share of those asked who skip the question; a tenth where nothing is said.
- `words`: texts for open questions, with the `share` that writes at all, and `when`: other
  answers beside which they make sense (ref -> the values that fit). A text may be for certain
  kinds of form, and have a `when` of its own: `{kinds: [cancellation], when: …, text: …}`.
- `days`: for dates, days before the decision, [from, to].
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from winloss.sample.words import FOLDER, data
from winloss.typeform.surveys import forms
from winloss.typeform.surveys.forms import Question

Value = str | int | bool | date | tuple[str, ...]
"""A text, a choice's ref or several, a step of a scale, a yes or no, or a day."""

_SKIPPED = 0.1
_USES = 2


@cache
def _said() -> Mapping[str, Mapping[str, Any]]:
    """Part of a lens file -> question ref -> what stands there."""
    merged: dict[str, dict[str, Any]] = {}
    for path in sorted((FOLDER / "lenses").glob("*.yaml")):
        for part, by_ref in data(f"lenses/{path.name}").items():
            merged.setdefault(part, {}).update(by_ref)
    return merged


@cache
def _core(kind: str) -> tuple[Question, ...]:
    screens = [screen for screen in forms.form(kind).screens if screen != "block"]
    return tuple(asked for screen in screens for asked in screen)


@cache
def names(kind: str) -> tuple[str, ...]:
    """The blocks that rotate in a kind of form."""
    return tuple(block.name for block in _blocks(kind))


@cache
def is_drawn_here(kind: str, ref: str) -> bool:
    """Whether a question is of a block, or a lens file says how a core question is answered."""
    if ref not in {asked.ref for asked in _core(kind)}:
        return True
    said = _said()
    weights = said.get("answers", {}).get(ref, {})
    elsewhere = (said.get(part, {}) for part in ("words", "days"))
    return kind in weights or "any" in weights or any(ref in by_ref for by_ref in elsewhere)


class Blocks:
    """Answers the questions of blocks, and the core questions that a lens brought along."""

    def __init__(self) -> None:
        """Start with every text unused."""
        self._used: Counter[str] = Counter()

    def answers(
        self,
        rng: random.Random,
        kind: str,
        block: str,
        core: Mapping[str, Any],
        decided_on: date | None = None,
    ) -> dict[str, Value]:
        """What one respondent answers beside their `core` answers, in a form with `block`."""
        told: dict[str, Value] = {}
        for asked in _shown(kind, block):
            value = self._answer(rng, kind, asked, {**core, **told}, decided_on)
            if value is not None:
                told[asked.ref] = value
        return told

    def _answer(
        self,
        rng: random.Random,
        kind: str,
        asked: Question,
        so_far: Mapping[str, Any],
        decided_on: date | None,
    ) -> Value | None:
        said = _said()
        if asked.ref in said.get("words", {}):
            return self._text(rng, kind, said["words"][asked.ref], so_far)
        if rng.random() < said.get("left_empty", {}).get(asked.ref, _SKIPPED):
            return None
        if asked.type == "date":
            return _day(rng, said.get("days", {}).get(asked.ref), decided_on)
        weights = said.get("answers", {}).get(asked.ref, {})
        drawn_from = weights.get(kind, weights.get("any"))
        return _drawn(rng, asked, drawn_from) if drawn_from else None

    def _text(
        self,
        rng: random.Random,
        kind: str,
        words: Mapping[str, Any],
        so_far: Mapping[str, Any],
    ) -> str | None:
        if rng.random() >= words.get("share", 0.6) or not _makes_sense(words, so_far):
            return None
        fitting = [text for text in _texts(words, kind, so_far) if self._used[text] < _USES]
        if not fitting:
            return None
        fewest = min(self._used[text] for text in fitting)
        found = rng.choice([text for text in fitting if self._used[text] == fewest])
        self._used[found] += 1
        return found


def _shown(kind: str, block: str) -> Iterator[Question]:
    yield from (asked for asked in _core(kind) if is_drawn_here(kind, asked.ref))
    for each in _blocks(kind):
        if each.name == block:
            yield from each.questions


@cache
def _blocks(kind: str) -> tuple[forms.Block, ...]:
    """The blocks of a kind of form, read once."""
    return forms.blocks(kind)


def _makes_sense(words: Mapping[str, Any], so_far: Mapping[str, Any]) -> bool:
    return all(so_far.get(ref) in fitting for ref, fitting in words.get("when", {}).items())


def _texts(words: Mapping[str, Any], kind: str, so_far: Mapping[str, Any]) -> Iterator[str]:
    for entry in words["texts"]:
        if isinstance(entry, str):
            yield entry.strip()
        elif kind in entry["kinds"] and _makes_sense(entry, so_far):
            yield entry["text"].strip()


def _drawn(rng: random.Random, asked: Question, weights: list[float]) -> Value:
    if asked.type == "yes_no":
        return rng.choices((True, False), weights)[0]
    if asked.type == "opinion_scale":
        return rng.choices((1, 2, 3, 4, 5), weights)[0]
    choices = list(asked.choices)
    if asked.several:
        ticked = [one for one, share in zip(choices, weights, strict=True) if rng.random() < share]
        return tuple(ticked or choices[-1:])
    return rng.choices(choices, weights)[0]


def _day(rng: random.Random, days: tuple[int, int] | None, decided_on: date | None) -> date | None:
    if days is None or decided_on is None:
        return None
    return decided_on - timedelta(days=rng.randint(*days))
