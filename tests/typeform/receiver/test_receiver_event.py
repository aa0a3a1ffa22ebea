"""What a webhook's body says, however it is laid out."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.typeform.receiver.sender import webhook

from winloss.typeform.receiver.event import event

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


def test_every_recorded_webhook_is_read(shared_data: Path) -> None:
    """Ten real and documented bodies: the item is the response, value for value."""
    read = 0
    for path in sorted((shared_data / "typeform").glob("webhook_*.json")):
        said = json.loads(path.read_bytes())
        if "form_response" not in said:
            continue
        found = event(path.read_bytes())

        assert found is not None
        assert json.loads(found.item) == {"response_type": "completed", **said["form_response"]}
        assert found.form_id == said["form_response"]["form_id"]
        assert not found.is_test
        read += 1
    assert read >= 10


@pytest.mark.parametrize(
    ("name", "kind"), [("form_response", "completed"), ("form_response_partial", "partial")]
)
def test_the_event_says_whether_a_response_is_completed(name: str, kind: str) -> None:
    found = event(webhook(event=name))

    assert found is not None
    assert found.response_type == kind
    assert json.loads(found.item)["response_type"] == kind


def test_a_response_that_says_its_type_keeps_it() -> None:
    found = event(webhook(event="form_response_partial", response_type="completed"))

    assert found is not None
    assert json.loads(found.item)["response_type"] == "completed"
    assert b"partial" not in found.item


@pytest.mark.parametrize("told", [None, "finished", 7])
def test_a_type_that_is_none_gives_way_to_the_event(told: object) -> None:
    found = event(webhook(event="form_response_partial", response_type=told))

    assert found is not None
    assert json.loads(found.item)["response_type"] == "partial"


def test_an_event_of_another_kind_is_no_response() -> None:
    assert event(webhook(event="form_deleted")) is None


def test_a_test_is_told_by_its_event_id() -> None:
    """The button in Typeform's builder sends an invented response under its own event's id."""
    said = json.loads(webhook("01H5320DBGJF8PEJNWTN565S0A"))
    said["event_id"] = "01H5320DBGJF8PEJNWTN565S0A"
    found = event(json.dumps(said).encode())

    assert found is not None
    assert found.is_test


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not a JSON object"),
        (b"not JSON", "not a JSON object"),
        (b'{"event_type": "form_response", ', "not a JSON object"),
        (b'["event_type", "form_response"]', "not a JSON object"),
        (b'{"event_type": ' + b"[" * 100_000, "not a JSON object"),
        (b"{}", "not a Typeform event"),
        (b" { } ", "not a Typeform event"),
        (b"{,}", "not a JSON object"),
        (b'{"event_id": "e"}', "not a Typeform event"),
        (b'{"event_type": true}', "not a Typeform event"),
        (b'{"event_type": "form_response"}', "no form_response"),
        (b'{"event_type": "form_response", "form_response": null}', "no form_response"),
        (b'{"event_type": "form_response", "form_response": ["x"]}', "no form_response"),
        (webhook(form_id=""), "no form_id"),
        (webhook(form_id=None), "no form_id"),
        (webhook(token=""), "no token"),
        (webhook(token=[]), "no token"),
    ],
)
def test_what_names_no_response_is_refused_for_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        event(body)


@pytest.mark.parametrize("name", ["response_id", "landing_id"])
def test_an_older_name_of_a_response_will_do(name: str) -> None:
    assert event(webhook(token="", **{name: "old1"})) is not None


@pytest.mark.parametrize(
    "odd",
    [
        b'"a":"\xff\xfe"',
        b'"a":"\\ud800"',
        b'"a":"\x01\t\n"',
        b'"a":1,"a":2',
        b'"a":' + b"9" * 5000,
        '"a":"😀\u2028"'.encode(),
        b'"a":{"form_id":"Other","token":"Other"}',
    ],
)
def test_an_oddity_reaches_the_line_as_sent(odd: bytes) -> None:
    """Mending is the landing's: it sees the very bytes."""
    response = b'{"form_id":"Lost1","token":"tok1",' + odd + b"}"
    found = event(b'\xef\xbb\xbf{"event_type":"form_response","form_response":' + response + b"}")

    assert found is not None
    assert found.form_id == "Lost1"
    assert found.item == b'{"response_type":"completed",' + response.removeprefix(b"{")


@given(
    said=st.dictionaries(st.text(max_size=6), VALUES, max_size=4),
    beside=st.dictionaries(st.text(max_size=6), VALUES, max_size=3),
    indent=st.sampled_from([None, 0, 3]),
    is_ascii=st.booleans(),
)
def test_a_response_is_cut_out_whole(
    said: dict[str, Any], beside: dict[str, Any], indent: int | None, *, is_ascii: bool
) -> None:
    """Whatever stands in it and beside it, and however it is laid out."""
    response = said | {"form_id": "Lost1", "token": "tok1"}
    whole = beside | {"event_type": "form_response", "form_response": response}
    found = event(json.dumps(whole, indent=indent, ensure_ascii=is_ascii).encode())

    assert found is not None
    assert json.loads(found.item) == {"response_type": "completed"} | response


@given(st.binary(max_size=60) | st.text(alphabet='{}[]":, \\aeu0', max_size=40).map(str.encode))
def test_no_bytes_bring_it_down(body: bytes) -> None:
    """Anything at all is refused with a reason, never with a crash."""
    with pytest.raises(ValueError, match=r"^not a (JSON object|Typeform event)$"):
        event(body)
