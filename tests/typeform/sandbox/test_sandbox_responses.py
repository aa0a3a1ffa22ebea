"""The loopback Typeform chooses responses by Typeform's documented rules."""

import json

import pytest
import requests

from winloss.typeform.sandbox import Sandbox

BEARER = {"Authorization": "Bearer sandbox"}


def _tokens(answer):
    assert answer.status_code == 200, answer.text
    return [item["token"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Authorization": ""}, 401, "INVALID_AUTHORIZATION"),
        ({"Authorization": "Basic sandbox"}, 401, "INVALID_AUTHORIZATION"),
        ({"Authorization": "Bearer other"}, 403, "AUTHENTICATION_ERROR"),
    ],
)
def test_only_the_bearer_of_the_token_is_answered(ask, headers, status, code):
    answer = ask("/forms", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "description", "details"}


def test_me_is_plainly_invented(ask):
    assert ask("/me").json()["email"].endswith(".invalid")


@pytest.mark.usefixtures("answered")
def test_responses_come_25_a_page_newest_first_unless_asked(ask):
    answer = ask("/forms/Lost1/responses")

    assert _tokens(answer) == [f"t{minute:02}" for minute in range(29, 4, -1)]
    assert (answer.json()["total_items"], answer.json()["page_count"]) == (30, 2)


def test_an_empty_form_has_the_recorded_envelope(ask):
    assert ask("/forms/Lost1/responses").json() == {"total_items": 0, "page_count": 0, "items": []}


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("since=2026-09-01T08:28:00Z", ["t29", "t28"]),
        ("since=1788251280", ["t29", "t28"]),
        ("until=2026-09-01T08:01:00", ["t01", "t00"]),
        ("before=t02", ["t01", "t00"]),
        ("after=t27", ["t28", "t29"]),
        ("before=t29&since=2026-09-01T08:28:00Z", ["t28"]),
        ("sort=submitted_at,asc&page_size=2", ["t00", "t01"]),
        ("included_response_ids=t03,t04,none", ["t04", "t03"]),
        ("excluded_response_ids=t29&page_size=1", ["t28"]),
        ("before=nobody&page_size=1", ["t29"]),
        ("Before=t02&page_size=1", ["t29"]),
        ("page=2&page_size=1", ["t29"]),
        ("response_type=partial", ["part"]),
        ("response_type=started", ["start"]),
        ("response_type=started,partial", ["start", "part"]),
        ("response_type=partial&since=2026-09-01T08:59:59Z", ["part"]),
        ("response_type=partial&since=2026-09-01T09:00:01Z", []),
        ("response_type=partial,completed&since=2026-09-01T08:30:00Z", ["part"]),
        ("completed=false", ["start", "part"]),
    ],
)
def test_parameters_choose_as_documented(ask, query, expected):
    assert _tokens(ask(f"/forms/Lost1/responses?{query}")) == expected


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    "query",
    [
        "page_size=1001",
        "page_size=0",
        "page_size=many",
        "sort=submitted_at,asc&before=t02",
        "sort=submitted_at,desc&after=t02",
        "sort=token,asc",
        "sort=submitted_at",
        "since=yesterday",
        "until=2026-09-01T08:00:00%2B02:00",
        "until=2026-13-01T08:00:00Z",
        "response_type=finished",
        "included_response_ids=a&excluded_response_ids=b",
    ],
)
def test_parameters_that_contradict_are_refused(ask, query):
    answer = ask(f"/forms/Lost1/responses?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"][0]["field"]


def test_a_window_beside_a_cursor_can_be_refused(ask, answered):
    answered.behaviour.refuses_window_with_cursor = True

    query = "before=t02&since=2026-09-01T08:00:00Z"

    assert ask(f"/forms/Lost1/responses?{query}").status_code == 400
    assert _tokens(ask("/forms/Lost1/responses?before=t02")) == ["t01", "t00"]


def test_answers_can_be_searched_and_narrowed(ask, sandbox, response):
    first = {"type": "text", "text": "On Our Own", "field": {"id": "f1", "ref": "goal"}}
    other = {"type": "number", "number": 0, "field": {"id": "f2", "ref": "satisfaction"}}
    sandbox.put("Lost1", response("both", 2, answers=[first, other]))
    sandbox.put("Lost1", response("hidden", 1, hidden={"block": "our own"}))
    sandbox.put("Lost1", response("null", 0, answers=None))

    found = ask("/forms/Lost1/responses?query=our%20OWN")
    narrowed = ask("/forms/Lost1/responses?fields=f2").json()["items"]
    who = ask("/forms/Lost1/responses?answered_fields=goal")

    assert _tokens(found) == ["both", "hidden"]
    assert [item["answers"] for item in narrowed] == [[other], None, None]
    assert _tokens(who) == ["both"]


@pytest.mark.usefixtures("answered")
def test_a_deleted_response_is_gone_and_an_unknown_one_ignored(ask):
    path = "/forms/Lost1/responses?included_response_ids=t00,nobody"

    assert ask(path, "DELETE").status_code == 200

    assert _tokens(ask("/forms/Lost1/responses?before=t02")) == ["t01"]
    assert ask("/forms/Lost1/responses", "DELETE").status_code == 400


@pytest.mark.usefixtures("answered")
def test_responses_to_delete_may_be_named_in_the_body(ask):
    named = {"included_response_ids": ["t00", "t01"]}

    assert ask("/forms/Lost1/responses", "DELETE", json=named).status_code == 200

    assert _tokens(ask("/forms/Lost1/responses?before=t03")) == ["t02"]


def test_the_limit_holds_for_the_whole_account(folder):
    with Sandbox(folder, requests_per_second=2) as sandbox, requests.Session() as session:
        session.trust_env = False
        paths = ("/me", "/forms", "/forms/Lost1", "/forms/Cancel1/responses")
        answers = [session.get(sandbox.base_url + path, headers=BEARER) for path in paths]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"] == "1"


def test_lone_surrogates_and_every_script_survive_the_wire(ask, sandbox, response):
    words = "naïve 顧客 🙂 \ud800"
    sandbox.put("Lost1", response("t", hidden={"a": words}))

    answer = ask("/forms/Lost1/responses")

    assert "顧客 🙂 \\ud800".encode() in answer.content
    assert json.loads(answer.content)["items"][0]["hidden"]["a"] == words
