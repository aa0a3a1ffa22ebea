"""Lays the form as code over the form as it is, so that an update deletes nothing unsaid.

An update replaces the form whole: a field sent without its id is a new one, and a field left
out is deleted with its answers; so is a theme, a workspace or a setting reset.
typeform.com/developers/create/reference/update-form
"""

from collections.abc import Iterator, Mapping
from typing import Any

from winloss.typeform.surveys.authoring import is_group, is_jump, ref, walk

Json = dict[str, Any]

_SERVERS = ("id", "_links", "created_at", "last_updated_at", "published_at")
"""What Typeform says of a form and is never told."""


def overlaid(theirs: Json, ours: Json) -> Json:
    """The body of an update: `theirs` as fetched, with what `ours` states in its place.

    Every question and choice that stays keeps its id, its picture and its layout; questions
    that are not ours are left out, and so deleted.
    """
    known = {ref(field): field for field in walk(theirs)}
    fields = [_field(field, known) for field in ours["fields"]]
    hidden = [*_list(theirs, "hidden"), *ours["hidden"]]
    kept = {name: value for name, value in theirs.items() if name not in _SERVERS}
    return kept | {
        "title": ours["title"],
        "hidden": list(dict.fromkeys(hidden)),
        "thankyou_screens": _endings(theirs, ours),
        "fields": fields,
        "logic": _logic(theirs, ours, {ref(field) for field in walk({"fields": fields})}),
    }


def _field(ours: Json, known: Mapping[str, Json]) -> Json:
    theirs = known.get(ref(ours), {})
    # A group that becomes another kind of group is made anew: it holds no answers itself.
    is_same = theirs.get("type") == ours["type"]
    if not is_same and (is_group(ours) or is_group(theirs)):
        theirs = {}
    before = _dict(theirs, "properties") if is_same else {}
    inside = {name: value for name, value in before.items() if name != "description"}
    inside |= ours["properties"]
    if is_group(ours):
        inside["fields"] = [_field(each, known) for each in ours["properties"]["fields"]]
    if "choices" in inside:
        inside["choices"] = _by_ref(_list(before, "choices"), _list(inside, "choices"))
    made = theirs | ours | {"properties": inside}
    if "validations" in ours and is_same:
        made["validations"] = _dict(theirs, "validations") | ours["validations"]
    return made


def _endings(theirs: Json, ours: Json) -> list[Json]:
    before = _list(theirs, "thankyou_screens")
    made = {ref(each): each for each in _by_ref(before, ours["thankyou_screens"])}
    for each in before:
        if ref(each) in made:
            told = made[ref(each)]
            told["properties"] = _dict(each, "properties") | told.get("properties", {})
    others = [made.pop(ref(each), each) for each in before]
    return [*others, *made.values()]


def _by_ref(theirs: list[Json], ours: list[Json]) -> list[Json]:
    """Ours, each with what theirs of the same ref has besides."""
    known = {ref(each): each for each in theirs}
    return [known.get(ref(each), {}) | each for each in ours]


def _logic(theirs: Json, ours: Json, refs: set[str]) -> list[Json]:
    """Our jumps alone, and every other rule of theirs whose questions are still there."""
    rules = {ref(rule): rule for rule in ours.get("logic", [])}
    for rule in _list(theirs, "logic"):
        actions = [each for each in _list(rule, "actions") if not is_jump(each)]
        kept = [each for each in actions if _named(each) | {ref(rule)} <= refs | {""}]
        if kept:
            mine = rules.get(ref(rule), {"actions": []})
            rules[ref(rule)] = rule | mine | {"actions": [*kept, *mine["actions"]]}
    return list(rules.values())


def _named(rule: object) -> set[str]:
    """The questions that a rule reads."""
    return {str(each.get("value")) for each in _inside(rule) if each.get("type") == "field"}


def _inside(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _inside(part)


def _dict(holder: Mapping[str, Any], name: str) -> Json:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _list(holder: Mapping[str, Any], name: str) -> list[Any]:
    value = holder.get(name)
    return value if isinstance(value, list) else []
