"""What a preview shows of a form: of ours as code, or of any as it is at Typeform."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from winloss import wording
from winloss.errors import FormError
from winloss.typeform.mapping.theirs import Theirs, plain, question_of
from winloss.typeform.surveys.forms import Block, Form, Question, blocks, form, lenses

_CONTROLS = {
    "long_text": "words",
    "short_text": "line",
    "email": "line",
    "phone_number": "line",
    "website": "line",
    "number": "line",
    "date": "date",
    "opinion_scale": "scale",
    "rating": "scale",
    "nps": "scale",
    "multiple_choice": "choices",
    "dropdown": "choices",
    "picture_choice": "choices",
    "ranking": "choices",
    "statement": "statement",
    "yes_no": "choices",
    "legal": "choices",
}
_EITHER = {"yes_no": ("Yes", "No"), "legal": ("I accept", "I do not accept")}
_GROUPS = ("group", "inline_group", "contact_info", "matrix")


@dataclass(frozen=True)
class Asked:
    """One question as a respondent meets it."""

    number: str
    ref: str
    title: str
    description: str
    control: str
    is_required: bool
    choices: tuple[str, ...] = ()
    has_other: bool = False
    is_several: bool = False
    is_shuffled: bool = False
    steps: tuple[int, ...] = ()
    ends: tuple[str, str] = ("", "")


Screen = tuple[Asked, ...]


@dataclass(frozen=True)
class Rotating:
    """One block of a lens."""

    lens: str
    name: str
    screens: tuple[Screen, ...]


@dataclass(frozen=True)
class Part:
    """One screen, or the place of the rotating block."""

    heading: str = ""
    screen: Screen = ()
    blocks: tuple[Rotating, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole form."""

    title: str
    origin: str
    length: str
    """How many screens a respondent sees, in a sentence."""
    parts: tuple[Part, ...]
    thanks: tuple[str, ...]
    hidden: tuple[str, ...]


def of_kind(kind: str) -> Page:
    """Our form of a kind; raises FormError where there is none."""
    source, rotating = form(kind), blocks(kind)
    core = [screen for screen in source.screens if screen != "block"]
    most = len(core) + max((len(block.screens) for block in rotating), default=0)
    sentence = f"A respondent sees {wording.counted(most, 'screen')} at most"
    if rotating:
        sentence += f", {wording.number(len(core))} of them always"
    return Page(
        title=source.title,
        origin=f"The form {kind}, as templates/forms/{kind}.yaml has it.",
        length=f"{sentence}.",
        parts=tuple(_parts(source, rotating)),
        thanks=(source.thanks,),
        hidden=source.hidden,
    )


def of_typeform(body: bytes) -> Page:
    """Any form, from a definition as sent; raises FormError when it is none."""
    try:
        definition = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
        fields = [field for field in definition["fields"] if isinstance(field, dict)]
    except (ValueError, KeyError, TypeError) as error:
        raise FormError("That is no form: its definition has no list of fields.") from error
    jumps = definition.get("logic") or []
    return Page(
        title=plain(definition.get("title")) or "(no title)",
        origin=f"The form {definition.get('id')}, as it is at Typeform today.",
        length=f"It has {wording.counted(len(fields), 'screen')}"
        + ("; its jumps decide which of them a respondent sees." if jumps else "."),
        parts=tuple(_their_parts(fields)),
        thanks=tuple(_titles(definition.get("thankyou_screens"))),
        hidden=tuple(str(name) for name in definition.get("hidden") or ()),
    )


def _parts(source: Form, rotating: tuple[Block, ...]) -> Iterator[Part]:
    screen_number = question_number = 0
    for screen in source.screens:
        if screen == "block":
            yield Part(blocks=tuple(_rotating(rotating)))
            continue
        screen_number += 1
        numbers = [str(question_number + place) for place in range(1, len(screen) + 1)]
        question_number += len(screen)
        yield Part(f"Screen {screen_number}", _screen(screen, numbers))


def _rotating(rotating: tuple[Block, ...]) -> Iterator[Rotating]:
    lens_of = {block.name: lens.lens for lens in lenses() for block in lens.blocks}
    for block in rotating:
        letters = iter("abcdefghij")
        screens = tuple(
            _screen(screen, [next(letters) for _ in screen]) for screen in block.screens
        )
        yield Rotating(lens_of[block.name].replace("_", " "), block.name, screens)


def _screen(screen: Sequence[Question], numbers: Sequence[str]) -> Screen:
    return tuple(_asked(each, number) for each, number in zip(screen, numbers, strict=True))


def _asked(ours: Question, number: str) -> Asked:
    return Asked(
        number=number,
        ref=ours.ref,
        title=ours.title,
        description=ours.description,
        control=_CONTROLS[ours.type],
        is_required=ours.required,
        choices=tuple(ours.choices.values()) or _EITHER.get(ours.type, ()),
        has_other=ours.other,
        is_several=ours.several,
        is_shuffled=ours.shuffled,
        steps=(1, 2, 3, 4, 5) if ours.ends else (),
        ends=ours.ends or ("", ""),
    )


def _their_parts(fields: list[dict[str, Any]]) -> Iterator[Part]:
    question_number = 0
    for place, field in enumerate(fields, start=1):
        inside = _mapping(field.get("properties")).get("fields") or []
        shown = [field] if field.get("type") not in _GROUPS else inside
        numbered = [
            _their_asked(each, str(question_number + step))
            for step, each in enumerate(shown, start=1)
            if isinstance(each, dict)
        ]
        question_number += len(numbered)
        title = plain(field.get("title")) if shown is inside else ""
        yield Part(f"Screen {place}{': ' if title else ''}{title}", tuple(numbered))


def _their_asked(field: Mapping[str, Any], number: str) -> Asked:
    theirs = question_of(field)
    properties, labels = _mapping(field.get("properties")), _labels(field)
    return Asked(
        number=number,
        ref=theirs.ref,
        title=theirs.title,
        description=plain(properties.get("description")),
        control=_CONTROLS.get(theirs.type, theirs.type.replace("_", " ")),
        is_required=bool(_mapping(field.get("validations")).get("required")),
        choices=tuple(choice.label for choice in theirs.choices) or _EITHER.get(theirs.type, ()),
        has_other=bool(properties.get("allow_other_choice")),
        is_several=theirs.is_several,
        is_shuffled=bool(properties.get("randomize")),
        steps=_steps(theirs),
        ends=(plain(labels.get("left")), plain(labels.get("right"))),
    )


def _steps(theirs: Theirs) -> tuple[int, ...]:
    if theirs.scale is None:
        return ()
    lowest, highest = theirs.scale
    return tuple(range(lowest, highest + 1))


def _titles(screens: object) -> Iterator[str]:
    for screen in screens if isinstance(screens, list) else []:
        if title := plain(_mapping(screen).get("title")):
            yield title


def _labels(field: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(_mapping(field.get("properties")).get("labels"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
