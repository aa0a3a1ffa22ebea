"""What a delivery is answered, and what of it lands."""

import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from tests.typeform.receiver.sender import Running, answer, sign, webhook

from winloss import receiving, settings
from winloss.settings import FormKind
from winloss.typeform.receiver.event import Event

NO_SIGNATURES = {
    "missing": "",
    "hex": "sha256=" + "0f" * 32,
    "of another secret": sign(webhook(), b"another secret"),
    "of another body": sign(webhook("tok2")),
    "without its name": sign(webhook()).removeprefix("sha256="),
    "cut": sign(webhook())[:-1],
    "longer": sign(webhook()) + "=",
    "upper case": sign(webhook()).upper(),
    "not ASCII": "sha256=ÿ",
}


def test_a_signed_response_is_landed_before_it_is_acknowledged(receiver: Running) -> None:
    before = datetime.now(UTC)
    answer = receiver.send(webhook())

    assert (answer.status_code, answer.text) == (200, "landed\n")
    (line,) = receiver.lines()
    received_at = datetime.fromisoformat(line.pop("fetched_at"))
    assert timedelta() <= received_at - before < timedelta(seconds=60)
    sent = json.loads(webhook())["form_response"]
    assert line == {
        "form_id": "Lost1",
        "form_kind": "lost_deal",
        "source": "webhook",
        "item": sent | {"response_type": "completed"},
    }


def test_an_oddity_is_said_in_the_line(receiver: Running) -> None:
    body = webhook().replace(b'"answers"', b'"hidden": {"account_id": "\\ud800"}, "answers"')

    assert receiver.send(body).status_code == 200
    (line,) = receiver.lines()
    assert line["oddities"] == ["lone surrogate", "duplicate key"]


@pytest.mark.parametrize("kind", NO_SIGNATURES)
def test_without_a_right_signature_nothing_lands(receiver: Running, kind: str) -> None:
    given = NO_SIGNATURES[kind].encode().decode("latin-1")
    answer = receiver.send(webhook(), signature=given)

    assert answer.status_code == 401
    assert answer.text == "refused, the signature is missing or wrong\n"
    assert receiver.lines() == []


def test_no_signature_header_at_all(receiver: Running) -> None:
    answer = requests.post(f"http://127.0.0.1:{receiver.port}/typeform", webhook(), timeout=20)

    assert answer.status_code == 401
    assert receiver.lines() == []


def test_a_body_is_not_read_before_its_signature_holds(receiver: Running) -> None:
    """What cannot be read and what can are refused alike."""
    answers = {receiver.send(body, "sha256=no").text for body in (b"[[[", b"", webhook())}

    assert answers == {"refused, the signature is missing or wrong\n"}


@pytest.mark.parametrize("path", ["/", "/typeform/", "/hooks/a/b", "/health", "/typeform?x=1"])
def test_a_delivery_is_taken_whatever_its_path(receiver: Running, path: str) -> None:
    """A 404 would switch the webhook off at once, for a slash too many in a proxy."""
    assert receiver.send(webhook(), path=path).status_code == 200
    assert receiver.tokens() == ["tok1"]


def test_health_says_no_more_than_ok(receiver: Running) -> None:
    answer = requests.get(f"http://127.0.0.1:{receiver.port}/health", timeout=20)

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert {name.lower() for name in answer.headers} == {
        "connection",
        "content-length",
        "content-type",
        "date",
    }


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_posts_are_deliveries(receiver: Running, method: str) -> None:
    url = f"http://127.0.0.1:{receiver.port}/typeform"
    headers = {"Typeform-Signature": sign(webhook())}
    answer = requests.request(method, url, data=webhook(), headers=headers, timeout=20)

    assert answer.status_code == 405
    assert receiver.lines() == []


def test_a_test_is_acknowledged_and_not_landed(receiver: Running) -> None:
    said = json.loads(webhook()) | {"event_id": "tok1"}
    answer = receiver.send(json.dumps(said).encode())

    assert (answer.status_code, answer.text) == (200, "a test, not landed\n")
    assert receiver.lines() == []


def test_an_event_of_another_kind_is_acknowledged(receiver: Running) -> None:
    assert receiver.send(webhook(event="form_published")).status_code == 200
    assert receiver.lines() == []


def test_a_body_that_names_no_response_is_left_to_a_pull(receiver: Running) -> None:
    answer = receiver.send(webhook(""))

    assert answer.status_code == 400
    assert answer.text == "not landed (no token); a pull brings what is missing\n"
    assert receiver.lines() == []


def test_an_unknown_form_is_acknowledged_and_left_to_a_pull(receiver: Running) -> None:
    """Repeating could not help, and its failures would count against the webhook."""
    answer = receiver.send(webhook(form_id="../../Other"))

    assert answer.status_code == 200
    assert "its form is not in winloss.toml" in answer.text
    assert [path.name for path in receiver.home.rglob("*") if "Other" in path.name] == []


def test_a_form_added_meanwhile_is_found(receiver: Running) -> None:
    """Published after the receiver was started: no response waits for a restart."""
    file = receiver.home / settings.FILE
    whole = file.read_text("utf-8")
    file.write_text("half of a", "utf-8")

    assert receiver.send(webhook(form_id="Won1")).status_code == 200
    assert receiver.send(webhook("tok2")).status_code == 200
    file.write_text(whole + '[[typeform.forms]]\nid = "Won1"\nkind = "won_deal"\n', "utf-8")
    assert receiver.send(webhook("tok3", form_id="Won1")).text == "landed\n"
    assert receiver.tokens() == ["tok2", "tok3"]
    assert [line["form_kind"] for line in receiver.lines()] == ["lost_deal", "won_deal"]


def test_repeats_in_any_number_and_at_once_land_once(receiver: Running) -> None:
    bodies = [webhook(f"tok{number}") for number in range(5)]
    with ThreadPoolExecutor(10) as senders:
        answers = list(senders.map(receiver.send, bodies * 8))

    assert {answer.text for answer in answers} == {"landed\n", "here already\n"}
    assert receiver.tokens() == [f"tok{number}" for number in range(5)]
    assert list((receiver.home / "landing").rglob("*.part")) == []


def test_a_repeat_is_here_already(receiver: Running) -> None:
    """Whoever reads the log can tell how many came from how often they were sent."""
    answers = [receiver.send(webhook(token)) for token in ("tok1", "tok1", "tok2", "tok1")]

    said = ["landed\n", "here already\n", "landed\n", "here already\n"]
    assert [answer.text for answer in answers] == said
    assert {answer.status_code for answer in answers} == {200}
    assert receiver.tokens() == ["tok1", "tok2"]


def test_what_changed_lands_beside(receiver: Running) -> None:
    """A partial response that is completed: the build decides which counts."""
    for event in ("form_response_partial", "form_response", "form_response_partial"):
        receiver.send(webhook(event=event))

    types = sorted(line["item"]["response_type"] for line in receiver.lines())
    assert types == ["completed", "partial"]


def test_the_log_says_what_came_of_it_and_nobodys_words(
    receiver: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "winloss.receiver")
    sent = [
        webhook(),
        webhook(event="form_response_partial"),
        webhook("tok9", form_id="Other9"),
        webhook("tok9", event="an event with words"),
        webhook(""),
    ]
    for body in sent:
        receiver.send(body)
    receiver.send(sent[0], signature="sha256=guess")

    assert caplog.messages == [
        "200 lost_deal completed: landed",
        "200 lost_deal partial: landed",
        "200 completed: not landed, its form is not in winloss.toml; a pull brings it once it is",
        "200 an event of another kind, not landed",
        "400 not landed (no token); a pull brings what is missing",
        "401 refused, the signature is missing or wrong",
    ]
    words = ("tok", "ACC-77", "Schade", "Other9", "guess", "an event with")
    assert not [word for word in words if word in caplog.text.replace("no token", "")]


class Buggy(receiving.ProgrammeLanding):
    """A landing with a bug, whose message holds a customer's words."""

    def land(self, delivered: Event, form_kind: FormKind, received_at: datetime) -> bool:
        """Fail in a way nobody foresaw."""
        raise KeyError(f"{form_kind} {received_at} {delivered.item.decode()}")


def test_a_bug_is_repeated_by_typeform_and_logged_without_words(
    home: Path, start: Callable[..., Running], caplog: pytest.LogCaptureFixture
) -> None:
    receiver = start(Buggy(settings.read(home)))
    answer = receiver.send(webhook())

    assert answer.status_code == 500
    (said,) = caplog.messages
    assert said.startswith("500 KeyError in ")
    assert "test_receiver_answers.py, line" in said
    assert "Schade" not in caplog.text


class Slow(receiving.ProgrammeLanding):
    """A landing whose disk takes its time."""

    is_free: threading.Event

    def land(self, delivered: Event, form_kind: FormKind, received_at: datetime) -> bool:
        """Land once the disk is free."""
        assert self.is_free.wait(20)
        return super().land(delivered, form_kind, received_at)


def test_a_slow_disk_keeps_only_its_own_deliveries_waiting(
    home: Path, start: Callable[..., Running]
) -> None:
    landing = Slow(settings.read(home))
    landing.is_free = threading.Event()
    receiver = start(landing)
    body = webhook()
    with receiver.begin(body, sent=len(body)) as opened:
        assert receiver.send(body, signature="sha256=no").status_code == 401
        assert receiver.lines() == []
        landing.is_free.set()

        assert answer(opened).startswith(b"HTTP/1.1 200 ")
    assert receiver.tokens() == ["tok1"]
