"""The loopback Typeform registers webhooks and delivers to them as documented."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from winloss.errors import TypeformError

HOOK = "/forms/Lost1/webhooks/winloss"


class _Ear(ThreadingHTTPServer):
    """Hears what is posted to it and answers a status."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Hearing)
        self.heard, self.status = [], 200

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Hearing(BaseHTTPRequestHandler):
    server: _Ear

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.headers, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def ear():
    with _Ear() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def hooked(ask, sandbox, response, ear):
    """A webhook with a secret for both types of event, and one response."""
    events = {"form_response": True, "form_response_partial": True}
    given = {"url": ear.url, "enabled": True, "secret": "s3cret", "event_types": events}
    ask(HOOK, "PUT", json=given)
    field = {"id": "f1", "ref": "goal", "type": "long_text"}
    answers = [{"type": "text", "text": "naïve 顧客", "field": field}]
    sandbox.put("Lost1", response("t1", answers=answers, response_type="completed"))
    return sandbox


def test_a_webhook_looks_as_recorded(ask, shared_data):
    recorded = json.loads((shared_data / "typeform" / "webhook_config_2026.json").read_text())
    given = {name: recorded[name] for name in ("url", "enabled", "event_types")}

    made = ask(HOOK, "PUT", json=given).json()

    assert list(made) == list(recorded)
    assert {name: made[name] for name in given} == given
    assert made["verify_ssl"] is True
    assert [len(made["id"]), len(made["created_at"])] == [26, len(recorded["created_at"])]
    assert ask(HOOK).json() == made
    assert ask("/forms/Lost1/webhooks").json() == {"items": [made]}


def test_a_webhook_is_updated_under_its_tag_and_keeps_what_is_left_out(ask):
    first = ask(HOOK, "PUT", json={"url": "https://a.example", "secret": "s"}).json()

    second = ask(HOOK, "PUT", json={"enabled": True}).json()

    assert first["enabled"] is False
    assert (second["enabled"], second["url"], second["secret"]) == (True, "https://a.example", "s")
    assert (second["id"], second["created_at"]) == (first["id"], first["created_at"])
    assert len(ask("/forms/Lost1/webhooks").json()["items"]) == 1
    assert ask("/forms/Cancel1/webhooks").json() == {"items": []}


@pytest.mark.parametrize(
    "given",
    [{}, {"url": "ftp://a.example"}, [], {"url": "https://a.example", "event_types": {"x": True}}],
)
def test_a_webhook_that_cannot_be_one_is_refused(ask, given):
    assert ask(HOOK, "PUT", json=given).status_code == 400
    assert ask(HOOK).json()["code"] == "WEBHOOK_NOT_FOUND"


def test_a_deleted_webhook_is_gone(ask):
    ask(HOOK, "PUT", json={"url": "https://a.example"})

    assert ask(HOOK, "DELETE").status_code == 204
    assert ask(HOOK).status_code == 404
    assert ask(HOOK, "DELETE").status_code == 404


def test_a_delivery_is_signed_over_the_bytes_sent(hooked, ear):
    assert hooked.deliver("Lost1", "t1") == 200

    ((headers, body),) = ear.heard
    digest = hmac.new(b"s3cret", body, hashlib.sha256).digest()
    assert headers["Typeform-Signature"] == f"sha256={base64.b64encode(digest).decode()}"
    event = json.loads(body)
    assert list(event) == ["event_id", "event_type", "form_response"]
    told = event["form_response"]
    assert (event["event_type"], told["form_id"], told["token"]) == ("form_response", "Lost1", "t1")
    assert told["answers"][0]["text"] == "naïve 顧客"
    assert told["definition"]["id"] == "Lost1"
    assert not {"response_id", "response_type", "metadata"} & set(told)


def test_a_delivered_definition_lists_sub_questions_beside_the_others(hooked, ear):
    hooked.deliver("Lost1", "t1")

    fields = json.loads(ear.heard[0][1])["form_response"]["definition"]["fields"]
    groups = [field for field in hooked.form("Lost1")["fields"] if field["type"] == "inline_group"]
    inside = [field for group in groups for field in group["properties"]["fields"]]
    assert inside
    assert all(field in fields for field in inside)
    assert not any(field["type"] == "inline_group" for field in fields)


def test_a_repeat_has_the_same_bytes_and_another_event_another_id(hooked, response):
    first = hooked.delivery("Lost1", "t1")
    again = hooked.delivery("Lost1", "t1")
    partial = hooked.delivery("Lost1", "t1", event_type="form_response_partial")
    hooked.put("Lost1", response("t1", 5))
    changed = hooked.delivery("Lost1", "t1")

    assert first == again
    ids = [json.loads(each.body)["event_id"] for each in (first, partial, changed)]
    assert len(set(ids)) == 3
    assert json.loads(partial.body)["event_type"] == "form_response_partial"


def test_a_test_event_is_named_after_its_response(hooked, ear):
    hooked.deliver("Lost1", "t1", is_test=True)

    event = json.loads(ear.heard[0][1])
    assert event["event_id"] == event["form_response"]["token"] == "t1"


def test_a_secret_is_not_shown_where_a_delivery_is_printed(hooked):
    assert "sha256=" not in repr(hooked.delivery("Lost1", "t1"))


def test_without_a_secret_nothing_is_signed(ask, hooked, ear):
    ask(HOOK, "PUT", json={"secret": ""})

    hooked.deliver("Lost1", "t1")

    assert "Typeform-Signature" not in ear.heard[0][0]


@pytest.mark.parametrize(
    ("status", "is_still_enabled"), [(500, True), (503, True), (404, False), (410, False)]
)
def test_an_address_that_is_gone_is_switched_off(ask, hooked, ear, status, is_still_enabled):
    ear.status = status

    assert hooked.deliver("Lost1", "t1") == status

    assert ask(HOOK).json()["enabled"] is is_still_enabled


@pytest.mark.parametrize(
    "change",
    [{"enabled": False}, {"event_types": {"form_response": False}}, {"event_types": {}}],
)
def test_nobody_is_told_who_does_not_want_to_know(ask, hooked, ear, change):
    ask(HOOK, "PUT", json=change)

    with pytest.raises(TypeformError, match="Nothing to deliver"):
        hooked.deliver("Lost1", "t1")

    assert ear.heard == []


def test_what_is_not_there_cannot_be_delivered(hooked):
    with pytest.raises(TypeformError, match="no response nobody"):
        hooked.deliver("Lost1", "nobody")
