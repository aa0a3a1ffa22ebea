"""Surveys as code: `templates/forms/*.yaml`, read, checked and put into Typeform's shape.

A form is a list of screens. A screen is one question, several shown together, or the word
`block`: the place of the one lens block that the hidden field `block` names. Every question
has a readable `ref`, which is the contract with SQL; ids follow from form and ref.
"""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from winloss.errors import FormError
from winloss.resources import folder as resource_folder

Type = Literal["short_text", "long_text", "multiple_choice", "opinion_scale", "yes_no", "date"]
Asks = Literal[
    "reason", "chosen", "decisive_words", "decisive", "goal", "missed", "right_deal", "incident"
]
Ref = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]

_MADE_AT = "2026-01-05T09:00:00+00:00"
_QUESTIONS = {
    "form_kind": pl.String,
    "question_ref": pl.String,
    "question_title": pl.String,
    "field_type": pl.String,
    "block": pl.String,
    "asks": pl.String,
    "is_verbatim": pl.Boolean,
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Strict):
    """One question of a form or of a lens block."""

    ref: Ref
    type: Type
    title: Text
    description: str = ""
    asks: Asks | None = None
    """The part the answer plays when reasons are counted."""
    required: bool = False
    choices: dict[Ref, Text] = {}
    shuffled: bool = False
    other: bool = False
    """Whether respondents may write an answer that the list does not have."""
    ends: tuple[Text, Text] | None = None
    """What the lowest and the highest step of a scale of five mean."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type == "multiple_choice") != bool(self.choices):
            raise ValueError(f"{self.ref}: choices belong to multiple_choice, and only there")
        if (self.type == "opinion_scale") != (self.ends is not None):
            raise ValueError(f"{self.ref}: ends belong to opinion_scale, and only there")
        return self


class Block(_Strict):
    """What one lens asks: the core questions it reads, and one screen of its own."""

    lens: Ref
    core: tuple[Ref, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(max_length=4)] = ()


Screen = Annotated[tuple[Question, ...], Field(min_length=1)]


class Form(_Strict):
    """One survey."""

    kind: Ref
    title: Text
    thanks: Text
    hidden: tuple[Ref, ...]
    screens: tuple[Screen | Literal["block"], ...]

    @model_validator(mode="after")
    def _block_has_neighbours(self) -> Self:
        if "block" in (self.screens[:1] + self.screens[-1:]) or self.screens.count("block") > 1:
            raise ValueError("block may stand once, and neither first nor last")
        return self


Model = TypeVar("Model", Form, Block)


def kinds(folder: Path | None = None) -> tuple[str, ...]:
    """The kinds of form there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder(folder).glob("*.yaml")))


def blocks(folder: Path | None = None) -> tuple[Block, ...]:
    """Every lens block, by name.

    Raises FormError when a file is wrong or is not named for its lens.
    """
    paths = sorted((_folder(folder) / "blocks").glob("*.yaml"))
    return tuple(_read(path, Block) for path in paths)


def form(kind: str, folder: Path | None = None) -> Form:
    """The form of a kind.

    Raises FormError when there is none, when it contradicts itself, or when it asks one
    ref twice, also across its own questions and the blocks that may join them.
    """
    path = _folder(folder) / f"{kind}.yaml"
    found = _read(path, Form)
    refs = [question.ref for question, _ in _asked(found, blocks(folder))]
    twice = sorted({ref for ref in refs if refs.count(ref) > 1})
    if twice:
        raise FormError(f"{path.name} asks {twice[0]} twice; give one of them another ref.")
    return found


def questions(folder: Path | None = None) -> pl.DataFrame:
    """One row per form kind and question that it may ask.

    Columns: `form_kind`, `question_ref`, `question_title`, `field_type`, `block` (the lens
    whose block asks it; null for core questions), `asks`, `is_verbatim` (open words).
    """
    rows = [
        (kind, asked.ref, asked.title, asked.type, block, asked.asks, asked.type == "long_text")
        for kind in kinds(folder)
        for asked, block in _asked(form(kind, folder), blocks(folder))
    ]
    return pl.DataFrame(rows, schema=_QUESTIONS, orient="row")


def definition(kind: str, form_id: str, folder: Path | None = None) -> dict[str, Any]:
    """The form as Typeform's Create API gives it back.

    Several questions on one screen become an `inline_group`; a lens block is reached by a
    jump on the hidden field `block`. The same kind and id always give the same definition.
    """
    source, asking = form(kind, folder), _asking(blocks(folder))
    made: dict[str, Any] = {
        "id": form_id,
        "type": "quiz",
        "title": source.title,
        "workspace": {"href": "https://api.typeform.com/workspaces/winloss"},
        "settings": {"language": "en", "is_public": True, "is_trial": False},
        "thankyou_screens": [_thanks(source.thanks)],
        "hidden": list(source.hidden),
        "fields": [_screen_field(form_id, screen) for screen in _screens(source, asking)],
        "created_at": _MADE_AT,
        "last_updated_at": _MADE_AT,
        "published_at": _MADE_AT,
        "_links": {
            "display": f"https://form.typeform.com/to/{form_id}",
            "responses": f"https://api.typeform.com/forms/{form_id}/responses",
        },
    }
    return made | {"logic": _logic(source, asking)} if asking and _slot(source) else made


def _folder(folder: Path | None) -> Path:
    return folder or resource_folder("templates") / "forms"


def _read(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise FormError(f"There is no form {path.name} in {path.parent}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FormError(f"{path}: {place}: {first['msg']}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise FormError(f"{path} is not valid YAML: {said}.") from error


def _asking(found: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in found if block.questions)


def _slot(source: Form) -> int:
    """Where the rotating block stands; 0 when the form has no place for one."""
    return source.screens.index("block") if "block" in source.screens else 0


def _screens(source: Form, asking: tuple[Block, ...]) -> Iterator[tuple[Question, ...]]:
    for screen in source.screens:
        if screen == "block":
            yield from (block.questions for block in asking)
        else:
            yield screen


def _asked(source: Form, found: tuple[Block, ...]) -> Iterator[tuple[Question, str | None]]:
    for screen in source.screens:
        if screen == "block":
            yield from ((asked, block.lens) for block in found for asked in block.questions)
        else:
            yield from ((asked, None) for asked in screen)


def _screen_ref(screen: tuple[Question, ...]) -> str:
    return screen[0].ref if len(screen) == 1 else f"{screen[0].ref}_screen"


def _screen_field(form_id: str, screen: tuple[Question, ...]) -> dict[str, Any]:
    if len(screen) == 1:
        return _question_field(form_id, screen[0])
    ref = _screen_ref(screen)
    return {
        "id": _id(form_id, ref),
        "title": "",
        "ref": ref,
        "type": "inline_group",
        "properties": {"fields": [_question_field(form_id, asked) for asked in screen]},
    }


def _question_field(form_id: str, asked: Question) -> dict[str, Any]:
    return {
        "id": _id(form_id, asked.ref),
        "title": asked.title,
        "ref": asked.ref,
        "type": asked.type,
        "properties": ({"description": asked.description} if asked.description else {})
        | _properties(form_id, asked),
        "validations": {"required": asked.required},
    }


def _properties(form_id: str, asked: Question) -> dict[str, Any]:
    if asked.ends:
        left, right = asked.ends
        return {"steps": 5, "start_at_one": True, "labels": {"left": left, "right": right}}
    if asked.choices:
        return {
            "randomize": asked.shuffled,
            "allow_multiple_selection": False,
            "allow_other_choice": asked.other,
            "vertical_alignment": True,
            "choices": [
                {"id": _id(form_id, asked.ref, ref), "ref": ref, "label": label}
                for ref, label in asked.choices.items()
            ],
        }
    return {"structure": "YYYYMMDD", "separator": "-"} if asked.type == "date" else {}


def _logic(source: Form, asking: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Jumps from the screen before the block's place to the block asked for, and past it."""
    slot = _slot(source)
    core = [screen for screen in source.screens if screen != "block"]
    before, after = _screen_ref(core[slot - 1]), _screen_ref(core[slot])
    past = _jump(after, {"op": "always", "vars": []})
    entries = [_jump(_screen_ref(block.questions), _is_asked(block.lens)) for block in asking]
    return [
        {"type": "field", "ref": before, "actions": [*entries, past]},
        *(
            {"type": "field", "ref": _screen_ref(block.questions), "actions": [past]}
            for block in asking
        ),
    ]


def _is_asked(lens: str) -> dict[str, Any]:
    wanted = [{"type": "hidden", "value": "block"}, {"type": "constant", "value": lens}]
    return {"op": "equal", "vars": wanted}


def _jump(ref: str, condition: dict[str, Any]) -> dict[str, Any]:
    to = {"to": {"type": "field", "value": ref}}
    return {"action": "jump", "details": to, "condition": condition}


def _thanks(title: str) -> dict[str, Any]:
    shown = {"show_button": False, "share_icons": False}
    return {"ref": "default_tys", "title": title, "type": "thankyou_screen", "properties": shown}


def _id(*parts: str) -> str:
    """Twelve letters and digits, as Typeform's ids look."""
    digest = hashlib.sha256("/".join(parts).encode()).digest()
    return base64.b64encode(digest, altchars=b"xy").decode()[:12]
