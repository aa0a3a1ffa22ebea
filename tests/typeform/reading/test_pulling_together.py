"""Several forms at once, at one pace, and no use in going on ends them all soon."""

import gzip
import json
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from tests.typeform.conftest import START

from winloss.errors import TypeformUnreachable
from winloss.settings import FormSettings
from winloss.typeform.api.client import Client
from winloss.typeform.reading.pulling import pull
from winloss.typeform.reading.together import at_once
from winloss.typeform.sandbox import Sandbox

NOW = START + timedelta(days=30)

PULL = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from pydantic import SecretStr
from winloss.settings import FormSettings, Settings, TypeformSettings
from winloss.typeform.reading.pulling import pull
forms = tuple(FormSettings(id=name, kind="pulse") for name in sys.argv[3].split(","))
settings = Settings(company="Harbourline", home=Path(sys.argv[2]),
    typeform_token=SecretStr("sandbox"), typeform=TypeformSettings(
        base_url=sys.argv[1], forms=forms, requests_per_second=float(sys.argv[4]), page_size=2))
def tell(progress):
    print(progress, flush=True)
print("ready", flush=True)
sys.stdin.readline()
pulls = pull(settings, since={}, now=datetime(2026, 10, 1, tzinfo=UTC), progress=tell)
print("pages", sum(len(each.pages) for each in pulls.pulled), flush=True)
"""


def _process(base_url, home, forms, pace):
    return subprocess.Popen(
        [sys.executable, "-c", PULL, base_url, str(home), ",".join(forms), str(pace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _begin(*processes):
    """Let them all begin at once, however long each took to start."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def _forms(count):
    return tuple(FormSettings(id=f"F{number}", kind="pulse") for number in range(count))


def test_forms_are_read_at_the_same_time_and_named_in_their_order(answering, programme):
    """All four must be asked for before any is answered, the last one first."""
    met = threading.Barrier(4)
    answered: list[str] = []

    def answer(handler):
        form_id = handler.path.split("/")[2]
        if "/responses" not in handler.path:
            met.wait(20)
            while len(answered) < 3 - int(form_id[1]):
                time.sleep(0.001)
            answered.append(form_id)
        return b'{"id":"x","total_items":0,"items":[]}'

    pulls = pull(programme(answering(answer), forms=_forms(4), forms_at_once=4), since={}, now=NOW)

    assert answered == ["F3", "F2", "F1", "F0"]
    assert [each.form_id for each in pulls.pulled] == ["F0", "F1", "F2", "F3"]


def test_no_more_forms_at_once_than_are_set(answering, programme):
    under_way, most, lock = 0, 0, threading.Lock()

    def answer(_):
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.02)
        with lock:
            under_way -= 1
        return b'{"id":"x","total_items":0,"items":[]}'

    pull(programme(answering(answer), forms=_forms(6), forms_at_once=2), since={}, now=NOW)

    assert most == 2


def test_all_forms_share_one_pace(folder, programme):
    """With the account's limit on, nobody is ever refused."""
    with Sandbox(folder, requests_per_second=20) as sandbox:
        settings = programme(sandbox.base_url, requests_per_second=15, retries=0)
        started = time.monotonic()

        pull(settings, since={}, now=NOW)

        assert time.monotonic() - started >= (len(sandbox.behaviour.requests) - 1) / 15


def test_the_missing_stay_in_their_order(sandbox, programme):
    forms = tuple(FormSettings(id=name, kind="pulse") for name in ("G3", "Lost1", "G1", "G2"))

    pulls = pull(programme(sandbox.base_url, forms=forms), since={}, now=NOW)

    assert [each.form_id for each in pulls.missing] == ["G3", "G1", "G2"]


@pytest.mark.parametrize("answers", ["[" * 100_000 + "]" * 100_000, '"' + "x" * 3 + '\\ud800"'])
def test_one_odd_item_costs_no_form(answering, programme, answers):
    """What nests too deeply is passed on as sent, with what follows it; landing sees to it."""

    def answer(handler):
        items = "" if "before=" in handler.path else f'{{"answers":{answers},"token":"t"}}'
        items = '{"token":"u"}' if "before=t" in handler.path else items
        return f'{{"id":"x","total_items":2,"items":[{items}]}}'.encode()

    pulls = pull(programme(answering(answer), forms=_forms(3)), since={}, now=NOW)

    assert pulls.missing == ()
    for each in pulls.pulled:
        sent = b"".join(gzip.decompress(path.read_bytes()) for path in each.pages)
        assert sent.count(answers.encode()) == sent.count(b'"u"') == 2
        assert each.short == ()


def test_a_limit_that_is_met_for_one_is_met_for_all(answering, programme):
    """The other form has no end; were it not stopped, nor had this test."""
    numbers = iter(range(10**9))

    def answer(handler):
        if "/F0" in handler.path:
            handler.send_error(429)
            return None
        time.sleep(0.01)
        item = b'{"token":"t%d","submitted_at":"2026-09-01T08:00:00Z"}' % next(numbers)
        return b'{"id":"x","items":[' + item + b"]}"

    settings = programme(answering(answer), forms=_forms(2), backoff_seconds=0.2)

    with pytest.raises(TypeformUnreachable, match="form F0 in 3 tries"):
        pull(settings, since={}, now=NOW)

    assert next(numbers) < 10_000


def test_whoever_waits_for_an_answer_is_not_waited_for(answering, programme):
    """A silent server may be waited for half a minute, but not once the pull is over."""

    def answer(handler):
        if "/F0" in handler.path:
            handler.send_error(429)
            return
        time.sleep(60)
        return

    settings = programme(
        answering(answer), forms=_forms(2), backoff_seconds=0.2, timeout_seconds=30
    )
    started = time.monotonic()

    with pytest.raises(TypeformUnreachable, match="form F0"):
        pull(settings, since={}, now=NOW)

    assert time.monotonic() - started < 20


@pytest.mark.slow
@pytest.mark.parametrize("is_silent", [False, True], ids=["paging", "silent"])
def test_ctrl_c_ends_a_pull_promptly(answering, tmp_path, is_silent):
    numbers = iter(range(10**9))

    def answer(handler):
        if "/responses" not in handler.path:
            return b'{"id":"x"}'
        if is_silent:
            time.sleep(60)
        item = b'{"token":"t%d","submitted_at":"2026-09-01T08:00:00Z"}' % next(numbers)
        return b'{"items":[' + item + b"]}"

    process = _process(answering(answer), tmp_path, ["F0", "F1", "F2"], pace=20)
    _begin(process)
    while not list(tmp_path.glob("pulls/*/*")):
        time.sleep(0.01)
    time.sleep(0.5)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert time.monotonic() - started < 10
    assert "KeyboardInterrupt" in said
    assert process.returncode != 0
    for path in tmp_path.glob("pulls/*/*"):
        json.loads(gzip.decompress(path.read_bytes()))


@pytest.mark.slow
def test_two_programmes_of_one_account_both_complete(folder, response, tmp_path):
    """They know of each other by 429 alone; each by itself would use the whole budget."""
    with Sandbox(folder, requests_per_second=8) as sandbox:
        for form_id in ("Lost1", "Cancel1"):
            for minute in range(6):
                sandbox.put(form_id, response(f"t{minute}", minute))
        homes = [tmp_path / name for name in ("weekly", "listen")]
        running = [_process(sandbox.base_url, home, ["Lost1", "Cancel1"], pace=8) for home in homes]
        _begin(*running)
        ended = [process.communicate(timeout=100) for process in running]

        assert [said.splitlines()[-1] for said, _ in ended] == ["pages 6", "pages 6"]
        needed = 2 * 2 * (1 + 1 + 4)
        assert len(sandbox.behaviour.requests) > needed, "the limit was never met"


def test_what_the_work_raises_is_raised(sandbox, reach):
    """Even what nobody foresaw, and the rest is not begun."""
    begun = []

    def work(number):
        begun.append(number)
        raise ZeroDivisionError

    with (
        Client(reach(sandbox.base_url), "sandbox") as client,
        pytest.raises(ZeroDivisionError),
    ):
        at_once(client, work, range(1000), threads=1, tell=lambda: None)

    assert len(begun) < 1000
