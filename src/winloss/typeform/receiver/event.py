"""What a webhook says: which form, completed or partial, and the response as it was sent.

The shape is typeform.com/developers/webhooks/example-payload.
"""

import json
from dataclasses import dataclass
from typing import Any

from winloss.typeform.api.client import ResponseType

RESPONSE_TYPES: dict[str, ResponseType] = {
    "form_response": "completed",
    "form_response_partial": "partial",
}

_READER = json.JSONDecoder(strict=False, parse_int=str)  # a number of 5000 digits is no integer


@dataclass(frozen=True)
class Event:
    """One response of one form, as delivered."""

    form_id: str
    response_type: ResponseType
    item: bytes
    """The `form_response` object as sent, and `response_type` with it where it had none."""
    is_test: bool
    """Sent by the test button of Typeform's builder: nobody gave this response."""


def event(body: bytes | bytearray) -> Event | None:
    """The response that a webhook's body holds; None for an event of another kind.

    Read as tolerantly as a page: broken UTF-8, raw control characters, lone surrogates and
    duplicate keys cost nothing, and stand in `item` as sent for whoever lands it. Raises
    ValueError where no response can be named, with a reason that holds nobody's words.
    """
    said = _members(body.decode("utf-8", "surrogateescape").removeprefix("\ufeff"))
    kind = _value(said, "event_type")
    if not isinstance(kind, str):
        raise ValueError("not a Typeform event")  # noqa: TRY004 (what came is wrong, not its caller)
    if kind not in RESPONSE_TYPES:
        return None
    response = _value(said, "form_response")
    if not isinstance(response, dict):
        raise ValueError("no form_response")  # noqa: TRY004 (the same)
    form_id, token = _text(response, "form_id"), _text(response, "token")
    if not form_id:
        raise ValueError("no form_id")
    if not (token or _text(response, "response_id") or _text(response, "landing_id")):
        raise ValueError("no token")
    return Event(
        form_id=form_id,
        response_type=RESPONSE_TYPES[kind],
        item=_typed(said["form_response"].text, response, RESPONSE_TYPES[kind]),
        is_test=bool(token) and token == _value(said, "event_id"),
    )


@dataclass(frozen=True)
class _Member:
    value: Any
    text: str


def _members(text: str) -> dict[str, _Member]:
    """The members of the document's object, each with its own text; of a repeated key the last."""
    found: dict[str, _Member] = {}
    try:
        at = _past(text, 0, "{")
        if text.startswith("}", _skip(text, at)):
            return found
        while True:
            key, at = _READER.raw_decode(text, _skip(text, at))
            start = _skip(text, _past(text, at, ":"))
            value, at = _READER.raw_decode(text, start)
            found[str(key)] = _Member(value, text[start:at])
            if text.startswith("}", _skip(text, at)):
                return found
            at = _past(text, at, ",")
    except (ValueError, RecursionError) as error:
        raise ValueError("not a JSON object") from error


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t", "\n", "\r"}:
        at += 1
    return at


def _past(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if not text.startswith(mark, at):
        raise ValueError("malformed")
    return at + 1


def _value(said: dict[str, _Member], key: str) -> Any:  # noqa: ANN401 (JSON is anything)
    return said[key].value if key in said else None


def _text(response: dict[str, Any], key: str) -> str:
    value = response.get(key)
    return value if isinstance(value, str) else ""


def _typed(text: str, response: dict[str, Any], kind: ResponseType) -> bytes:
    """The object's own text, told apart as completed or partial where it does not say itself."""
    if "response_type" not in response:
        text = f'{{"response_type":"{kind}",{text.removeprefix("{")}'
    elif response["response_type"] not in ("started", *RESPONSE_TYPES.values()):
        # What it says is no type: of a key said twice the last counts, and it is told.
        text = f'{text.removesuffix("}")},"response_type":"{kind}"}}'
    return text.encode("utf-8", "surrogateescape")
