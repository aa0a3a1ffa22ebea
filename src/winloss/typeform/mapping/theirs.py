"""A form of somebody else's, as far as a mapping needs it: questions, choices, hidden fields."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from winloss import wording
from winloss.errors import FormError

_PARENTS = ("group", "inline_group", "contact_info", "matrix")
_SILENT = ("statement", "welcome_screen", "thankyou_screen")
_WITHHELD = (
    "email", "phone_number", "file_upload", "payment", "signature", "multi_format", "address",
    "calendly", "video", "website",
)  # fmt: skip
_RECALLED = re.compile(r"\{\{[^}]*\}\}")
_MARKUP = re.compile(r"\*+|(?<![^\W_])_+|_+(?![^\W_])")
_MOST_STEPS = 10
_MOST_KEPT = 10_000


@dataclass(frozen=True)
class Choice:
    """One choice of theirs; forms of 2018 have no refs."""

    ref: str
    label: str


@dataclass(frozen=True)
class Theirs:
    """One question of theirs."""

    ref: str
    type: str
    title: str
    """Without markup; what is recalled from elsewhere stands as an ellipsis."""
    choices: tuple[Choice, ...] = ()
    is_several: bool = False
    scale: tuple[int, int] | None = None
    """The lowest and the highest step, where its answers are steps of a known scale."""
    is_withheld: bool = False
    """A contact detail, a file or a payment: its answers never leave raw."""


@dataclass(frozen=True)
class TheirForm:
    """One form of theirs."""

    form_id: str
    title: str
    hidden: tuple[str, ...]
    questions: tuple[Theirs, ...]
    """In the order asked, those inside groups included; statements and parents are none."""


def their_form(body: bytes) -> TheirForm:
    """The form in a definition as sent; raises FormError when it is no form."""
    try:
        definition = _mapping(json.loads(body.decode("utf-8-sig", "replace"), strict=False))
    except ValueError as error:
        raise FormError("That is no form: its definition is not JSON. Check the id.") from error
    fields = definition.get("fields")
    if not isinstance(fields, list):
        raise FormError("That is no form: its definition has no list of fields. Check the id.")
    hidden = definition.get("hidden")
    return TheirForm(
        form_id=_text(definition.get("id")),
        title=without_markup(definition.get("title")),
        hidden=tuple(filter(None, map(_text, hidden if isinstance(hidden, list) else []))),
        questions=tuple(_questions(fields, parent="")),
    )


def without_markup(title: object) -> str:
    """A title as a reader saw it, the same as `staging.without_markup` makes it."""
    bare = _MARKUP.sub("", _RECALLED.sub("…", _text(title)))
    return wording.plain(bare, most=_MOST_KEPT)


def _questions(fields: list[Any], *, parent: str) -> Iterator[Theirs]:
    for field in fields:
        if not isinstance(field, dict):
            continue
        kind = _text(field.get("type"))
        inside = _mapping(field.get("properties")).get("fields")
        asked = question_of(field, parent=parent)
        if kind in _PARENTS:
            yield from _questions(inside if isinstance(inside, list) else [], parent=kind)
        elif kind not in _SILENT and asked.ref:
            yield asked


def question_of(field: Mapping[str, Any], *, parent: str = "") -> Theirs:
    """One field of a definition as a question; `parent` is the type of the group around it."""
    kind, properties = _text(field.get("type")), _mapping(field.get("properties"))
    return Theirs(
        ref=_text(field.get("ref")) or _text(field.get("id")),
        type=kind,
        title=without_markup(field.get("title")),
        choices=tuple(_choices(properties.get("choices"))),
        is_several=bool(properties.get("allow_multiple_selection")),
        scale=_scale(kind, properties),
        is_withheld=kind in _WITHHELD or parent == "contact_info",
    )


def span(theirs: Theirs) -> str:
    """The steps of its scale, such as `1 to 10`; `0 to 0` where it has none."""
    lowest, highest = theirs.scale or (0, 0)
    return f"{lowest} to {highest}"


def _choices(listed: object) -> Iterator[Choice]:
    for choice in listed if isinstance(listed, list) else []:
        known = _mapping(choice)
        ref = _text(known.get("ref")) or _text(known.get("id"))
        label = without_markup(known.get("label"))
        if ref or label:
            yield Choice(ref, label)


def _scale(kind: str, properties: Mapping[str, Any]) -> tuple[int, int] | None:
    """As `sql/staging/questions.sql` reads it."""
    steps = properties.get("steps")
    if kind == "nps":
        return 0, _MOST_STEPS
    if kind not in ("rating", "opinion_scale") or not isinstance(steps, int):
        return None
    lowest = 1 if kind == "rating" or properties.get("start_at_one") else 0
    return lowest, lowest + steps - 1


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
