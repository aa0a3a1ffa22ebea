"""The client gets every response once, whatever the server does, or says what to change."""

import json
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winloss.errors import (
    SettingsError,
    TypeformError,
    TypeformMissing,
    TypeformRefused,
    TypeformUnreachable,
)
from winloss.settings import TypeformSettings
from winloss.typeform.client import Client, _token
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.transport import tolerant

START = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
END = START + timedelta(days=90)


def _tokens(client, form_id="Lost1", response_type="completed", since=None, until=END):
    pages = client.pages(form_id, response_type=response_type, since=since, until=until)
    return [item["token"] for page in pages for item in json.loads(page)["items"]]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    minutes=st.lists(st.integers(0, 4), max_size=12),
    page_size=st.integers(1, 6),
    most_per_page=st.integers(1, 6),
    refuses=st.booleans(),
)
def test_every_page_size_yields_each_response_once(
    sandbox, reach, response, minutes, page_size, most_per_page, refuses
):
    """Ties in time, a silent cap on the page size and a refused window lose nothing."""
    for token in [f"t{i}" for i in range(12)]:
        sandbox.drop("Lost1", token)
    for i, minute in enumerate(minutes):
        sandbox.put("Lost1", response(f"t{i}", minute))
    sandbox.behaviour.most_per_page = most_per_page
    sandbox.behaviour.refuses_window_with_cursor = refuses

    with Client(reach(sandbox.base_url, page_size=page_size), "sandbox") as client:
        found = _tokens(client)

    assert sorted(found) == sorted(f"t{i}" for i in range(len(minutes)))


def test_pages_come_as_sent(sandbox, reach):
    """A page strict readers refuse (a lone surrogate, a key twice) is passed on whole."""
    twice = '{"token":"t1","submitted_at":"2026-09-01T08:00:00Z","token":"t1","a":"\\ud800"}'
    sandbox.put("Lost1", twice)

    with Client(reach(sandbox.base_url), "sandbox") as client:
        (page,) = client.pages("Lost1", response_type="completed", since=None, until=END)

    assert twice.encode() in page


@pytest.mark.parametrize(
    "value",
    [b'"\xff"', b'"\x01\n"', b'"\\ud800"', b"9" * 5000, b'1,"token":"t"', b"NaN"],
    ids=["not utf-8", "control characters", "lone surrogate", "huge", "a key twice", "no number"],
)
def test_what_strict_readers_refuse_still_names_its_responses(value):
    page = b'\xef\xbb\xbf{"items":[{"token":"t","answer":' + value + b"}]}"

    assert list(map(_token, tolerant(page)["items"])) == ["t"]


@pytest.mark.parametrize("name", ["token", "response_id", "landing_id"])
def test_any_name_of_a_response_serves_as_cursor(sandbox, reach, name):
    for i in range(5):
        at = f"2026-09-01T08:0{i}:00Z"
        sandbox.put("Lost1", {name: f"t{i}", "submitted_at": at})

    with Client(reach(sandbox.base_url, page_size=2), "sandbox") as client:
        pages = list(client.pages("Lost1", response_type="completed", since=None, until=END))

    assert [item[name] for page in pages for item in json.loads(page)["items"]] == [
        f"t{i}" for i in (4, 3, 2, 1, 0)
    ]


def test_the_window_is_inclusive_and_sent_with_every_page(sandbox, reach, response):
    for minute in range(10):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    since, until = START + timedelta(minutes=2), START + timedelta(minutes=7)

    with Client(reach(sandbox.base_url, page_size=2), "sandbox") as client:
        found = _tokens(client, since=since, until=until)

    assert found == ["t7", "t6", "t5", "t4", "t3", "t2"]
    asked = [seen for seen in sandbox.behaviour.requests if "/responses" in seen]
    assert all("since=" in seen and "until=" in seen for seen in asked)


def test_a_refused_window_stops_at_the_lower_bound_all_the_same(sandbox, reach, response):
    for minute in range(100):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.refuses_window_with_cursor = True

    with Client(reach(sandbox.base_url, page_size=5), "sandbox") as client:
        found = _tokens(client, since=START + timedelta(minutes=90))

    assert found[:10] == [f"t{minute}" for minute in range(99, 89, -1)]
    assert len(found) <= 20


def test_partial_responses_go_by_the_time_they_were_staged(sandbox, reach, response):
    never = "0001-01-01T00:00:00Z"
    staged = {"response_type": "partial", "submitted_at": never}
    sandbox.put("Lost1", response("done", 1))
    sandbox.put("Lost1", response("old", 1, staged_at="2026-09-01T07:00:00Z", **staged))
    sandbox.put("Lost1", response("new", 1, staged_at="2026-09-01T09:00:00Z", **staged))

    with Client(reach(sandbox.base_url), "sandbox") as client:
        found = _tokens(client, response_type="partial", since=START)

    assert found == ["new"]


def test_an_empty_form_has_no_pages(sandbox, reach):
    with Client(reach(sandbox.base_url), "sandbox") as client:
        assert _tokens(client) == []


def test_an_ignored_cursor_ends_in_words_not_in_a_circle(sandbox, reach, response):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.ignores_cursor = True

    with (
        Client(reach(sandbox.base_url, page_size=2), "sandbox") as client,
        pytest.raises(TypeformError, match="same page of form Lost1"),
    ):
        _tokens(client)


def test_a_page_without_names_is_not_skipped_over(sandbox, reach):
    sandbox.put("Lost1", {"submitted_at": "2026-09-01T08:00:00Z"})

    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(TypeformError, match="names none of its responses"),
    ):
        _tokens(client)


@pytest.mark.parametrize(
    "faults",
    [
        ("429",),
        ("499",),
        ("500", "503"),
        ("cut",),
        ("cut", "empty"),
        ("html", "no_items"),
    ],
)
def test_what_passes_is_tried_again(sandbox, reach, response, faults):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.fail(*faults)

    with Client(reach(sandbox.base_url, page_size=2), "sandbox") as client:
        found = _tokens(client)

    assert found == ["t4", "t3", "t2", "t1", "t0"]
    assert not sandbox.behaviour.faults


def test_retry_after_is_obeyed(sandbox, reach):
    sandbox.fail("429_later")
    started = time.monotonic()

    with Client(reach(sandbox.base_url), "sandbox") as client:
        client.definition("Lost1")

    assert time.monotonic() - started >= 0.95


def test_backoff_doubles(sandbox, reach):
    sandbox.fail("500", "500")
    started = time.monotonic()

    with Client(reach(sandbox.base_url, backoff_seconds=0.1), "sandbox") as client:
        client.definition("Lost1")

    assert time.monotonic() - started >= 0.29


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("429", "429 TOO_MANY_REQUESTS"),
        ("503", "503"),
        ("cut", "broke off"),
        ("empty", "an empty answer"),
        ("html", "not JSON"),
        ("no_items", "JSON without items"),
    ],
)
def test_tries_are_bounded_and_the_last_cause_is_named(sandbox, reach, fault, said):
    sandbox.fail(*[fault] * 10)

    with (
        Client(reach(sandbox.base_url, retries=3), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match=rf"in 4 tries \(last: .*{said}.*base_url"),
    ):
        _tokens(client)

    assert len(sandbox.behaviour.requests) == 4


def test_an_unreachable_host_says_so_after_bounded_tries(reach):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"

    with (
        Client(reach(address), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match=r"in 3 tries \(last: no connection\)") as caught,
    ):
        client.definition("Lost1")

    assert address in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_silent_host_times_out(reach):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with (
            Client(reach(address, timeout_seconds=0.1, retries=1), "sandbox") as client,
            pytest.raises(TypeformUnreachable, match=r"no answer within 0\.1 seconds"),
        ):
            client.definition("Lost1")


@pytest.mark.parametrize("address", ["api.typeform.com", "ftp://localhost", "http://"])
def test_an_address_that_cannot_be_one_names_the_setting(address):
    with (
        Client(TypeformSettings(base_url=address), "sandbox") as client,
        pytest.raises(SettingsError, match=r"typeform\.base_url"),
    ):
        client.definition("Lost1")


def test_a_refused_token_names_the_setting_and_is_not_printed(sandbox, reach):
    with (
        Client(reach(sandbox.base_url), "tfp_invented_9") as client,
        pytest.raises(TypeformRefused, match=r"WINLOSS_TYPEFORM_TOKEN.*responses:read") as caught,
    ):
        client.definition("Lost1")

    assert "tfp_invented_9" not in f"{caught.value} {caught.value!r} {client!r} {vars(client)!r}"
    assert len(sandbox.behaviour.requests) == 1


@pytest.mark.parametrize("token", ["", "  ", "tfp secret", "tfp\nsecret", "tfp–secret"])
def test_a_token_that_cannot_be_one_is_refused_unseen(reach, token):
    with pytest.raises(SettingsError, match="WINLOSS_TYPEFORM_TOKEN") as caught:
        Client(reach("http://127.0.0.1:9"), token)

    assert "secret" not in str(caught.value)


def test_a_line_break_after_the_token_does_no_harm(sandbox, reach):
    with Client(reach(sandbox.base_url), "sandbox\n") as client:
        assert json.loads(client.definition("Lost1"))["id"] == "Lost1"


def test_a_deleted_form_is_missing_by_name(sandbox, reach):
    sandbox.drop_form("Lost1")

    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(TypeformMissing, match=r"no form Lost1 .*FORM_NOT_FOUND"),
    ):
        client.definition("Lost1")


def test_requests_keep_the_pace(sandbox, reach):
    started = time.monotonic()

    with Client(reach(sandbox.base_url, requests_per_second=20), "sandbox") as client:
        for _ in range(7):
            client.definition("Lost1")

    assert time.monotonic() - started >= 6 / 20


def test_the_default_pace_stays_within_typeforms_limit(folder, reach):
    """At two a second the account-wide limit is never met."""
    with (
        Sandbox(folder, requests_per_second=2) as sandbox,
        Client(reach(sandbox.base_url, requests_per_second=2, retries=0), "sandbox") as client,
    ):
        for _ in range(4):
            client.definition("Lost1")


def test_the_recorded_folder_is_read_whole(shared_data, reach):
    with (
        Sandbox(Path(shared_data) / "real") as sandbox,
        Client(reach(sandbox.base_url), "sandbox") as client,
    ):
        found = _tokens(client, form_id="RealW0rd")

    assert len(found) == len(set(found)) == 2424
