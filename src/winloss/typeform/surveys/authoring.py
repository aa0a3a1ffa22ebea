"""What a form's definition says and asks, free of ids and of what Typeform adds by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from winloss.typeform.surveys.definition import THANKS

Json = Mapping[str, Any]


_SOURCES = {"field": "the answer to ", "variable": "the variable "}


@dataclass(frozen=True)
class Asked:
    """One question as a form asks it."""

    ref: str
    id: str
    type: str
    title: str
    description: str
    is_required: bool
    choices: Mapping[str, str]
    """Choice ref -> label, in the order shown."""
    choice_ids: Mapping[str, str]
    may_add_other: bool
    may_choose_several: bool
    is_shuffled: bool
    steps: int
    """How many steps a scale has; 0 when it is none."""
    lowest: int
    """The number of a scale's first step."""
    ends: tuple[str, str]
    screen: str
    """The ref of the group that holds it, or its own."""
    screen_type: str
    """The type of that group, or nothing."""


@dataclass(frozen=True)
class Jump:
    """Where one rule leads, and when."""

    condition: str
    """In words, such as `block is ladder`; empty: always."""
    to: str


@dataclass(frozen=True)
class Survey:
    """A form as its respondents meet it."""

    title: str
    asked: Mapping[str, Asked]
    """By ref, in the order of the definition."""
    repeated: tuple[Asked, ...]
    """Further questions under a ref that an earlier one has."""
    headings: Mapping[str, str]
    """Over screens that show several questions: screen ref -> text."""
    hidden: tuple[str, ...]
    jumps: Mapping[str, tuple[Jump, ...]]
    """By the ref of the question or screen after which they are tried, in order."""
    thanks: str
    is_open: bool
    """Whether respondents can reach it."""


def survey(definition: Json) -> Survey:
    """Read a definition; what is odd in it counts as left out, so nothing here can fail."""
    fields = list(_fields(definition.get("fields")))
    every = [asked for asked in _asked(fields) if asked.ref]
    found: dict[str, Asked] = {}
    repeated = [each for each in every if found.setdefault(each.ref, each) is not each]
    return Survey(
        title=text(definition.get("title")),
        asked=found,
        repeated=tuple(repeated),
        headings={ref(field): text(field.get("title")) for field in fields if is_group(field)},
        hidden=tuple(name for name in _list(definition.get("hidden")) if isinstance(name, str)),
        jumps=_jumps(definition.get("logic")),
        thanks=_thanks(definition),
        is_open=_is_open(definition),
    )


def walk(holder: Json) -> Iterator[dict[str, Any]]:
    """Every field of a definition, each group before what it holds."""
    yield from _below(_fields(holder.get("fields")))


def ref(part: Json) -> str:
    """What names a field or choice: its ref, in forms from before refs its id."""
    return text(part.get("ref")) or text(part.get("id"))


def is_group(field: Json) -> bool:
    """Whether it holds questions, and so is never answered itself, whatever its type."""
    return any(_inside(field))


def is_jump(action: object) -> bool:
    """Whether a rule leads somewhere, and does not reckon with a variable."""
    return _dict(action).get("action") == "jump"


def _below(fields: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from _below(_inside(field))


def _inside(field: Json) -> Iterator[dict[str, Any]]:
    yield from _fields(_dict(field.get("properties")).get("fields"))


def _fields(value: object) -> Iterator[dict[str, Any]]:
    for field in _list(value):
        # A matrix may hold rows of rows.
        if isinstance(field, list):
            yield from _fields(field)
        elif isinstance(field, dict):
            yield field


def _asked(
    fields: list[dict[str, Any]], screen: str = "", screen_type: str = ""
) -> Iterator[Asked]:
    for field in fields:
        if is_group(field):
            held_by = (screen, screen_type) if screen else (ref(field), text(field.get("type")))
            yield from _asked(list(_inside(field)), *held_by)
        else:
            yield _question(field, screen, screen_type)


def _question(field: Json, screen: str, screen_type: str) -> Asked:
    said = _dict(field.get("properties"))
    choices = [each for each in _list(said.get("choices")) if isinstance(each, dict)]
    labels = _dict(said.get("labels"))
    steps, lowest = _steps(field, said)
    return Asked(
        ref=ref(field),
        id=text(field.get("id")),
        type=text(field.get("type")),
        title=text(field.get("title")),
        description=text(said.get("description")),
        is_required=_dict(field.get("validations")).get("required") is True,
        choices={ref(each): text(each.get("label")) for each in choices},
        choice_ids={ref(each): text(each.get("id")) for each in choices},
        may_add_other=said.get("allow_other_choice") is True,
        may_choose_several=said.get("allow_multiple_selection") is True,
        is_shuffled=said.get("randomize") is True,
        steps=steps,
        lowest=lowest,
        ends=(text(labels.get("left")), text(labels.get("right"))),
        screen=screen or ref(field),
        screen_type=screen_type,
    )


def _steps(field: Json, said: Json) -> tuple[int, int]:
    if field.get("type") not in ("opinion_scale", "rating", "nps"):
        return 0, 0
    steps = said.get("steps")
    # Typeform's own default is eleven steps from nought, which is what nps always has.
    count = steps if isinstance(steps, int) else 11
    return count, int(said.get("start_at_one") is True or field.get("type") == "rating")


def _jumps(logic: object) -> dict[str, tuple[Jump, ...]]:
    found: dict[str, tuple[Jump, ...]] = {}
    for rule in map(_dict, _list(logic)):
        jumps = tuple(_jump(each) for each in _list(rule.get("actions")) if is_jump(each))
        if jumps:
            place = ref(rule)
            found[place] = found.get(place, ()) + jumps
    return found


def _jump(action: Json) -> Jump:
    to = _dict(_dict(action.get("details")).get("to"))
    place = text(to.get("value"))
    is_question = to.get("type") == "field"
    return Jump(_condition(action.get("condition")), place if is_question else f"the end ({place})")


def _condition(value: object) -> str:
    said = _dict(value)
    parts = [_dict(each) for each in _list(said.get("vars"))]
    if said.get("op") == "always":
        return ""
    if all("op" in part for part in parts):
        return f" {said.get('op')} ".join(f"({_condition(part)})" for part in parts) or "never"
    operation = str(said.get("op")).replace("_", " ")
    words = [_SOURCES.get(text(part.get("type")), "") + str(part.get("value")) for part in parts]
    return " ".join([*words[:1], "is" if operation == "equal" else operation, *words[1:]])


def _thanks(definition: Json) -> str:
    for screen in _list(definition.get("thankyou_screens")):
        if _dict(screen).get("ref") == THANKS:
            return text(screen.get("title"))
    return ""


def _is_open(definition: Json) -> bool:
    """Closed by its settings, or made in the editor and never published."""
    is_closed = _dict(definition.get("settings")).get("is_public") is False
    return not is_closed and ("published_at" in definition or "created_at" not in definition)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """A text, or nothing where there is none."""
    return value if isinstance(value, str) else ""
