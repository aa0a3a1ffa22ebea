"""Typeform's data centres: the wrong one answers as if there were no responses at all."""

import json

import pytest
from tests.typeform.conftest import START, tokens_of

from winloss.errors import TypeformRefused
from winloss.typeform.api import wire
from winloss.typeform.api.centres import check_data_centre
from winloss.typeform.api.client import Client
from winloss.typeform.reading.pulling import pull

CENTRES = ["api.typeform.com", "api.eu.typeform.com", "api.typeform.eu"]


@pytest.fixture
def reached(sandbox, response, monkeypatch):
    """Every host is our own sandbox, which answers as that host would."""
    monkeypatch.setenv("http_proxy", sandbox.base_url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    sandbox.put("Lost1", response("t"))

    def keep_at(host):
        links = {"responses": f"https://{host}/forms/Lost1/responses"} if host else {}
        for form_id in ("Lost1", "Cancel1"):
            sandbox.put_form(form_id, sandbox.form(form_id) | {"_links": links})
        return sandbox

    return keep_at


@pytest.mark.parametrize("kept", CENTRES)
@pytest.mark.parametrize("asked", CENTRES)
def test_the_right_one_is_read_and_the_wrong_one_refused(reached, programme, kept, asked):
    sandbox = reached(kept)
    settings = programme(f"http://{asked}")

    if kept == asked:
        (lost, _) = pull(settings, since={}, now=START).pulled
        assert len(lost.pages) == 1
    else:
        with pytest.raises(TypeformRefused, match=rf'base_url = "https://{kept}"'):
            pull(settings, since={}, now=START)
        assert not any("/responses" in seen for seen in sandbox.behaviour.requests)


def test_without_the_check_nothing_at_all_would_come(reached, reach):
    """The trap itself: no error, no responses."""
    sandbox = reached("api.typeform.eu")

    with Client(reach("http://api.typeform.com"), "sandbox") as client:
        client._placed.add("Lost1")
        assert tokens_of(client) == []

    assert sandbox.behaviour.requests == [
        seen for seen in sandbox.behaviour.requests if "/responses" in seen
    ]


@pytest.mark.parametrize(
    "ask",
    [tokens_of, lambda client: client.has_answers("Lost1", ["f1"])],
    ids=["pages", "has_answers"],
)
def test_nobody_who_asks_for_responses_gets_by_the_check(reached, reach, ask):
    """A sweep would take every response for deleted, a push every question for unanswered."""
    reached("api.typeform.eu")

    with (
        Client(reach("http://api.eu.typeform.com"), "sandbox") as client,
        pytest.raises(TypeformRefused, match=r"kept at api\.typeform\.eu"),
    ):
        ask(client)


def test_a_thousand_requests_through_a_proxy_leave_nothing_behind():
    """A proxy's connections are asked for anew with each; they must not be wrapped anew."""
    lines = wire._Lines()
    first = dict(lines.proxy_manager_for("http://127.0.0.1:9").pool_classes_by_scheme)

    for _ in range(1000):
        again = lines.proxy_manager_for("http://127.0.0.1:9").pool_classes_by_scheme

    assert again == first


def test_a_form_is_checked_once(reached, reach):
    sandbox = reached("api.typeform.eu")

    with Client(reach("http://api.typeform.eu"), "sandbox") as client:
        tokens_of(client)
        tokens_of(client, response_type="partial")

    definitions = [seen for seen in sandbox.behaviour.requests if "/responses" not in seen]
    assert len(definitions) == 1


def test_a_form_that_does_not_say_is_taken_at_its_word(reached, programme):
    reached("")

    (lost, _) = pull(programme("http://api.typeform.com"), since={}, now=START).pulled

    assert len(lost.pages) == 1


@pytest.mark.parametrize(
    ("links", "base_url"),
    [
        ({"responses": "https://api.typeform.com/x"}, "http://127.0.0.1:9"),
        ({"responses": "https://gateway.example/x"}, "https://api.typeform.com"),
        ({"responses": "https://api.typeform.com/x"}, "https://gateway.example/typeform"),
        ({"responses": "https://[broken"}, "https://api.typeform.com"),
        ({"responses": 7}, "https://api.typeform.com"),
        ({"responses": "/forms/F/responses"}, "https://api.typeform.com"),
        ([], "https://api.typeform.com"),
        (None, "https://api.typeform.com"),
    ],
)
def test_nothing_wrong_is_said_of_other_hosts(links, base_url):
    """A gateway or a loopback of the user's own, and links that are none."""
    check_data_centre(json.dumps({"id": "F", "_links": links}).encode(), "F", base_url)
