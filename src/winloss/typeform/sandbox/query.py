"""What may be asked of the Responses API: the documented parameters, checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from winloss.typeform.sandbox.items import CLOCKS, TYPES, Json

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)?")
_MOST_DELETED = 1000


class Refusal(Exception):  # noqa: N818 (an answer, not an error)
    """An answer that says no, in the shape of Typeform's error bodies."""

    def __init__(self, status: int, code: str, description: str, field: str = "") -> None:
        """`field` names the parameter at fault, when it is one."""
        super().__init__(description)
        self.status = status
        detail = {"code": code, "description": description, "field": field, "in": "query"}
        self.body: Json = {
            "code": code,
            "description": description,
            "details": [detail] if field else [],
        }


class InvalidPayload(Refusal):
    """A body that says no to the body sent, as quoted in Typeform/js-api-client #22."""

    def __init__(self, code: str, description: str, place: str) -> None:
        """`place` is where the fault is: `/fields/0/title`."""
        super().__init__(400, "VALIDATION_ERROR", "The payload is invalid.")
        detail = {"code": code, "description": description, "field": place, "in": "body"}
        self.body["details"] = [detail]


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


def number(given: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`; raises Refusal otherwise."""
    said = given.get(name, str(default))
    if not re.fullmatch(r"\d{1,9}", said) or not 1 <= int(said) <= most:
        raise Refusal(400, "VALIDATION_ERROR", f"{name} must be from 1 to {most}", name)
    return int(said)


def doomed(given: Mapping[str, str], body: Json) -> frozenset[str]:
    """The responses to delete, named in the address or in the body, 1 to 1000 of them.

    Raises Refusal for none and for too many.
    """
    listed = body.get("included_response_ids") or []
    tokens = (
        _list(given, "included_response_ids")
        | _list(given, "included_tokens")
        | {str(each) for each in listed if isinstance(listed, list)}
    )
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
