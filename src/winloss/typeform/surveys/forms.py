"""Surveys as code: `templates/forms/*.yaml`, read and checked.

A form is a list of screens. A screen is one question, several shown together, or the word
`block`: the place of the one lens block that the hidden field `block` names. Every question
has a readable `ref`, which is the contract with SQL.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from winloss.errors import FormError
from winloss.resources import folder as resource_folder
from winloss.settings.strict import in_our_words

Type = Literal["short_text", "long_text", "multiple_choice", "opinion_scale", "yes_no", "date"]
Asks = Literal[
    "reason", "chosen", "decisive_words", "decisive", "goal", "missed", "right_deal", "incident"
]
Ref = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]

# The same loader in C, where the machine has it: ten times as fast.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
    several: bool = False
    """Whether more than one choice may be ticked."""
    ends: tuple[Text, Text] | None = None
    """What the lowest and the highest step of a scale of five mean."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type == "multiple_choice") != bool(self.choices):
            raise ValueError(f"{self.ref}: choices belong to multiple_choice, and only there")
        if self.several and not self.choices:
            raise ValueError(f"{self.ref}: several belongs to multiple_choice, and only there")
        if (self.type == "opinion_scale") != (self.ends is not None):
            raise ValueError(f"{self.ref}: ends belong to opinion_scale, and only there")
        return self


Screen = Annotated[tuple[Question, ...], Field(min_length=1, max_length=5)]


class Block(_Strict):
    """What one respondent is shown for a lens: two screens at most."""

    name: Ref
    """What the hidden field `block` holds."""
    kinds: Annotated[tuple[Ref, ...], Field(min_length=1)]
    """The kinds of form in which it rotates."""
    screens: Annotated[tuple[Screen, ...], Field(min_length=1, max_length=2)]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions in the order shown."""
        return tuple(asked for screen in self.screens for asked in screen)


class Lens(_Strict):
    """What one lens asks: the core questions it reads, and blocks of its own."""

    lens: Ref
    about: str = ""
    """What its blocks ask about, in a sentence for whoever reads a form before it is sent."""
    core: tuple[Ref, ...] = ()
    blocks: tuple[Block, ...] = ()


class Form(_Strict):
    """One survey."""

    kind: Ref
    title: Text
    thanks: Text
    hidden: tuple[Ref, ...]
    heading: Text = "A few questions"
    """Stands over a screen that shows several; Typeform wants one for every screen."""
    screens: tuple[Screen | Literal["block"], ...]

    @model_validator(mode="after")
    def _block_has_neighbours(self) -> Self:
        if "block" in (self.screens[:1] + self.screens[-1:]) or self.screens.count("block") > 1:
            raise ValueError("block may stand once, and neither first nor last")
        return self


Model = TypeVar("Model", Form, Lens)


def kinds(folder: Path | None = None) -> tuple[str, ...]:
    """The kinds of form there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder(folder).glob("*.yaml")))


def lenses(folder: Path | None = None) -> tuple[Lens, ...]:
    """What every lens asks, by its name.

    Raises FormError when a file is wrong.
    """
    paths = sorted((_folder(folder) / "blocks").glob("*.yaml"))
    return tuple(_read(path, Lens) for path in paths)


def blocks(kind: str, folder: Path | None = None) -> tuple[Block, ...]:
    """The blocks that rotate in a kind of form, of which each respondent is shown one.

    Raises FormError when a file is wrong or two blocks have one name.
    """
    found = [block for lens in lenses(folder) for block in lens.blocks]
    names = [block.name for block in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FormError(f"Two blocks are named {twice[0]}; give one of them another name.")
    return tuple(block for block in found if kind in block.kinds)


def form(kind: str, folder: Path | None = None) -> Form:
    """The form of a kind.

    Raises FormError when there is none, when it contradicts itself, or when it asks one
    ref twice, also across its own questions and the blocks that may join them.
    """
    path = _folder(folder) / f"{kind}.yaml"
    found = _read(path, Form)
    refs = [question.ref for question, _ in _asked(found, blocks(kind, folder))]
    twice = sorted({ref for ref in refs if refs.count(ref) > 1})
    if twice:
        raise FormError(f"{path.name} asks {twice[0]} twice; give one of them another ref.")
    return found


def questions(folder: Path | None = None) -> pl.DataFrame:
    """One row per form kind and question that it may ask.

    Columns: `form_kind`, `question_ref`, `question_title`, `field_type`, `block` (the
    block that asks it; null for core questions), `asks`, `is_verbatim` (open words).
    """
    rows = [
        (kind, asked.ref, asked.title, asked.type, block, asked.asks, asked.type == "long_text")
        for kind in kinds(folder)
        for asked, block in _asked(form(kind, folder), blocks(kind, folder))
    ]
    return pl.DataFrame(rows, schema=_QUESTIONS, orient="row")


def _folder(folder: Path | None) -> Path:
    return folder or resource_folder("templates") / "forms"


def _read(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(yaml.load(path.read_text("utf-8"), Loader=_LOADER))  # noqa: S506 (a safe one)
    except FileNotFoundError as error:
        raise FormError(f"There is no form {path.name} in {path.parent}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FormError(f"{path}: {place}: {in_our_words(first)}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise FormError(f"{path} is not valid YAML: {said}.") from error


def _asked(source: Form, found: tuple[Block, ...]) -> Iterator[tuple[Question, str | None]]:
    for screen in source.screens:
        if screen == "block":
            yield from ((asked, block.name) for block in found for asked in block.questions)
        else:
            yield from ((asked, None) for asked in screen)
