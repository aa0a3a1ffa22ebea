"""The walk through a form's pages meets every response, whatever the server does."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.typeform.conftest import END, START, tokens_of

from winloss.typeform.api.client import Client
from winloss.typeform.sandbox import Sandbox


def _items(page):
    return json.loads(page)["items"]


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
        found = tokens_of(client)

    assert sorted(map(str, found)) == sorted(f"t{i}" for i in range(len(minutes)))


def test_pages_come_as_sent(sandbox, reach):
    """A page strict readers refuse (a lone surrogate, a key twice) is passed on whole."""
    twice = '{"token":"t1","submitted_at":"2026-09-01T08:00:00Z","token":"t1","a":"\\ud800"}'
    sandbox.put("Lost1", twice)

    with Client(reach(sandbox.base_url), "sandbox") as client:
        (page,) = client.pages("Lost1", response_type="completed", since=None, until=END)

    assert twice.encode() in page


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
        found = tokens_of(client, since=since, until=until)

    assert found == ["t7", "t6", "t5", "t4", "t3", "t2"]
    asked = [seen for seen in sandbox.behaviour.requests if "/responses" in seen]
    assert all("since=" in seen and "until=" in seen for seen in asked)


def test_a_refused_window_stops_at_the_lower_bound_all_the_same(sandbox, reach, response):
    for minute in range(100):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.refuses_window_with_cursor = True

    with Client(reach(sandbox.base_url, page_size=5), "sandbox") as client:
        found = tokens_of(client, since=START + timedelta(minutes=90))

    assert found[:10] == [f"t{minute}" for minute in range(99, 89, -1)]
    assert len(found) <= 20


def test_partial_responses_go_by_the_time_they_were_staged(sandbox, reach, response):
    never = "0001-01-01T00:00:00Z"
    staged = {"response_type": "partial", "submitted_at": never}
    sandbox.put("Lost1", response("done", 1))
    sandbox.put("Lost1", response("old", 1, staged_at="2026-09-01T07:00:00Z", **staged))
    sandbox.put("Lost1", response("new", 1, staged_at="2026-09-01T09:00:00Z", **staged))

    with Client(reach(sandbox.base_url), "sandbox") as client:
        found = tokens_of(client, response_type="partial", since=START)

    assert found == ["new"]


def test_an_empty_form_has_no_pages(sandbox, reach):
    with Client(reach(sandbox.base_url), "sandbox") as client:
        assert tokens_of(client) == []


def test_what_is_submitted_meanwhile_waits_for_the_next_time(sandbox, reach, response):
    """It neither shifts the pages nor slips into them."""
    for minute in range(6):
        sandbox.put("Lost1", response(f"t{minute}", minute))

    with Client(reach(sandbox.base_url, page_size=2), "sandbox") as client:
        until = START + timedelta(minutes=5)
        pages = client.pages("Lost1", response_type="completed", since=None, until=until)
        found = [item["token"] for item in _items(next(pages))]
        sandbox.put("Lost1", response("t9", 9))
        found += [item["token"] for page in pages for item in _items(page)]

    assert found == ["t5", "t4", "t3", "t2", "t1", "t0"]


def test_only_the_fields_asked_for_are_carried(sandbox, reach, response):
    said = {"type": "text", "text": "dear", "field": {"id": "f1", "type": "long_text"}}
    sandbox.put("Lost1", response("t", answers=[said]))

    with Client(reach(sandbox.base_url), "sandbox") as client:
        kinds = [
            _items(
                next(
                    client.pages(
                        "Lost1", response_type="completed", since=None, until=END, fields=fields
                    )
                )
            )[0]["answers"]
            for fields in [(), ("f1",), ("none",)]
        ]

    assert kinds == [[said], [said], None]


def test_the_recorded_folder_is_read_whole(shared_data, reach):
    with (
        Sandbox(Path(shared_data) / "real") as sandbox,
        Client(reach(sandbox.base_url), "sandbox") as client,
    ):
        found = tokens_of(client, form_id="RealW0rd")

    assert len(found) == len(set(found)) == 2424
