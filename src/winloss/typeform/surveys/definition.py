"""Forms in the shape of Typeform's Create API, and as Typeform gives them back."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from winloss.typeform.surveys.forms import Block, Form, Question, blocks, form

_MADE_AT = "2026-01-05T09:00:00+00:00"

THANKS = "default_tys"
"""The ref of the screen that Typeform itself shows at the end."""


def content(kind: str, folder: Path | None = None) -> dict[str, Any]:
    """What the form says and asks, in the shape of Typeform's Create API.

    Without ids, which Typeform gives, and without anything about the account. Several
    questions on one screen become an `inline_group`; a block is reached by a jump on the
    hidden field `block`, and who is asked for no known block is shown none.
    Logic: typeform.com/developers/create/logic-jumps
    """
    source, asking = form(kind, folder), blocks(kind, folder)
    made: dict[str, Any] = {
        "type": "quiz",
        "title": source.title,
        "settings": {"language": "en", "is_public": True},
        "thankyou_screens": [_thanks(source.thanks)],
        "hidden": list(source.hidden),
        "fields": [_screen_field(source.heading, screen) for screen in _screens(source, asking)],
    }
    return made | {"logic": _logic(source, asking)} if asking and _slot(source) else made


def definition(kind: str, form_id: str, folder: Path | None = None) -> dict[str, Any]:
    """The form as Typeform gives it back, with ids that follow from form and ref.

    The same kind and id always give the same definition.
    """
    made = content(kind, folder)
    return {
        "id": form_id,
        **made,
        "workspace": {"href": "https://api.typeform.com/workspaces/winloss"},
        "settings": made["settings"] | {"is_trial": False},
        "fields": [_with_ids(form_id, field) for field in made["fields"]],
        "created_at": _MADE_AT,
        "last_updated_at": _MADE_AT,
        "published_at": _MADE_AT,
        "_links": {
            "display": f"https://form.typeform.com/to/{form_id}",
            "responses": f"https://api.typeform.com/forms/{form_id}/responses",
        },
    }


def _with_ids(form_id: str, field: dict[str, Any]) -> dict[str, Any]:
    """A field with its own id, and so on inside it."""
    inside = dict(field["properties"])
    if "fields" in inside:
        inside["fields"] = [_with_ids(form_id, each) for each in inside["fields"]]
    if "choices" in inside:
        inside["choices"] = [
            {"id": _id(form_id, field["ref"], each["ref"]), **each} for each in inside["choices"]
        ]
    return {"id": _id(form_id, field["ref"]), **field, "properties": inside}


def _slot(source: Form) -> int:
    """Where the rotating block stands; 0 when the form has no place for one."""
    return source.screens.index("block") if "block" in source.screens else 0


def _screens(source: Form, asking: tuple[Block, ...]) -> Iterator[tuple[Question, ...]]:
    for screen in source.screens:
        if screen == "block":
            yield from (shown for block in asking for shown in block.screens)
        else:
            yield screen


def _screen_ref(screen: tuple[Question, ...]) -> str:
    return screen[0].ref if len(screen) == 1 else f"{screen[0].ref}_screen"


def _screen_field(heading: str, screen: tuple[Question, ...]) -> dict[str, Any]:
    if len(screen) == 1:
        return _question_field(screen[0])
    return {
        "title": heading,
        "ref": _screen_ref(screen),
        "type": "inline_group",
        "properties": {"fields": [_question_field(asked) for asked in screen]},
    }


def _question_field(asked: Question) -> dict[str, Any]:
    return {
        "title": asked.title,
        "ref": asked.ref,
        "type": asked.type,
        "properties": ({"description": asked.description} if asked.description else {})
        | _properties(asked),
        "validations": {"required": asked.required},
    }


def _properties(asked: Question) -> dict[str, Any]:
    if asked.ends:
        left, right = asked.ends
        return {"steps": 5, "start_at_one": True, "labels": {"left": left, "right": right}}
    if asked.choices:
        return {
            "randomize": asked.shuffled,
            "allow_multiple_selection": asked.several,
            "allow_other_choice": asked.other,
            "vertical_alignment": True,
            "choices": [{"ref": ref, "label": label} for ref, label in asked.choices.items()],
        }
    return {"structure": "YYYYMMDD", "separator": "-"} if asked.type == "date" else {}


def _logic(source: Form, asking: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Jumps from the screen before the block's place to the block asked for, and past it."""
    slot = _slot(source)
    core = [screen for screen in source.screens if screen != "block"]
    before, after = _screen_ref(core[slot - 1]), _screen_ref(core[slot])
    past = _jump(after, {"op": "always", "vars": []})
    entries = [_jump(_screen_ref(block.screens[0]), _is_asked(block.name)) for block in asking]
    return [
        {"type": "field", "ref": before, "actions": [*entries, past]},
        *(
            {"type": "field", "ref": _screen_ref(block.screens[-1]), "actions": [past]}
            for block in asking
        ),
    ]


def _is_asked(name: str) -> dict[str, Any]:
    wanted = [{"type": "hidden", "value": "block"}, {"type": "constant", "value": name}]
    return {"op": "equal", "vars": wanted}


def _jump(ref: str, condition: dict[str, Any]) -> dict[str, Any]:
    to = {"to": {"type": "field", "value": ref}}
    return {"action": "jump", "details": to, "condition": condition}


def _thanks(title: str) -> dict[str, Any]:
    shown = {"show_button": False, "share_icons": False}
    return {"ref": THANKS, "title": title, "type": "thankyou_screen", "properties": shown}


def _id(*parts: str) -> str:
    """Twelve letters and digits, as Typeform's ids look."""
    digest = hashlib.sha256("/".join(parts).encode()).digest()
    return base64.b64encode(digest, altchars=b"xy").decode()[:12]
