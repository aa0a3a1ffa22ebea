"""The loopback Typeform's webhooks: registering them, and what is sent to them.

From typeform.com/developers/webhooks (reference, example-payload, secure-your-webhooks) and
the configurations recorded in 2026.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

import requests

from winloss.errors import TypeformError
from winloss.typeform.sandbox.items import Json
from winloss.typeform.sandbox.query import InvalidPayload
from winloss.typeform.sandbox.store import Store

EventType = Literal["form_response", "form_response_partial"]
EVENT_TYPES: tuple[EventType, ...] = ("form_response", "form_response_partial")

_DEFAULTS = {"enabled": False, "verify_ssl": True, "event_types": {"form_response": True}}
_SAID = ("response_id", "response_type", "landing_id", "metadata")
"""What the Responses API says of a response and a webhook does not."""
_GONE = {404, 410}
_PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Delivery:
    """One request to a webhook: what is sent, byte for byte."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(repr=False)


def registered(
    given: object, *, form_id: str, tag: str, before: Json | None, now: datetime, new_id: str
) -> Json:
    """A webhook as Typeform gives it back; raises Refusal when it cannot be one.

    What is left out stays as it was, or takes its documented default.
    """
    if not isinstance(given, dict):
        raise InvalidPayload("WRONG_TYPE", "should be object", "/")
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    settled = _DEFAULTS | (before or {}) | given
    if urlsplit(str(settled.get("url", ""))).scheme not in {"http", "https"}:
        raise InvalidPayload("INVALID_VALUE", "should be a web address", "/url")
    if not isinstance(settled["event_types"], dict) or not set(settled["event_types"]) <= set(
        EVENT_TYPES
    ):
        raise InvalidPayload("INVALID_VALUE", "there is no such type of event", "/event_types")
    known = before or {"id": new_id.upper(), "created_at": at}
    own = {"id": known["id"], "form_id": form_id, "tag": tag}
    times = {"created_at": known["created_at"], "updated_at": at}
    names = ("url", "enabled", "verify_ssl", "secret", "event_types")
    return own | {name: settled[name] for name in names if name in settled} | times


def delivery(
    store: Store, form_id: str, token: str, *, event_type: EventType, is_test: bool
) -> Delivery:
    """What is sent of a response to the form's enabled webhook.

    The same event always has the same id and the same bytes, as a repeat does. Raises
    TypeformError when there is no such response, or no webhook that wants to know of it.
    """
    response = store.response(form_id, token)
    webhook = _listening(store, form_id, event_type)
    if response is None or webhook is None:
        raise TypeformError(
            f"Nothing to deliver: form {form_id} has no response {token}, or no enabled "
            f"webhook for {event_type}. Put the response and register the webhook first."
        )
    told = _told(store.form(form_id) or {}, form_id, token, response.item)
    seed = f"{form_id} {token} {event_type} {response.text}".encode("utf-8", "backslashreplace")
    event_id = token if is_test else hashlib.sha256(seed).hexdigest()[:26].upper()
    event = {"event_id": event_id, "event_type": event_type, "form_response": told}
    body = json.dumps(event, ensure_ascii=False).encode("utf-8", "backslashreplace")
    headers = {"Content-Type": "application/json", "User-Agent": "Typeform Webhooks"}
    if webhook.get("secret"):
        headers["Typeform-Signature"] = signature(str(webhook["secret"]), body)
    return Delivery(str(webhook["url"]), body, headers)


def signature(secret: str, body: bytes) -> str:
    """The header: base64, not hex, of HMAC-SHA256 over the bytes as sent."""
    made = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return f"sha256={base64.b64encode(made).decode()}"


def send(store: Store, form_id: str, sent: Delivery) -> int:
    """Post it once and say the status; an address that is gone is switched off at once."""
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            sent.url, data=sent.body, headers=dict(sent.headers), timeout=_PATIENCE_SECONDS
        )
    if answer.status_code in _GONE:
        for tag, webhook in store.webhooks(form_id).items():
            if webhook["url"] == sent.url:
                store.put_webhook(form_id, tag, webhook | {"enabled": False})
    return answer.status_code


def _listening(store: Store, form_id: str, event_type: EventType) -> Json | None:
    for webhook in store.webhooks(form_id).values():
        if webhook["enabled"] and webhook["event_types"].get(event_type):
            return webhook
    return None


def _told(form: Json, form_id: str, token: str, item: Json) -> Json:
    kept = {name: value for name, value in item.items() if name not in _SAID}
    endings = form.get("thankyou_screens", [])
    definition = {"id": form_id, "title": form.get("title", ""), "fields": list(_flat(form))}
    told = {"form_id": form_id, "token": token} | kept | {"definition": definition}
    told["response_url"] = f"https://admin.typeform.com/form/{form_id}/results?responseId={token}"
    if endings:
        definition["endings"] = endings
        told["ending"] = {name: endings[0].get(name) for name in ("id", "ref")}
    return told


def _flat(holder: Json) -> Iterator[Json]:
    """The questions that answer, those inside groups beside the others, as recorded in 2026."""
    for each in holder.get("fields", []):
        inside = each.get("properties") or {}
        if "fields" in inside:
            yield from _flat(inside)
        else:
            yield each
