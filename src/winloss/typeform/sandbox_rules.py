"""What the loopback Typeform accepts and how it chooses: Typeform's documented rules."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from winloss.typeform.sandbox_store import Json, Stored

TYPES = ("started", "partial", "completed")
CLOCKS = ("submitted_at", "staged_at", "landed_at")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)?")
_MOST_DELETED = 1000
_NEVER = datetime.min.replace(tzinfo=UTC)


class Refusal(Exception):  # noqa: N818 (an answer, not an error)
    """An answer that says no, in the shape of Typeform's error bodies."""

    def __init__(self, status: int, code: str, description: str, field: str = "") -> None:
        """`field` names the parameter at fault, when it is one."""
        super().__init__(description)
        self.status = status
        detail = {"code": code, "description": description, "field": field, "in": "query"}
        self.body = {
            "code": code,
            "description": description,
            "details": [detail] if field else [],
        }


@dataclass(frozen=True)
class Query:
    """The parameters of a request for responses, checked."""

    page_size: int
    types: frozenset[str]
    since: datetime | None
    until: datetime | None
    before: str
    after: str
    clock: str
    is_ascending: bool
    included: frozenset[str]
    excluded: frozenset[str]
    text: str
    fields: frozenset[str]
    answered: frozenset[str]


def query(
    given: Mapping[str, str], *, refuses_window_with_cursor: bool, most_per_page: int
) -> Query:
    """Read the parameters; raises Refusal where Typeform refuses. Unknown ones are ignored.

    Whether Typeform accepts a window beside a cursor is disputed, so it is a switch.
    """
    _refuse_pairs(given, refuses_window_with_cursor=refuses_window_with_cursor)
    types = _types(given)
    clock, direction = _sort(given.get("sort") or f"{filtered_by(types)},desc")
    return Query(
        page_size=min(number(given, "page_size", default=25, most=1000), most_per_page),
        types=types,
        since=_instant(given, "since"),
        until=_instant(given, "until"),
        before=given.get("before", ""),
        after=given.get("after", ""),
        clock=clock,
        is_ascending=direction == "asc",
        included=_list(given, "included_response_ids"),
        excluded=_list(given, "excluded_response_ids"),
        text=given.get("query", "").casefold(),
        fields=_list(given, "fields"),
        answered=_list(given, "answered_fields"),
    )


def page(stored: Sequence[Stored], asked: Query) -> str:
    """One page as text. Counts are those of the whole match; pages, of what remains."""
    matching = [each for each in stored if _matches(each.item, asked)]
    remaining = _in_order(matching, stored, asked)
    items = ",".join(_shown(each, asked.fields) for each in remaining[: asked.page_size])
    pages = math.ceil(len(remaining) / asked.page_size)
    return f'{{"total_items":{len(matching)},"page_count":{pages},"items":[{items}]}}'


def number(given: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`; raises Refusal otherwise."""
    said = given.get(name, str(default))
    if not re.fullmatch(r"\d{1,9}", said) or not 1 <= int(said) <= most:
        raise Refusal(400, "VALIDATION_ERROR", f"{name} must be from 1 to {most}", name)
    return int(said)


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


def doomed(given: Mapping[str, str]) -> frozenset[str]:
    """The responses to delete; raises Refusal unless there are 1 to 1000."""
    tokens = _list(given, "included_response_ids") | _list(given, "included_tokens")
    if not 1 <= len(tokens) <= _MOST_DELETED:
        said = "included_response_ids must name 1 to 1000 responses"
        raise Refusal(400, "VALIDATION_ERROR", said, "included_response_ids")
    return tokens


def filtered_by(types: frozenset[str]) -> str:
    """The timestamp that since and until look at."""
    clocks = {frozenset({"completed"}): "submitted_at", frozenset({"partial"}): "staged_at"}
    return clocks.get(types, "landed_at")


def _refuse_pairs(given: Mapping[str, str], *, refuses_window_with_cursor: bool) -> None:
    cursor = {"before", "after"} & set(given)
    if cursor and "sort" in given:
        raise Refusal(400, "VALIDATION_ERROR", "sort cannot go with before or after", "sort")
    if cursor and {"since", "until"} & set(given) and refuses_window_with_cursor:
        raise Refusal(400, "VALIDATION_ERROR", "since cannot go with before", "since")
    if {"included_response_ids", "excluded_response_ids"} <= set(given):
        said = "included_response_ids cannot go with excluded_response_ids"
        raise Refusal(400, "VALIDATION_ERROR", said, "included_response_ids")


def _types(given: Mapping[str, str]) -> frozenset[str]:
    asked = _list(given, "response_type")
    if not asked:
        return frozenset(TYPES[:2] if given.get("completed") == "false" else TYPES[2:])
    if not asked <= set(TYPES):
        raise Refusal(400, "VALIDATION_ERROR", "unknown response_type", "response_type")
    return asked


def _sort(said: str) -> tuple[str, str]:
    clock, _, direction = said.partition(",")
    if clock not in CLOCKS or direction not in {"asc", "desc"}:
        raise Refusal(400, "VALIDATION_ERROR", "sort is {field},{asc|desc}", "sort")
    return clock, direction


def _list(given: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(part.strip() for part in given.get(name, "").split(",") if part.strip())


def _instant(given: Mapping[str, str], name: str) -> datetime | None:
    said = given.get(name)
    if said is None:
        return None
    try:
        if re.fullmatch(r"\d{1,11}", said):
            return datetime.fromtimestamp(int(said), UTC)
        if _STAMP.fullmatch(said):
            return datetime.fromisoformat(said).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    raise Refusal(400, "VALIDATION_ERROR", f"{name} must be Unix seconds or ISO 8601 UTC", name)


def _matches(item: Json, asked: Query) -> bool:
    token = str(item.get("response_id") or item.get("token"))
    return (
        type_of(item) in asked.types
        and _is_within(item, asked)
        and (not asked.included or token in asked.included)
        and token not in asked.excluded
        and (not asked.answered or any(_answers(item, asked.answered)))
        and (not asked.text or asked.text in _words(item))
    )


def type_of(item: Json) -> str:
    """A response's type; old items do not say, and show an unsubmitted one by its year 1."""
    said = item.get("response_type")
    if said in TYPES:
        return str(said)
    if moment(item, "submitted_at") > _NEVER:
        return "completed"
    return "partial" if item.get("answers") else "started"


def moment(item: Json, clock: str) -> datetime:
    """A timestamp of a response; the beginning of time when it has none."""
    try:
        found = datetime.fromisoformat(str(item.get(clock)))
    except ValueError:
        return _NEVER
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_within(item: Json, asked: Query) -> bool:
    at = moment(item, filtered_by(asked.types))
    return (not asked.since or asked.since <= at) and (not asked.until or at <= asked.until)


def _in_order(matching: Sequence[Stored], stored: Sequence[Stored], asked: Query) -> list[Stored]:
    """What is left to show: newest first, but oldest first when sorted so or after a cursor.

    A cursor nobody knows is ignored, which gives page one again: so does Typeform.
    """

    def place(each: Stored) -> tuple[datetime, str]:
        return moment(each.item, asked.clock), each.token

    places = {each.token: place(each) for each in stored if each.token}
    newest_first = sorted(matching, key=place, reverse=True)
    if asked.after in places:
        return [each for each in newest_first[::-1] if place(each) > places[asked.after]]
    if asked.before in places:
        return [each for each in newest_first if place(each) < places[asked.before]]
    return newest_first[::-1] if asked.is_ascending else newest_first


def _shown(stored: Stored, fields: frozenset[str]) -> str:
    if not fields:
        return stored.text
    answers = list(_answers(stored.item, fields)) or None
    return json.dumps(stored.item | {"answers": answers}, ensure_ascii=False)


def _answers(item: Json, fields: frozenset[str]) -> Iterator[Json]:
    for answer in item.get("answers") or []:
        field = answer.get("field", {})
        if {field.get("id"), field.get("ref")} & fields:
            yield answer


def _words(item: Json) -> str:
    parts = [item.get(key) for key in ("answers", "hidden", "variables")]
    return "\n".join(_leaves(parts)).casefold()


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 (JSON is anything)
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
