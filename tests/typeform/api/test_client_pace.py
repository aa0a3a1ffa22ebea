"""One pace for the whole account, held by all threads together."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from winloss.typeform.api.client import Client
from winloss.typeform.api.judging import Passing, Question
from winloss.typeform.api.pace import Pace, Stopped
from winloss.typeform.api.wire import Bearer, Wire
from winloss.typeform.sandbox import Sandbox


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


def test_threads_share_one_pace():
    pace = Pace(50)
    pace.wait()
    started = time.monotonic()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: pace.wait(), range(20)))

    assert time.monotonic() - started >= 20 / 50 - 0.001


def test_a_hold_holds_everybody_those_in_line_too():
    pace = Pace(20)
    turns: list[float] = []

    def take(_: int) -> None:
        pace.wait()
        turns.append(time.monotonic())

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(take, each) for each in range(5)]
        while not turns:
            time.sleep(0.001)
        held_at = time.monotonic()
        pace.hold(0.5)
    for each in waiting:
        each.result()

    assert all(turn <= held_at or turn >= held_at + 0.499 for turn in turns)
    assert len([turn for turn in turns if turn >= held_at + 0.499]) >= 3


def test_a_limit_that_is_met_slows_us_down_for_a_while():
    """Somebody else uses the account: twice the spacing each time, eased turn by turn."""
    pace = Pace(100)
    pace.hold(0, is_limit=True)
    pace.hold(0, is_limit=True)
    started = time.monotonic()
    for _ in range(4):
        pace.wait()
    slow = time.monotonic() - started

    assert slow >= (4 + 3.6 + 3.24) / 100


def test_stopping_wakes_whoever_waits():
    pace = Pace(0.01)
    pace.wait()
    started = time.monotonic()
    threading.Timer(0.1, pace.stop).start()

    with pytest.raises(Stopped):
        pace.wait()
    with pytest.raises(Stopped):
        pace.wait()

    assert time.monotonic() - started < 30


def test_stopping_ends_a_request_under_way(answering, reach):
    """Whether it waits for the first byte, as here, or for the rest."""

    def silent(_):
        time.sleep(20)

    with Client(reach(answering(silent)), "sandbox") as client:
        started = time.monotonic()
        threading.Timer(0.3, client.stop).start()

        with pytest.raises(Stopped):
            client.definition("Lost1")

        assert time.monotonic() - started < 10


def test_a_request_that_begins_while_all_is_stopped_ends_too(answering, reach):
    """It may have had its turn just before."""
    wire = Wire(reach(answering(lambda _: time.sleep(20))), Bearer("sandbox"))
    wire.end()
    started = time.monotonic()

    with pytest.raises(Passing):
        wire.send(Question("GET", "/forms/Lost1", "form Lost1"))

    wire.close()
    assert time.monotonic() - started < 10


def test_each_thread_has_connections_of_its_own(answering, reach):
    """Requests does not promise that a session may be shared."""
    lines = set()

    def answer(handler):
        lines.add(handler.client_address)
        return b'{"id":"Lost1"}'

    with Client(reach(answering(answer)), "sandbox") as client:
        for _ in range(3):
            with ThreadPoolExecutor(1) as pool:
                for _ in range(2):
                    pool.submit(client.definition, "Lost1").result()

    assert len(lines) == 3
