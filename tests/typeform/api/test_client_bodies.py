"""A body that is odd, broken, endless or slow has a clear outcome each."""

import time

import pytest
from tests.typeform.conftest import END, tokens_of

from winloss.errors import TypeformError, TypeformUnreachable
from winloss.typeform.api import wire
from winloss.typeform.api.client import Client
from winloss.typeform.api.page import read_page


@pytest.mark.parametrize(
    "value",
    [b'"\xff"', b'"\x01\n"', b'"\\ud800"', b"9" * 5000, b'1,"token":"t"', b"NaN"],
    ids=["not utf-8", "control characters", "lone surrogate", "huge", "a key twice", "no number"],
)
def test_what_strict_readers_refuse_still_names_its_responses(value):
    page = b'\xef\xbb\xbf{"items":[{"token":"t","answer":' + value + b"}]}"

    assert read_page(page).names == ("t",)


def _page(items=b"", total=b"1"):
    return b'{"total_items":' + total + b',"page_count":1,"items":[' + items + b"]}"


def _once(first):
    """Answer the first page with this, and nothing behind it."""
    return lambda handler: _page() if "before=" in handler.path else first


NAMED = b'{"token":"t","submitted_at":"2026-09-01T08:00:00Z"}'


@pytest.mark.parametrize(
    "body",
    [
        _page(b"null,7," + NAMED + b',"text",[]', b"5"),
        _page(NAMED, b"9" * 5000),
        _page(NAMED, b"null"),
        _page(NAMED, b'{"a":[]}'),
        _page(b'{"token":null,"response_id":7,"landing_id":"t","answers":null}'),
        _page(b'{"token":"t","submitted_at":7,"staged_at":[]}'),
        b'{"items":[' + NAMED + b"]}",
        b"\xef\xbb\xbf" + _page(NAMED),
        _page(NAMED).decode().encode("utf-16"),
        _page(NAMED).decode().encode("utf-16-le"),
        _page(NAMED[:-1] + b',"answer":' + b"9" * 5000 + b"}"),
    ],
    ids=[
        "items that are no responses",
        "total of 5000 digits",
        "no total",
        "a total that is none",
        "names that are none",
        "times that are none",
        "an envelope with items alone",
        "byte order mark",
        "utf-16 with a mark",
        "utf-16 without",
        "an answer of 5000 digits",
    ],
)
def test_an_odd_page_is_used(answering, reach, body):
    with Client(reach(answering(_once(body)), page_size=10), "sandbox") as client:
        (page,) = client.pages("Lost1", response_type="completed", since=None, until=END)

    assert read_page(page).named == ["t"]
    assert page.startswith(b"{")
    assert b"\0" not in page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[]", "JSON without items"),
        (b'"items"', "JSON without items"),
        (b'{"items":{"a":1}}', "items that are no list"),
        (b'{"items":', "not JSON"),
        (b"\0\1\2\3", "not JSON"),
        (b" \n", "an empty answer"),
    ],
)
def test_what_is_no_page_is_tried_again_and_named(answering, reach, body, said):
    asked = []

    def answer(handler):
        asked.append(handler.path)
        return body

    with (
        Client(reach(answering(answer), retries=1), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match=rf"in 2 tries \(last: .*{said}"),
    ):
        tokens_of(client)

    assert len(asked) == 2


def test_no_items_at_all_are_an_empty_page(answering, reach):
    with Client(reach(answering(lambda _: b'{"total_items":0,"items":null}')), "s") as client:
        assert tokens_of(client) == []


def test_what_nests_too_deeply_is_passed_on_as_sent(answering, reach):
    """Nobody's reading of it is asked for here: names and counts are found without it."""
    deep = b"[" * 100_000 + b'"\\"]"' + b"]" * 100_000
    body = b'{"id":"Lost1","items":[{"answers":' + deep + b',"token":"t"}],"total_items":1}'

    def answer(handler):
        return b'{"items":[]}' if "before=t" in handler.path else body

    with Client(reach(answering(answer)), "sandbox") as client:
        (page,) = client.pages("Lost1", response_type="completed", since=None, until=END)
        assert page == client.definition("Lost1") == body


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":"Lost1","items":' + b"[" * 100_000 + b"}",
        b'{"id":"Lost1","items":[{"token":"t","answers":' + b'{"a":' * 100_000,
    ],
)
def test_what_nests_too_deeply_and_breaks_off_is_no_json(answering, reach, body):
    with (
        Client(reach(answering(lambda _: body)), "sandbox") as client,
        pytest.raises(TypeformUnreachable, match="not JSON"),
    ):
        tokens_of(client)


def _drips_headers(handler):
    for _ in range(100):
        handler.wfile.write(b"H")
        time.sleep(0.05)


def _drips_a_body(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
    _drips_headers(handler)


def _drips_chunks(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"1\r\n \r\n")
        time.sleep(0.05)


def _never_ends(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n{")
    while True:
        handler.wfile.write(b" " * 1000)
        time.sleep(0.01)


@pytest.mark.parametrize("answer", [_drips_headers, _drips_a_body, _drips_chunks, _never_ends])
def test_a_server_that_drips_holds_nobody_up(answering, reach, answer):
    """Each silence is short enough; the answer as a whole is not."""
    quick = reach(answering(answer), timeout_seconds=0.2, retries=0)
    started = time.monotonic()

    with (
        Client(quick, "sandbox") as client,
        pytest.raises(TypeformUnreachable, match="no whole answer within 2 seconds"),
    ):
        client.definition("Lost1")

    assert 2 <= time.monotonic() - started < 4


def test_a_large_page_is_fine(answering, reach):
    body = _page(NAMED[:-1] + b',"answer":"' + b"long " * 6_000_000 + b'"}')

    with Client(reach(answering(_once(body))), "sandbox") as client:
        (page,) = client.pages("Lost1", response_type="completed", since=None, until=END)

    assert page == body


def test_a_body_beyond_all_measure_is_not_taken_in(answering, reach, monkeypatch):
    monkeypatch.setattr(wire, "_MOST_BYTES", 2**20)

    with (
        Client(reach(answering(lambda _: b" " * 2**21)), "sandbox") as client,
        pytest.raises(TypeformError, match=r"form Lost1 is larger than 1 MB.*page_size"),
    ):
        tokens_of(client)
