"""A form as it is at Typeform as a page, whoever wrote it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from winloss.errors import FormError
from winloss.surveying.pages import CONTROLS, EITHER, Asked, Page, Part, length, told
from winloss.typeform.mapping.theirs import Theirs, question_of, without_markup

_GROUPS = ("group", "inline_group", "contact_info", "matrix")

MOST_STEPS = 11
"""No scale of Typeform's is longer; a page of millions of buttons would read none of them."""


def of_typeform(body: bytes) -> Page:
    """Any form, from a definition as sent; raises FormError when it is none."""
    try:
        definition = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
        fields = [field for field in definition["fields"] if isinstance(field, dict)]
    except (ValueError, KeyError, TypeError) as error:
        raise FormError("That is no form: its definition has no list of fields.") from error
    hidden = tuple(told([str(name) for name in definition.get("hidden") or ()]))
    types = [each.type for each in _questions(fields)]
    jumps = definition.get("logic") or []
    return Page(
        title=without_markup(definition.get("title")) or "(no title)",
        origin=f"The form {definition.get('id')}, as it is at Typeform today.",
        length=length(types, len(types), len(fields))
        + (" Its jumps decide which of them a respondent sees." if jumps else ""),
        parts=tuple(_their_parts(fields)),
        thanks=tuple(_titles(definition.get("thankyou_screens"))),
        hidden=hidden,
        is_nameless=bool(hidden) and all(words for words, _ in hidden),
    )


def _questions(fields: list[dict[str, Any]]) -> Iterator[Theirs]:
    for field in fields:
        inside = _inside(field)
        for each in [field] if inside is None else inside:
            if isinstance(each, dict) and each.get("type") != "statement":
                yield question_of(each)


def _inside(field: Mapping[str, Any]) -> list[Any] | None:
    """What a group shows together; None where the field is no group."""
    if field.get("type") not in _GROUPS:
        return None
    return _mapping(field.get("properties")).get("fields") or []


def _their_parts(fields: list[dict[str, Any]]) -> Iterator[Part]:
    question_number = 0
    for place, field in enumerate(fields, start=1):
        inside = _inside(field)
        shown = [field] if inside is None else inside
        numbered = [
            _their_asked(each, str(question_number + step))
            for step, each in enumerate(shown, start=1)
            if isinstance(each, dict)
        ]
        question_number += len(numbered)
        title = "" if inside is None else without_markup(field.get("title"))
        yield Part(f"Screen {place}", title, tuple(numbered))


def _their_asked(field: Mapping[str, Any], number: str) -> Asked:
    theirs = question_of(field)
    properties, labels = _mapping(field.get("properties")), _labels(field)
    return Asked(
        number=number,
        ref=theirs.ref,
        title=theirs.title,
        description=without_markup(properties.get("description")),
        control=CONTROLS.get(theirs.type, theirs.type.replace("_", " ")),
        is_required=bool(_mapping(field.get("validations")).get("required")),
        choices=tuple(choice.label for choice in theirs.choices) or EITHER.get(theirs.type, ()),
        has_other=bool(properties.get("allow_other_choice")),
        is_several=theirs.is_several,
        is_shuffled=bool(properties.get("randomize")),
        steps=_steps(theirs),
        ends=(without_markup(labels.get("left")), without_markup(labels.get("right"))),
    )


def _steps(theirs: Theirs) -> tuple[int, ...]:
    if theirs.scale is None:
        return ()
    lowest, highest = theirs.scale
    return tuple(range(lowest, min(highest, lowest + MOST_STEPS - 1) + 1))


def _titles(screens: object) -> Iterator[str]:
    for screen in screens if isinstance(screens, list) else []:
        if title := without_markup(_mapping(screen).get("title")):
            yield title


def _labels(field: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(_mapping(field.get("properties")).get("labels"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
