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


@pytest.mark.parametrize(
    "answers",
    [
        [{"type": "number", "number": 9007199254740993}],
        [{"type": "number", "number": 12345678901234567890}],
        [{"type": "number", "number": 9007199254740992}],
        [{"type": "choices", "choices": {"labels": ["a"], "others": ["z"]}}],
        [{"type": "choices", "choices": [{"other": ""}]}],
        [{"type": "choices", "choices": [{"other": "p; q"}, {"other": "r"}]}],
        [{"type": "choice", "choice": {"label": "a", "score": 3}}],
        {"0": {"type": "text", "text": "in an object"}},
        {"type": "text", "text": "one bare answer"},
        "words",
        0,
    ],
    ids=str,
)
def test_what_its_place_does_not_hold_is_kept_as_received(answers: Any) -> None:
    """More digits than a double has, keys nobody knew, two answers in words, and no list at all."""
    page = {"items": [{"response_id": "r", "answers": answers}, {"response_id": "next"}]}

    conservation.check(page)


def test_a_contact_detail_is_withheld_though_its_ref_was_renamed() -> None:
    """Its id still says what it is."""
    name = {"id": "n1", "ref": "full_name", "type": "short_text", "title": "Name"}
    form = {"fields": [{"id": "c", "type": "contact_info", "properties": {"fields": [name]}}]}
    answer = {
        "type": "text",
        "text": "Ada Quill",
        "field": {"id": "n1", "ref": "old_name", "type": "short_text"},
    }
    page = {"items": [{"response_id": "r", "answers": [answer]}]}

    with conservation.carried(page, definition=form) as connection:
        rows = connection.execute("select is_withheld, text_value from staging.answers").fetchall()

    assert rows == [(True, None)]


@pytest.mark.parametrize("told", ["2026-10-01 10:00:00", 1790000000, "yesterday"])
def test_an_instant_nobody_can_read_is_counted(told: object) -> None:
    """Its response may be taken for a partial one, which no figure counts."""
    never = {"response_id": "never", "submitted_at": "0001-01-01T00:00:00Z"}
    page = {"items": [{"response_id": "r", "submitted_at": told, "answers": []}, never]}

    with conservation.carried(page) as connection:
        rows = connection.execute(
            "select record_id from ops.rejects where reason = 'unreadable submitted_at'"
        ).fetchall()

    assert rows == [("f/r",)]
