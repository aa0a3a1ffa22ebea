"""What may pass is tried again within bounds; what cannot pass says what to change."""

import json
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.typeform.conftest import tokens_of

from winloss.errors import (
    SettingsError,
    TypeformMissing,
    TypeformRefused,
    TypeformUnreachable,
)
from winloss.settings import TypeformSettings
from winloss.typeform.api.client import Client


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
        found = tokens_of(client)

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
        tokens_of(client)

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


def test_the_scopes_of_a_whole_command_are_named(sandbox, reach):
    scopes = "forms:read and forms:write"
    with pytest.raises(SettingsError, match=f"in Typeform with {scopes}"):
        Client(reach(sandbox.base_url), "", scopes=scopes)
    with (
        Client(reach(sandbox.base_url), "wrong", scopes=scopes) as client,
        pytest.raises(TypeformRefused, match=f"it needs the scopes {scopes}"),
    ):
        client.definition("Lost1")
    with pytest.raises(SettingsError, match="with forms:read and responses:read"):
        Client(reach(sandbox.base_url), "")


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


def _told_to_wait(header):
    """Answer 429 with the header first, and with the form from then on."""
    asked = []

    def answer(handler):
        asked.append(handler.path)
        if len(asked) > 1:
            return b'{"id":"Lost1"}'
        handler.send_response(429)
        handler.send_header("Retry-After", header)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return None

    return asked, answer


@pytest.mark.parametrize("header", ["soon", "-7", "9" * 5000, "Fri, 99 Foo 99999 99:99:99 GMT"])
def test_a_wait_nobody_can_read_is_a_backoff(answering, reach, header):
    """Five thousand digits are a number no int takes; the far future is no date."""
    asked, answer = _told_to_wait(header)

    with Client(reach(answering(answer)), "sandbox") as client:
        client.definition("Lost1")

    assert len(asked) == 2


def test_a_wait_until_an_instant_is_obeyed(answering, reach):
    _, answer = _told_to_wait(
        format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    )
    started = time.monotonic()

    with Client(reach(answering(answer)), "sandbox") as client:
        client.definition("Lost1")

    assert time.monotonic() - started >= 1.5


def test_a_wait_too_long_to_sit_out_is_not_cut_short(answering, reach):
    """Asking again before the time would be what Typeform asked us not to do."""
    asked, answer = _told_to_wait("3600")

    with (
        Client(reach(answering(answer)), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match=r"asks us to wait 3,600 seconds.*after that"),
    ):
        client.definition("Lost1")

    assert len(asked) == 1


def test_what_is_waited_for_is_said_and_taken_back(sandbox, reach):
    sandbox.fail("429_later", "503")
    told: list[str] = []

    with Client(reach(sandbox.base_url), "sandbox", waiting=told.append) as client:
        client.definition("Lost1")

    assert told == [
        "",
        "Typeform asks us to wait 1 s",
        "",
        "503 SERVICE_UNAVAILABLE, try 3 of 3 in 0 s",
        "",
    ]
