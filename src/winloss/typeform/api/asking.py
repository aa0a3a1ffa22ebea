"""What is asked of Typeform, request by request: addresses, parameters and scopes."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from winloss.errors import TypeformError, TypeformMissing
from winloss.typeform.api.judging import ALL_FORMS, Question

_WRITING = "forms:write"
_WEBHOOKS = "webhooks:read and webhooks:write"
_MOST_FORMS = 200


def of_forms(search: str, page: int) -> Question:
    """A page of the account's forms, as many on it as Typeform gives."""
    parameters = {"page_size": str(_MOST_FORMS), "page": str(page)}
    wanted = parameters | ({"search": search} if search else {})
    return Question("GET", ALL_FORMS, "the list of forms", parameters=wanted)


def of_creation(definition: dict[str, Any]) -> Question:
    """A new form."""
    return Question("POST", ALL_FORMS, "a new form", _WRITING, body=_encoded(definition))


def of_replacement(form_id: str, definition: dict[str, Any]) -> Question:
    """A form in the place of what it was."""
    body = _encoded(definition)
    return Question("PUT", _path(form_id), f"form {form_id}", _WRITING, body=body)


def of_definition(form_id: str) -> Question:
    """A form as it is."""
    return Question("GET", _path(form_id), f"form {form_id}")


def of_responses(form_id: str, parameters: dict[str, str]) -> Question:
    """A page of a form's responses."""
    path = f"{_path(form_id)}/responses"
    return Question("GET", path, f"form {form_id}", parameters=parameters)


def of_webhook(form_id: str, tag: str, webhook: dict[str, Any] | None = None) -> Question:
    """A form's webhook as it is, or as it shall be."""
    if not tag.strip(" ."):
        raise TypeformError(f"{tag!r} cannot be the tag of a webhook.")
    path = f"{_path(form_id)}/webhooks/{quote(tag, safe='')}"
    body = None if webhook is None else _encoded(webhook)
    return Question("GET" if body is None else "PUT", path, f"form {form_id}", _WEBHOOKS, body=body)


def window(since: datetime | None, until: datetime) -> dict[str, str]:
    """The bounds of a window, both inclusive, to the second as Typeform takes them."""
    bounds = {"until": _stamp(until)}
    return bounds if since is None else {"since": _stamp(since)} | bounds


def _path(form_id: str) -> str:
    if not form_id.strip(" ."):
        # Such an address would be resolved to another one.
        raise TypeformMissing(
            f"{form_id!r} is not the id of a form. Check typeform.forms in winloss.toml."
        )
    return f"{ALL_FORMS}/{quote(form_id, safe='')}"


def _encoded(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
