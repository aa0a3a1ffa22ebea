"""The rows of a sheet: one text each, and what others made of it where that may be seen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import polars as pl

from winloss.coding.codebook import Codebook
from winloss.quotes import Names, strangers
from winloss.reviewing import ids
from winloss.reviewing.ids import Draw, Key
from winloss.reviewing.shown import Shown, Span
from winloss.warehouse.reviewing import Known

_SIDES = {"against": "against us", "for": "for us", "none": "nothing decided"}
_DECISIONS = {
    "lost": "they did not buy",
    "won": "they bought",
    "cancelled": "they left",
    "renewed": "they renewed",
}
_BY_FORM = {"lost_deal": "lost", "won_deal": "won", "cancellation": "cancelled"}


@dataclass(frozen=True)
class Suggestion:
    """One reason that the coder, or one of two people, gave a text."""

    reason: str
    label: str
    is_primary: bool
    polarity: str | None
    """None where a person did not say it."""
    start: int
    end: int
    """The span in the text as shown; empty where a person showed none."""
    is_guess: bool = False
    person: int = 0
    """In a dispute the first or the second of two people, never named; else 0."""


@dataclass(frozen=True)
class Opinion:
    """What one person made of a disputed text."""

    person: int
    suggestions: tuple[Suggestion, ...]
    """None where they found that no reason applies."""


@dataclass(frozen=True)
class Row:
    """One text of a sheet. Nothing in it says who wrote the text, to whom or when."""

    name: str
    draw: Draw
    stance: str
    question: str
    decision: str
    text: str
    suggestions: tuple[Suggestion, ...]
    opinions: tuple[Opinion, ...]
    """Only in a dispute."""
    check: tuple[str, ...]
    """Words that might be a stranger's name."""


@dataclass(frozen=True)
class Sheet:
    """A sheet before it is written."""

    name: str
    made_on: date
    rows: tuple[Row, ...]


def rows(
    sheet: str, drawn: Iterable[Mapping[str, Any]], known: Known, codebook: Codebook
) -> tuple[Row, ...]:
    """The rows of a sheet, for texts as `sampling.drawn` gives them."""
    codes, people = _by_key(known.codes), _by_key(known.people)
    return tuple(_row(sheet, text, known, _Made(codebook, codes, people)) for text in drawn)


@dataclass(frozen=True)
class _Made:
    """What the coder and people made of every text."""

    codebook: Codebook
    codes: Mapping[Key, list[dict[str, Any]]]
    people: Mapping[Key, list[dict[str, Any]]]


def _row(sheet: str, text: Mapping[str, Any], known: Known, made: _Made) -> Row:
    draw, key = ids.DRAWS[text["letter"]], _key(text)
    shown = Shown.of(text["text"], known.names)
    is_settling = draw.sample == "disputed"
    codes = [] if draw.is_blind or is_settling else made.codes.get(key, [])
    people = made.people.get(key, []) if is_settling else []
    return Row(
        name=ids.row_name(known.salt, sheet, text["letter"], key),
        draw=draw,
        stance=text["stance"],
        question=Shown.of(text["question_title"] or "", known.names).text,
        decision=_decision(text),
        text=shown.text,
        suggestions=_suggestions(shown, codes, made.codebook),
        opinions=tuple(_opinions(shown, people, made.codebook)),
        check=check_words(shown, known.names),
    )


def check_words(shown: Shown, names: Names) -> tuple[str, ...]:
    """Words of the text that might be a stranger's name, each once, as shown."""
    text = shown.masked.original
    return tuple(dict.fromkeys(text[start:end] for start, end in strangers(text, names)))


def _decision(text: Mapping[str, Any]) -> str:
    side = _SIDES[text["stance"]]
    kind = text["decision_kind"] or _BY_FORM.get(text["form_kind"], "")
    return f"{side}: {_DECISIONS[kind]}" if kind in _DECISIONS else side


def _suggestions(
    shown: Shown, codes: Iterable[Mapping[str, Any]], codebook: Codebook, person: int = 0
) -> tuple[Suggestion, ...]:
    """The main reason first, then in the order of the text."""
    found = [
        Suggestion(
            reason=code["reason"],
            label=label(codebook, code["reason"]),
            is_primary=bool(code["is_primary"]),
            polarity=code["polarity"],
            start=start,
            end=end,
            is_guess=bool(code.get("is_suggested")),
            person=person,
        )
        for code in codes
        if code["reason"] is not None
        for start, end in (_placed(shown, code),)
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_primary, one.start, one.reason)))


def _placed(shown: Shown, code: Mapping[str, Any]) -> Span:
    start, end = code["span_start"], code["span_end"]
    return (0, 0) if start is None or end is None else shown.placed(start, end)


def _opinions(shown: Shown, people: list[dict[str, Any]], codebook: Codebook) -> Iterator[Opinion]:
    """Each person's coding, in the order of what they said, so that the order names nobody."""
    by_person = [list(codes) for _, codes in groupby(people, key=lambda code: code["reviewer"])]
    by_person.sort(key=lambda codes: sorted(code["reason"] or "" for code in codes))
    for person, codes in enumerate(by_person, start=1):
        yield Opinion(person, _suggestions(shown, codes, codebook, person))


def label(codebook: Codebook, reason: str) -> str:
    """A reason's label; its code where the codebook has it no more."""
    known = codebook.reasons.get(reason)
    return known.label if known else reason


def _by_key(frame: pl.DataFrame) -> dict[Key, list[dict[str, Any]]]:
    order = [name for name in ("reviewer", "span_start", "reason") if name in frame.columns]
    found: dict[Key, list[dict[str, Any]]] = {}
    for each in frame.sort("text_hash", "stance", *order).to_dicts():
        found.setdefault(_key(each), []).append(each)
    return found


def _key(row: Mapping[str, Any]) -> Key:
    return row["text_hash"], row["stance"]
