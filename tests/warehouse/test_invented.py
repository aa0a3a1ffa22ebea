"""The conservation law holds for payloads nobody has seen, and it can fail."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests import conservation
from tests.warehouse import invented


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(page=invented.pages(), definition=invented.FORMS)
def test_nothing_is_lost_or_added(page: bytes, definition: Any) -> None:
    """Whatever a page holds, the build stands and the law holds."""
    conservation.check(page, definition=definition)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(item=invented.items(), definition=invented.FORMS)
def test_webhook_is_no_different(item: Any, definition: Any) -> None:
    """What comes by webhook keeps the same law, with its own form."""
    if isinstance(item, dict):
        conservation.check({"form_response": {**item, "definition": definition}})


def test_five_megabytes_in_one_answer() -> None:
    """A long text is kept to the last letter."""
    text = "a\u0000\u00e9" * 1_700_000
    conservation.check(
        {"items": [{"response_id": "r", "answers": [{"type": "text", "text": text}]}]}
    )


@pytest.mark.parametrize(
    "lost",
    [
        {"type": "text", "text": "other words"},
        {"type": "choices", "choices": {"labels": ["b", "a"]}},
        {"type": "number", "number": 1},
        {"type": "boolean", "boolean": None},
        {"type": "hologram", "hologram": 4},
    ],
    ids=lambda answer: answer["type"],
)
def test_the_law_can_fail(lost: dict[str, Any]) -> None:
    """An answer changed on its way in is named."""
    kept = {
        "text": "words",
        "choices": {"labels": ["a", "b"]},
        "number": 0,
        "boolean": False,
        "hologram": 3,
    }
    kind = lost["type"]
    page = {"items": [{"response_id": "r", "answers": [{"type": kind, kind: kept[kind]}]}]}

    with conservation.carried({"items": [{"response_id": "r", "answers": [lost]}]}) as connection:
        conservation.compare(connection, {"items": [{"response_id": "r", "answers": [lost]}]})
        with pytest.raises(AssertionError, match="answer 1 of response 'r' was sent"):
            conservation.compare(connection, page)


def test_a_response_too_many_or_too_few_is_named() -> None:
    """Neither a lost response nor an invented one goes unseen."""
    one, other = ({"response_id": name, "answers": []} for name in "ab")

    with conservation.carried({"items": [one, other]}) as connection:
        with pytest.raises(AssertionError):
            conservation.compare(connection, {"items": [one]})
        with pytest.raises(AssertionError, match="response 'c' is lost"):
            conservation.compare(
                connection, {"items": [one, other, {"response_id": "c", "answers": []}]}
            )
