"""The loopback Typeform misbehaves in every way it is told to, and only then."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import requests

EMPTY = {"total_items": 0, "page_count": 0, "items": []}
RESPONSES = "/forms/Lost1/responses"


def _tokens(answer):
    assert answer.status_code == 200, answer.text
    return [item["token"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("429", 429, "TOO_MANY_REQUESTS"),
        ("429_later", 429, "TOO_MANY_REQUESTS"),
        ("499", 499, "CLIENT_CLOSED_REQUEST"),
        ("500", 500, "INTERNAL_SERVER_ERROR"),
        ("503", 503, "SERVICE_UNAVAILABLE"),
    ],
)
def test_a_status_spoils_one_answer(ask, sandbox, fault, status, code):
    sandbox.fail(fault)

    answer = ask(RESPONSES)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ("Retry-After" in answer.headers) == (fault == "429_later")
    assert ask(RESPONSES).json() == EMPTY


def test_a_body_breaks_off_in_the_middle_of_its_json(ask, sandbox):
    sandbox.fail("cut")

    with pytest.raises(requests.RequestException):
        ask(RESPONSES)

    assert ask(RESPONSES).json() == EMPTY


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("empty", ""),
        ("html", "<html><body>One moment</body></html>"),
        ("no_items", "{}"),
        ("hollow", '{"total_items": 471, "page_count": 1, "items": []}'),
    ],
)
def test_a_body_that_is_no_page_comes_with_status_200(ask, sandbox, answered, fault, body):
    sandbox.fail(fault)

    answer = ask(RESPONSES)

    assert (answer.status_code, answer.text) == (200, body)
    assert len(_tokens(ask(RESPONSES))) == 25
    assert answered is sandbox


def test_an_answer_can_be_lost_after_the_deed_is_done(ask, sandbox):
    sandbox.fail("lost")

    with pytest.raises(requests.RequestException):
        ask("/forms", "POST", json={"title": "Made and never heard of"})

    assert ask("/forms?search=never%20heard").json()["total_items"] == 1


def test_faults_come_in_order_one_an_answer(ask, sandbox):
    sandbox.fail("500", "429", "empty")

    assert [ask("/me").status_code for _ in range(4)] == [500, 429, 200, 200]


def test_the_account_can_be_refused_whatever_its_token(ask, sandbox):
    sandbox.behaviour.refuses_account = True

    answers = [ask(path) for path in ("/me", "/forms", RESPONSES)]

    assert {answer.status_code for answer in answers} == {403}
    assert answers[0].text.startswith("<html>")
    sandbox.behaviour.refuses_account = False
    assert ask("/me").status_code == 200


@pytest.mark.parametrize("told", [0, 471, 10**9])
def test_the_total_can_lie_while_the_items_are_true(ask, answered, told):
    answered.behaviour.told_total = told

    answer = ask(f"{RESPONSES}?page_size=40")

    assert answer.json()["total_items"] == told
    assert len(_tokens(answer)) == 30


def test_a_total_can_promise_items_that_are_not_there(ask, sandbox):
    sandbox.behaviour.told_total = 471

    assert ask(RESPONSES).json() == EMPTY | {"total_items": 471}


def test_a_cursor_can_be_ignored(ask, answered):
    answered.behaviour.ignores_cursor = True

    assert _tokens(ask(f"{RESPONSES}?page_size=1&before=t02")) == ["t29"]
    assert _tokens(ask(f"{RESPONSES}?page_size=1&after=t02")) == ["t29"]


def test_pages_can_be_shorter_than_asked_for(ask, answered):
    answered.behaviour.most_per_page = 2

    assert _tokens(ask(f"{RESPONSES}?page_size=1000")) == ["t29", "t28"]
    assert _tokens(ask(f"{RESPONSES}?page_size=1000&before=t28")) == ["t27", "t26"]


def test_a_response_appears_late_by_the_sandboxs_own_clock(ask, sandbox, response):
    sandbox.behaviour.lag = timedelta(minutes=29)
    sandbox.put("Lost1", response("late"))
    submitted = datetime(2026, 9, 1, 8, tzinfo=UTC)

    sandbox.behaviour.now = submitted + timedelta(minutes=28, seconds=59)
    early = ask(RESPONSES).json()
    sandbox.behaviour.now = submitted + timedelta(minutes=29)

    assert early == EMPTY
    assert _tokens(ask(RESPONSES)) == ["late"]
    assert _tokens(ask(f"{RESPONSES}?since=2026-09-01T08:00:01Z")) == []


def test_a_partial_response_appears_late_by_when_it_was_staged(ask, answered):
    answered.behaviour.lag = timedelta(minutes=29)
    query = f"{RESPONSES}?response_type=partial"

    answered.behaviour.now = datetime(2026, 9, 1, 9, 28, tzinfo=UTC)
    early = _tokens(ask(query))
    answered.behaviour.now = datetime(2026, 9, 1, 9, 29, tzinfo=UTC)

    assert (early, _tokens(ask(query))) == ([], ["part"])


def test_a_partial_becomes_completed_under_the_same_token(ask, answered):
    answered.behaviour.now = datetime(2026, 9, 2, 8, tzinfo=UTC)

    answered.complete("Lost1", "part", answers=[])

    assert _tokens(ask(f"{RESPONSES}?response_type=partial")) == []
    (item,) = ask(f"{RESPONSES}?page_size=1").json()["items"]
    assert (item["token"], item["response_type"]) == ("part", "completed")
    assert item["submitted_at"] == "2026-09-02T08:00:00Z"
    assert item["landed_at"] == "2026-09-01T08:40:00Z"
    assert "staged_at" not in item


def test_a_response_can_vanish_from_under_a_cursor(ask, answered):
    """A cursor nobody knows any more gives page one again, as any unknown one does."""
    answered.drop("Lost1", "t28")

    assert _tokens(ask(f"{RESPONSES}?page_size=1&before=t28")) == ["t29"]


@pytest.mark.parametrize(
    ("host", "is_there"),
    [
        ("api.typeform.com", True),
        ("api.eu.typeform.com", False),
        ("api.typeform.eu", False),
        ("127.0.0.1", True),
    ],
)
def test_the_wrong_data_centre_has_no_responses_and_no_error(ask, answered, host, is_there):
    answer = ask(RESPONSES, headers={"Host": host})

    assert bool(_tokens(answer)) == is_there
    assert is_there or answer.json() == EMPTY
    assert ask("/forms/Lost1", headers={"Host": host}).json()["id"] == "Lost1"
    assert answered.behaviour.requests[-1] == "GET /forms/Lost1"


def test_typeforms_own_hosts_are_answered_for_as_a_proxy_would(sandbox, answered):
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": sandbox.base_url}
        bearer = {"Authorization": "Bearer sandbox"}
        url = "http://api.typeform.com/forms/Lost1/responses?page_size=1"
        answer = session.get(url, headers=bearer, timeout=10)

    assert _tokens(answer) == ["t29"]
    assert answered.behaviour.requests == ["GET /forms/Lost1/responses?page_size=1"]


def test_a_body_can_come_drop_by_drop_and_is_whole_in_the_end(ask, answered):
    answered.behaviour.drip_seconds = 0.4
    started_at = time.monotonic()

    answer = ask(RESPONSES)

    assert len(_tokens(answer)) == 25
    assert time.monotonic() - started_at >= 0.3


def test_a_body_that_breaks_off_does_so_also_drop_by_drop(ask, sandbox):
    sandbox.behaviour.drip_seconds = 0.1
    sandbox.fail("cut")

    with pytest.raises(requests.RequestException):
        ask(RESPONSES)


def test_sorting_oldest_first_and_paging_back_never_reaches_the_newest(ask, answered):
    """The trap of ascending order with `before`; sort beside a cursor is refused outright."""
    first = _tokens(ask(f"{RESPONSES}?sort=submitted_at,asc&page_size=10"))
    second = _tokens(ask(f"{RESPONSES}?page_size=10&before={first[-1]}"))

    assert set(second) < set(first)
    query = f"sort=submitted_at,asc&before={first[-1]}"
    assert ask(f"{RESPONSES}?{query}").status_code == 400
    assert answered.behaviour.requests[-1].endswith(query)


def test_what_is_put_between_two_pages_is_seen(ask, answered, response):
    """Windows kept sorted are sorted again once a response changes."""
    assert _tokens(ask(f"{RESPONSES}?page_size=1")) == ["t29"]

    answered.put("Lost1", response("t30", 30))
    answered.drop("Lost1", "t28")

    assert _tokens(ask(f"{RESPONSES}?page_size=3")) == ["t30", "t29", "t27"]
    assert _tokens(ask(f"{RESPONSES}?page_size=1&before=t29")) == ["t27"]
