"""Responses and forms as Typeform would send them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.warehouse.histories import steps

OPEN_REF, MAPPED_REF = "what_happened", "their_open_question"


def item(step: steps.Came, now: datetime) -> dict[str, Any]:
    """A response as it comes in at `now`, or later by its lag."""
    given = (now - timedelta(days=step.lag + step.age)).isoformat()
    hidden = {"decision_id": step.decision, "account_id": "a1", "respondent": "p1"}
    return {
        "response_id": step.response,
        "response_type": "completed" if step.is_completed else "partial",
        ("submitted_at" if step.is_completed else "staged_at"): given,
        "hidden": {name: value for name, value in hidden.items() if value},
        "answers": list(_answers(step)),
    }


def _answers(step: steps.Came) -> Iterator[dict[str, Any]]:
    if step.words is not None:
        text = steps.WORDS[step.words]
        yield _answer("1", OPEN_REF, "text", text)
        yield _answer("2", MAPPED_REF, "text", text[::-1])
        if step.is_retyped:
            yield _answer("1", OPEN_REF, "text", f"Rather this. {text}")
    yield _answer("3", "satisfaction", "number", step.rating)
    yield _answer("4", "contact", "text", "maria@example.com")
    if step.may_see is not None:
        yield _answer("5", "may_see", "boolean", step.may_see)
    if step.may_quote is not None:
        yield _answer("6", "may_quote", "choice", {"ref": step.may_quote})


def _answer(field_id: str, ref: str, kind: str, value: object) -> dict[str, Any]:
    return {"type": kind, kind: value, "field": {"id": field_id, "ref": ref}}


def definition(step: steps.Formed, now: datetime) -> dict[str, Any]:
    """A form as it is when it is read at `now`."""
    contact = "email" if step.version == "asks for an address" else "short_text"
    title = "Why not us?" if step.version == "retitled" else "What happened?"
    edited = (
        {}
        if step.age is None
        else {"last_updated_at": (now - timedelta(days=step.lag + step.age)).isoformat()}
    )
    return {
        "settings": {"language": "de" if step.version == "in German" else "en"},
        "fields": [
            {"id": "1", "ref": OPEN_REF, "type": "long_text", "title": title},
            {
                "id": "3",
                "ref": "satisfaction",
                "type": "opinion_scale",
                "title": "How satisfied are you?",
                "properties": {"steps": 5, "start_at_one": True},
            },
            {"id": "4", "ref": "contact", "type": contact, "title": "How to reach you?"},
        ],
        **edited,
    }
