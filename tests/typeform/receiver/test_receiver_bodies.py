"""Bodies that are large, slow, cut or lied about; and any bytes at all without a signature."""

import random
import time
from collections.abc import Callable, Iterator

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.typeform.receiver.sender import Running, answer, head, sign, webhook

UNSHARED = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LARGE = webhook("large", calculated={"score": "x" * 10_000_000})


@UNSHARED
@given(body=st.binary(max_size=200), signature=st.text(st.characters(codec="ascii"), max_size=60))
def test_no_bytes_land_without_a_right_signature(
    receiver: Running, body: bytes, signature: str
) -> None:
    """Whatever is sent, and however near to a response it is."""
    shown = "".join(each for each in signature if each.isprintable()).strip()

    assert receiver.send(body, shown).status_code == 401
    assert receiver.send(webhook(), f"sha256={shown}").status_code == 401
    assert receiver.lines() == []


@UNSHARED
@given(order=st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_repeats_in_any_order_land_each_once(receiver: Running, order: list[int]) -> None:
    for number in order:
        assert receiver.send(webhook(f"tok{number}")).status_code == 200

    landed = [token for token in receiver.tokens() if int(token[3:]) in order]
    assert landed == sorted({f"tok{number}" for number in order})


def test_ten_megabytes_land(receiver: Running) -> None:
    assert receiver.send(LARGE).text == "landed\n"
    (line,) = receiver.lines()
    assert len(line["item"]["calculated"]["score"]) == 10_000_000


def test_a_body_that_is_too_large_is_refused_and_told_so(start: Callable[..., Running]) -> None:
    """It is read to its end, or the sender would meet a closed door instead of the answer."""
    receiver = start(most_megabytes=1)
    with receiver.begin(LARGE, sent=len(LARGE)) as opened:
        said = answer(opened)

    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"receiver.most_megabytes" in said
    assert receiver.send(webhook()).status_code == 200
    assert receiver.tokens() == ["tok1"]


def test_a_body_that_does_not_tell_its_length_is_bounded_too(
    start: Callable[..., Running],
) -> None:
    receiver = start(most_megabytes=1)
    chunks = (LARGE[at : at + 65536] for at in range(0, len(LARGE), 65536))

    assert receiver.send(chunks, sign(LARGE)).status_code == 413
    assert receiver.lines() == []


def test_the_limit_itself_is_taken(start: Callable[..., Running]) -> None:
    body = webhook(padding="x" * (1000 - len(webhook(padding=""))))
    receiver = start(most_megabytes=0.001)

    assert len(body) == 1000
    assert receiver.send(body).status_code == 200
    assert receiver.send(body.replace(b"xxx", b"xxxx")).status_code == 413


def test_a_body_in_pieces_is_one_body(receiver: Running) -> None:
    """Signed over all of them, wherever they are cut."""
    body, chance = webhook(), random.Random(4)

    def pieces() -> Iterator[bytes]:
        at = 0
        while at < len(body):
            size = chance.randint(1, 90)
            yield body[at : at + size]
            at += size

    assert receiver.send(pieces(), sign(body)).text == "landed\n"


def test_a_slow_body_is_refused_in_time(start: Callable[..., Running]) -> None:
    receiver = start(patience_seconds=0.5)
    body = webhook("slow")
    began = time.monotonic()
    with receiver.begin(body, sent=len(body) // 2) as slow:
        assert answer(slow).startswith(b"HTTP/1.1 408 ")

    assert time.monotonic() - began >= 0.5
    assert receiver.lines() == []


def test_a_slow_body_keeps_nobody_waiting(receiver: Running) -> None:
    body = webhook("slow")
    with receiver.begin(body, sent=len(body) // 2) as slow:
        assert receiver.send(webhook()).status_code == 200
        slow.sendall(body[len(body) // 2 :])

        assert answer(slow).startswith(b"HTTP/1.1 200 ")
    assert receiver.tokens() == ["slow", "tok1"]


def test_a_body_that_comes_drop_by_drop_is_refused_in_time(start: Callable[..., Running]) -> None:
    """Each drop is news, but the patience is for the whole."""
    receiver = start(patience_seconds=0.4)
    body = webhook("drops")
    with receiver.begin(body, sent=0) as slow:
        slow.settimeout(0.05)
        said = b""
        for at in range(len(body)):
            slow.sendall(body[at : at + 1])
            try:
                said += slow.recv(1000)
                break
            except TimeoutError:
                continue

    assert said.startswith(b"HTTP/1.1 408 ")
    assert receiver.lines() == []


@pytest.mark.parametrize("share", [0, 1, 50, -1])
def test_a_cut_body_lands_nothing(receiver: Running, share: int) -> None:
    """Cut anywhere, closed by the sender."""
    body = webhook("cut")
    receiver.begin(body, sent=share % len(body)).close()

    assert receiver.send(webhook()).status_code == 200
    assert receiver.tokens() == ["tok1"]


@pytest.mark.parametrize(
    ("lie", "status"), [(-1, b"401"), (1, b"408"), (10**12, b"408"), (-(10**6), b"400")]
)
def test_a_false_length_lands_nothing(
    start: Callable[..., Running], lie: int, status: bytes
) -> None:
    """Too short: its signature is that of another body. Too long: the rest never comes."""
    receiver = start(patience_seconds=0.3)
    body = webhook()
    with receiver.begin(body, sent=len(body), length=len(body) + lie) as opened:
        said = answer(opened)

    assert said.startswith(b"HTTP/1.1 " + status)
    assert receiver.lines() == []


def test_the_memory_for_bodies_is_bounded(start: Callable[..., Running]) -> None:
    """Four bodies of the largest size at once; the next is repeated when there is room."""
    receiver = start(most_megabytes=0.001)
    part = webhook("part", padding="x" * 900)
    held = [receiver.begin(part, sent=999, length=1000) for _ in range(4)]

    refused = sent_until(receiver, 503)
    for opened in held:
        opened.close()

    assert refused.text == "refused, too much came at once; Typeform repeats it\n"
    assert sent_until(receiver, 200).text == "landed\n"
    assert receiver.tokens() == ["tok1"]


def sent_until(receiver: Running, status: int) -> requests.Response:
    """Send until it is answered so; the receiver may still be reading what came before."""
    answers = (receiver.send(webhook()) for _ in range(200))
    return next(each for each in answers if each.status_code == status)


def test_many_that_hold_back_their_bodies_take_no_room(start: Callable[..., Running]) -> None:
    """A limit on how many come at once would let a few such clients lock everybody out."""
    receiver = start(most_megabytes=0.001)
    held = [receiver.begin(webhook("held"), sent=3) for _ in range(100)]

    assert receiver.send(webhook()).status_code == 200
    for opened in held:
        opened.close()


def test_an_expectation_is_answered(receiver: Running) -> None:
    """Who asks first whether to send on is told to."""
    body = webhook()
    with receiver.connect() as opened:
        opened.sendall(head(body, extra="Expect: 100-continue\r\n"))
        assert opened.recv(1000).startswith(b"HTTP/1.1 100 ")
        opened.sendall(body)
        assert answer(opened).startswith(b"HTTP/1.1 200 ")
