"""Clients that never finish, say nothing, say too much, or talk rubbish."""

import select
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from tests.typeform.receiver.sender import Running, answer, head, webhook

from winloss.errors import SettingsError
from winloss.typeform.receiver.protocol import CROWDED_SECONDS, MOST_WAITING
from winloss.typeform.receiver.server import address, listen


@pytest.mark.parametrize("said", [b"", b"P", b"POST /typeform HTTP/1.1\r\nHost: re"])
def test_a_head_that_never_ends_is_given_up(start: Callable[..., Running], said: bytes) -> None:
    receiver = start(patience_seconds=0.3)
    began = time.monotonic()
    with receiver.connect() as opened:
        opened.sendall(said)

        assert not answer(opened)
    assert time.monotonic() - began >= 0.3


def test_a_head_that_comes_drop_by_drop_is_given_up(start: Callable[..., Running]) -> None:
    """By itself, uvicorn would start its patience anew with each drop."""
    receiver = start(patience_seconds=0.4)
    with receiver.connect() as opened:
        opened.sendall(b"POST /typeform HTTP/1.1\r\n")
        for _ in range(200):
            if select.select([opened], [], [], 0.05)[0]:
                break
            opened.sendall(b"X")
        else:
            pytest.fail("it is still listening after 200 drops")

        assert not answer(opened)


def test_who_is_silent_keeps_nobody_waiting(start: Callable[..., Running]) -> None:
    """In a crowd, who has not finished after a second goes, and deliveries get through."""
    receiver = start()
    with ExitStack() as stack:
        early = stack.enter_context(receiver.begin(webhook("early"), sent=len(webhook("early"))))
        held = [stack.enter_context(receiver.connect()) for _ in range(MOST_WAITING + 20)]

        assert answer(early).startswith(b"HTTP/1.1 200 ")
        assert receiver.send(webhook()).status_code == 200
        assert [answer(each) for each in held[:20]] == [b""] * 20
        assert sum(not select.select([each], [], [], 0)[0] for each in held) == MOST_WAITING
    assert receiver.tokens() == ["early", "tok1"]


def test_without_a_crowd_there_is_patience(start: Callable[..., Running]) -> None:
    receiver = start()
    body = webhook()
    with receiver.begin(body, sent=10) as slow:
        time.sleep(CROWDED_SECONDS + 0.1)
        slow.sendall(body[10:])

        assert answer(slow).startswith(b"HTTP/1.1 200 ")


def test_a_head_is_bounded(receiver: Running) -> None:
    """What has not ended after 16 KB never will."""
    with receiver.connect() as opened:
        opened.sendall(b"POST /typeform HTTP/1.1\r\nX-Long: " + b"x" * 17_000)

        assert answer(opened).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS where none is spoken
        b"\x00" * 100,
        b"GET\r\n\r\n",
        b"POST /typeform HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"POST /typeform HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_rubbish_is_turned_away_at_once(receiver: Running, rubbish: bytes) -> None:
    with receiver.connect() as opened:
        opened.sendall(rubbish + b"\r\n")

        assert answer(opened).startswith(b"HTTP/1.1 400 ")
    assert receiver.send(webhook()).status_code == 200
    assert receiver.tokens() == ["tok1"]


def test_a_connection_serves_one_request(receiver: Running) -> None:
    """What is sent behind it is not read as another: no pile-up, and nothing smuggled in."""
    first, second = webhook("first"), webhook("second")
    with receiver.connect() as opened:
        opened.sendall(head(first) + first + head(second) + second)
        said = answer(opened)

    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.count(b"HTTP/1.1") == 1
    assert b"connection: close" in said.lower()
    assert receiver.tokens() == ["first"]


def test_a_proxy_may_speak_the_older_http(receiver: Running) -> None:
    """As nginx does unless told otherwise."""
    body = webhook()
    with receiver.connect() as opened:
        opened.sendall(head(body).replace(b"HTTP/1.1", b"HTTP/1.0") + body)

        assert answer(opened).startswith(b"HTTP/1.1 200 ")
    assert receiver.tokens() == ["tok1"]


def test_an_address_that_is_taken_is_told_with_what_to_do() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{port} \(.+\); choose another"):
            listen("127.0.0.1", port)


def test_an_address_of_ipv6_is_written_in_brackets() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with listen("::1", 0) as listener:
        assert address(listener).startswith("http://[::1]:")
