"""Checks the mapping of a customer's own form: what it names must be there, and be readable."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from winloss.settings import FormSettings
from winloss.typeform.mapping.hints import hints
from winloss.typeform.mapping.reading import unreadable
from winloss.typeform.mapping.theirs import Theirs, their_form, without_markup
from winloss.typeform.surveys.authoring import survey
from winloss.typeform.surveys.difference import CLOSED, Difference, What, quoted
from winloss.typeform.surveys.forms import Form, Question, blocks, form

_UNNEEDED = ("form_kind", "block")
"""winloss.toml says the kind, and a customer's own form has no blocks of ours."""


@dataclass(frozen=True)
class Mapped:
    """What a check of a mapping found."""

    differences: tuple[Difference, ...]
    """What is wrong, the most serious first."""
    unasked: tuple[str, ...]
    """What no question of theirs asks, and what a report cannot say without it."""


def mapped(definition: Mapping[str, Any], entry: FormSettings) -> Mapped:
    """Check a form's mapping against the form as fetched.

    A question of theirs that has a ref of ours needs no mapping. Raises FormError for an
    unknown kind and for a definition that is no form.
    """
    source = form(entry.kind)
    ours = {asked.ref: asked for asked in _ours(source)}
    theirs = {each.ref: each for each in their_form(json.dumps(definition).encode()).questions}
    named = {ref: ref for ref in theirs if ref in ours} | dict(entry.questions)
    pairs = {ref: to for ref, to in named.items() if ref in theirs and to in ours}
    found = [
        *_names(named, theirs, ours, entry.kind),
        *(_reading(theirs[ref], ours[to]) for ref, to in pairs.items()),
        *_choices(entry, {to: theirs[ref] for ref, to in pairs.items()}, ours),
        *_carried(definition, source, entry),
    ]
    told = sorted((each for each in found if each), key=lambda each: each.what)
    return Mapped(tuple(told), tuple(_unasked(source, set(pairs.values()))))


def _ours(source: Form) -> Iterator[Question]:
    yield from _core(source)
    yield from (asked for block in blocks(source.kind) for asked in block.questions)


def _core(source: Form) -> Iterator[Question]:
    for screen in source.screens:
        if screen != "block":
            yield from screen


def _names(
    named: Mapping[str, str],
    theirs: Mapping[str, Theirs],
    ours: Mapping[str, Question],
    kind: str,
) -> Iterator[Difference]:
    for ref, to in named.items():
        if ref not in theirs:
            text = f"the form asks no {ref}, which is mapped to {to}"
            yield Difference(What.MISSING, to, text)
        if to not in ours:
            text = f"{ref} is mapped to {to}, and no form of kind {kind} asks that"
            yield Difference(What.MISSING, to, text)
    for to, count in Counter(named.values()).items():
        if count > 1:
            both = [ref for ref, each in named.items() if each == to]
            text = f"{' and '.join(both)} all count as {to}; map one of them"
            yield Difference(What.EXTRA, to, text)


def _reading(theirs: Theirs, ours: Question) -> Difference | None:
    why = unreadable(theirs, ours, hints().any_length)
    if not why:
        return None
    text = f"{theirs.ref} ({theirs.type}) can not be read as {ours.ref}: {why}"
    return Difference(What.TYPE, ours.ref, text)


def _choices(
    entry: FormSettings, pairs: Mapping[str, Theirs], ours: Mapping[str, Question]
) -> Iterator[Difference]:
    for ref, known in entry.choices.items():
        if ref not in pairs:
            text = f"choices of {ref} are mapped, and no question of the form is read as {ref}"
            yield Difference(What.CHOICE_MISSING, ref, text)
            continue
        there = {name for each in pairs[ref].choices for name in (each.ref, each.label)}
        for name, to in known.items():
            if name not in there and without_markup(name) not in there:
                text = f"{ref}: {pairs[ref].ref} has no choice {quoted(name)}, mapped to {to}"
                yield Difference(What.CHOICE_MISSING, ref, text)
            if to not in ours[ref].choices:
                text = f"{ref}: {quoted(name)} is mapped to {to}, which is no choice of {ref}"
                yield Difference(What.CHOICE_MISSING, ref, text)
    for ref, theirs in pairs.items():
        known = entry.choices.get(ref, {})
        names = {*known, *map(without_markup, known), *ours[ref].choices}
        for each in theirs.choices if ours[ref].choices else ():
            if not names & {each.ref, each.label}:
                text = f"{ref}: the choice {quoted(each.label)} is mapped to nothing"
                yield Difference(What.CHOICE_EXTRA, ref, text)


def _carried(
    definition: Mapping[str, Any], source: Form, entry: FormSettings
) -> Iterator[Difference]:
    found = survey(definition)
    unneeded = _UNNEEDED if entry.signed else (*_UNNEEDED, "sig")
    for name in source.hidden:
        if name not in (*found.hidden, *unneeded):
            yield Difference(What.HIDDEN, "", f"the hidden field {name} is missing")
    if not found.is_open:
        yield Difference(What.CLOSED, "", CLOSED)


def _unasked(source: Form, asked: set[str]) -> Iterator[str]:
    without = hints().without
    for each in _core(source):
        if each.ref not in asked:
            yield f"nothing asks {each.ref}. {without.get(each.ref, '')}".rstrip()
