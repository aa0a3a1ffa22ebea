"""What the Create API makes of a form it is sent: checks, ids, and what it adds itself.

From typeform.com/developers/create/reference (create-form, update-form) and the replies
recorded in 2026. What it checks is as strict as the pages allow to read them; the names of
errors about refs are our own, none was found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from winloss.typeform.sandbox.items import Json, moment
from winloss.typeform.sandbox.query import InvalidPayload, Refusal
from winloss.typeform.sandbox.store import field_ids

NewId = Callable[[int], str]

_ASKING = {
    "address", "calendly", "checkbox", "contact_info", "date", "dropdown", "email",
    "file_upload", "group", "inline_group", "legal", "long_text", "matrix", "multi_format",
    "multiple_choice", "nps", "number", "opinion_scale", "payment", "phone_number",
    "picture_choice", "ranking", "rating", "short_text", "signature", "statement", "time",
    "website", "yes_no",
}  # fmt: skip
_HOLDING = {"address", "contact_info", "group", "inline_group", "matrix"}
_CHOOSING = {"checkbox", "dropdown", "multiple_choice", "picture_choice", "ranking"}

_SETTINGS = {
    "language": "en",
    "progress_bar": "proportion",
    "meta": {"allow_indexing": False},
    "is_public": True,
    "is_trial": False,
    "show_progress_bar": True,
    "show_typeform_branding": True,
    "autosave_progress": True,
}
_ENDING = {
    "id": "DefaultTyScreen",
    "ref": "default_tys",
    "title": "Thanks for completing this typeform",
    "type": "thankyou_screen",
    "properties": {"show_button": True, "share_icons": False},
}
_OWN = ("created_at", "last_updated_at", "published_at")


def checked(given: object) -> Json:
    """A form the Create API takes; raises Refusal with the place of the fault otherwise."""
    form = _object(given, "")
    _check_text(form, "title", "")
    fields = list(_nested(form, "/fields"))
    for place, field in fields:
        _check_field(place, field)
    _check_refs("/fields", [field for _, field in fields])
    _check_logic(form, {str(field["ref"]) for _, field in fields if "ref" in field})
    return form


def made(given: Json, *, form_id: str, before: Json | None, now: datetime, new_id: NewId) -> Json:
    """The definition that is kept: `given` replaces `before` whole.

    A field or choice whose id the form does not know is a new one and gets a new id, so
    that leaving the ids out deletes every question, and with it every answer.
    """
    before = before or {}
    known = set(field_ids(before)) | set(_choice_ids(before))
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    settings = _SETTINGS | (given.get("settings") or {})
    endings = list(given.get("thankyou_screens") or [])
    if "default_tys" not in [ending.get("ref") for ending in endings]:
        endings.append(_ENDING)
    completed = {
        "type": "quiz",
        "workspace": before.get("workspace", {"href": f"{_API}/workspaces/sandbox"}),
        "theme": {"href": f"{_API}/themes/default"},
    }
    own = {
        "id": form_id,
        "settings": settings,
        "thankyou_screens": endings,
        "fields": [_named(field, known, new_id) for field in given.get("fields") or []],
        "created_at": before.get("created_at", at),
        "last_updated_at": at,
        "_links": before.get("_links") or links(form_id),
    }
    kept = {name: value for name, value in given.items() if name not in _OWN}
    return completed | kept | own | ({"published_at": at} if settings["is_public"] else {})


def reply(form: Json) -> Json:
    """What POST and PUT answer: recorded replies say no times, GET does."""
    return {name: value for name, value in form.items() if name not in _OWN}


def links(form_id: str) -> Json:
    """Where a form is shown and where its responses are kept."""
    return {
        "display": f"https://form.typeform.com/to/{form_id}",
        "responses": f"{_API}/forms/{form_id}/responses",
    }


def listed(forms: Sequence[Json], given: Mapping[str, str]) -> list[Json]:
    """The forms asked for, in the order asked for; raises Refusal for an unknown order."""
    by, direction = given.get("sort_by", "last_updated_at"), given.get("order_by", "desc")
    if by not in {"created_at", "last_updated_at"} or direction not in {"asc", "desc"}:
        raise Refusal(400, "VALIDATION_ERROR", "unknown sort_by or order_by", "sort_by")
    search, workspace = given.get("search", "").casefold(), given.get("workspace_id", "")
    found = [
        form
        for form in forms
        if search in str(form.get("title", "")).casefold()
        and str(form.get("workspace", {}).get("href", "")).endswith(workspace)
    ]
    found.sort(
        key=lambda form: (moment(form, by), str(form.get("id"))), reverse=direction == "desc"
    )
    return found


def summary(form: Json) -> Json:
    """A form as the list shows it: without its fields."""
    names = ("id", "type", "title", "last_updated_at", "created_at", "settings", "_links")
    return {name: form[name] for name in names if name in form} | {
        "self": {"href": f"{_API}/forms/{form['id']}"}
    }


def retyped(form: Json, ref: str, field_type: str) -> Json:
    """The form with one question of another type, under the same id and ref."""

    def changed(field: Json) -> Json:
        new = field | ({"type": field_type} if field.get("ref") == ref else {})
        inside = new.get("properties", {})
        if "fields" in inside:
            new["properties"] = inside | {"fields": [changed(each) for each in inside["fields"]]}
        return new

    return form | {"fields": [changed(field) for field in form.get("fields", [])]}


_API = "https://api.typeform.com"


def _nested(holder: Json, place: str) -> Iterator[tuple[str, Json]]:
    """Every field below, with the place to name when it is wrong."""
    for number, each in enumerate(holder.get("fields") or []):
        here = f"{place}/{number}"
        field = _object(each, here)
        yield here, field
        inside = _object(field.get("properties") or {}, f"{here}/properties")
        yield from _nested(inside, f"{here}/properties/fields")


def _check_field(place: str, field: Json) -> None:
    _check_text(field, "title", place, may_be_empty=field.get("type") in _HOLDING)
    _check_text(field, "type", place)
    if field["type"] not in _ASKING:
        raise InvalidPayload("INVALID_VALUE", "there is no such type of field", f"{place}/type")
    inside, properties = field.get("properties") or {}, f"{place}/properties"
    if "fields" in inside and field["type"] not in _HOLDING:
        raise InvalidPayload("UNKNOWN_PROPERTY", "it holds no fields", f"{properties}/fields")
    if "choices" in inside and field["type"] not in _CHOOSING:
        raise InvalidPayload("UNKNOWN_PROPERTY", "it has no choices", f"{properties}/choices")
    choices = inside.get("choices") or []
    for number, choice in enumerate(choices):
        here = f"{properties}/choices/{number}"
        _check_text(_object(choice, here), "label", here)
    _check_refs(f"{properties}/choices", choices)


def _object(found: object, place: str) -> Json:
    if not isinstance(found, dict):
        raise InvalidPayload("WRONG_TYPE", "should be object", place or "/")
    return found


def _check_text(part: Json, name: str, place: str, *, may_be_empty: bool = False) -> None:
    said = part.get(name)
    if not isinstance(said, str) or not (said or may_be_empty):
        required = f"should have required property '{name}'"
        raise InvalidPayload("REQUIRED_PROPERTY", required, f"{place}/{name}")


def _check_refs(place: str, parts: Sequence[Json]) -> None:
    seen: set[object] = set()
    for number, part in enumerate(parts):
        if part.get("ref", number) in seen:
            raise InvalidPayload("DUPLICATED_REF", "ref must be unique", f"{place}/{number}/ref")
        seen.add(part.get("ref", number))


def _check_logic(given: Json, refs: set[str]) -> None:
    """A jump starts at a field and leads to one, or to a closing screen."""
    endings = {str(each.get("ref")) for each in given.get("thankyou_screens") or []}
    for number, entry in enumerate(given.get("logic") or []):
        place = f"/logic/{number}"
        if entry.get("type") == "field" and entry.get("ref") not in refs:
            raise InvalidPayload("UNKNOWN_REF", "there is no such field", f"{place}/ref")
        for action in entry.get("actions") or []:
            to = (action.get("details") or {}).get("to") or {}
            there = refs if to.get("type") == "field" else endings | {"default_tys"}
            if to and to.get("value") not in there:
                raise InvalidPayload("UNKNOWN_REF", "it leads nowhere", f"{place}/actions")


def _choice_ids(definition: Json) -> Iterator[str]:
    for _, field in _nested(definition, "/fields"):
        for choice in (field.get("properties") or {}).get("choices") or []:
            yield str(choice.get("id", ""))


def _named(part: Json, known: set[str], new_id: NewId) -> Json:
    """A field or choice with an id and a ref, and so on inside it."""
    given = part.get("id")
    named = part | {"id": given if given in known else new_id(12)}
    named.setdefault("ref", new_id(26))
    if "type" in part:
        named["validations"] = {"required": False} | (part.get("validations") or {})
    inside = dict(part.get("properties") or {})
    for key in ("fields", "choices"):
        if key in inside:
            inside[key] = [_named(each, known, new_id) for each in inside[key]]
    return named | ({"properties": inside} if inside else {})
