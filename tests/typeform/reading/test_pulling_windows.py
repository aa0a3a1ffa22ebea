"""Each pull reads from where the last one is certain to have read everything."""

import gzip
import json
from datetime import timedelta

import pytest
from tests.typeform.conftest import START

from winloss.typeform.reading.pulling import pull

NOW = START + timedelta(days=30)


def _items(pulls, form_id="Lost1"):
    return [
        item
        for pulled in pulls.pulled
        if pulled.form_id == form_id
        for path in pulled.pages
        for item in json.loads(gzip.decompress(path.read_bytes()))["items"]
    ]


class _Heard(list[str]):
    """The requests seen, and what happens when those of a second type of response begin."""

    def __init__(self, then):
        self._then = then

    def append(self, seen):
        before = {self._type(each) for each in self} - {""}
        super().append(seen)
        if len(before | {self._type(seen)} - {""}) > len(before) == 1:
            self._then()

    def _type(self, seen):
        return seen.partition("response_type=")[2].partition("&")[0] if "Lost1/" in seen else ""


def test_completed_between_the_two_readings_is_met_all_the_same(sandbox, programme, response):
    """Partial responses are read first: from there a response can only move to what follows."""
    staged = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    sandbox.put("Lost1", response("r", response_type="partial", staged_at=staged))
    sandbox.behaviour.now = NOW - timedelta(minutes=1)
    sandbox.behaviour.requests = _Heard(lambda: sandbox.complete("Lost1", "r"))

    pulls = pull(programme(sandbox.base_url), since={}, now=NOW)

    assert [item["response_type"] for item in _items(pulls)] == ["partial", "completed"]


def test_completed_before_the_first_reading_is_met(sandbox, programme, response):
    sandbox.put("Lost1", response("r", response_type="partial", staged_at="2026-09-01T08:00:00Z"))
    sandbox.behaviour.now = NOW - timedelta(minutes=1)
    sandbox.complete("Lost1", "r")

    pulls = pull(programme(sandbox.base_url), since={}, now=NOW)

    assert [item["response_type"] for item in _items(pulls)] == ["completed"]


def test_completed_after_its_reading_comes_with_the_next_pull(sandbox, programme, response):
    """What was submitted after the run's instant is not of this run, however late it reads."""
    staged = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    sandbox.put("Lost1", response("r", response_type="partial", staged_at=staged))
    sandbox.behaviour.now = NOW + timedelta(minutes=5)
    sandbox.behaviour.requests = _Heard(lambda: sandbox.complete("Lost1", "r"))
    cursors = {("Lost1", kind): NOW for kind in ("partial", "completed")}

    first = pull(programme(sandbox.base_url), since={}, now=NOW)
    second = pull(programme(sandbox.base_url), since=cursors, now=NOW + timedelta(days=7))

    assert [item["response_type"] for item in _items(first)] == ["partial"]
    assert [item["response_type"] for item in _items(second)] == ["completed"]


def test_a_response_that_appears_late_comes_with_the_next_pull(sandbox, programme, response):
    """Typeform shows a response up to 30 minutes late; the overlap reaches back behind that."""
    sandbox.put("Lost1", response("late", minutes=30 * 24 * 60 - 1))
    sandbox.behaviour.now, sandbox.behaviour.lag = NOW, timedelta(minutes=29)
    settings = programme(sandbox.base_url, overlap_hours=1)

    first = pull(settings, since={}, now=NOW)
    sandbox.behaviour.now = NOW + timedelta(days=7)
    cursors = {("Lost1", kind): NOW for kind in ("partial", "completed")}
    second = pull(settings, since=cursors, now=NOW + timedelta(days=7))

    assert _items(first) == []
    assert [item["token"] for item in _items(second)] == ["late"]


def test_the_types_of_a_form_have_a_window_each(sandbox, programme):
    cursors = {
        ("Lost1", "completed"): START + timedelta(days=10),
        ("Lost1", "partial"): START + timedelta(days=20),
    }

    pull(programme(sandbox.base_url), since=cursors, now=NOW)

    asked = [seen for seen in sandbox.behaviour.requests if "Lost1/responses" in seen]
    assert [("completed" in seen, "since=2026-09-09T08" in seen) for seen in asked] == [
        (False, False),
        (True, True),
    ]
    assert "since=2026-09-19T08" in asked[0]


def test_a_cursor_from_the_future_is_not_believed(sandbox, programme, response):
    """A clock was wrong when it was stored: nobody knows what had been read by then."""
    sandbox.put("Lost1", response("old", 1))
    future = {("Lost1", kind): NOW + timedelta(days=30) for kind in ("partial", "completed")}

    pulls = pull(programme(sandbox.base_url), since=future, now=NOW)

    assert [item["token"] for item in _items(pulls)] == ["old"]


def test_a_clock_ahead_by_less_than_the_overlap_loses_nothing(sandbox, programme, response):
    """`until` then lies in the future of Typeform's clock, and what comes meanwhile before it."""
    sandbox.put("Lost1", response("first", 0))
    ahead = START + timedelta(hours=40)
    first = pull(programme(sandbox.base_url), since={}, now=ahead)
    sandbox.put("Lost1", response("meanwhile", 60))
    cursors = {("Lost1", kind): first.pulled[0].until for kind in ("partial", "completed")}

    second = pull(programme(sandbox.base_url), since=cursors, now=NOW)

    assert [item["token"] for item in _items(first)] == ["first"]
    assert "meanwhile" in [item["token"] for item in _items(second)]


@pytest.mark.parametrize("refuses", [False, True])
def test_only_the_window_is_read(sandbox, programme, response, refuses):
    """Even where the server takes no window beside a cursor, history is not walked through."""
    for day in range(29):
        sandbox.put("Lost1", response(f"t{day}", day * 24 * 60))
    sandbox.behaviour.refuses_window_with_cursor = refuses
    cursors = {("Lost1", kind): START + timedelta(days=26) for kind in ("partial", "completed")}

    pulls = pull(programme(sandbox.base_url, page_size=2), since=cursors, now=NOW)

    found = [item["token"] for item in _items(pulls)]
    assert found[:5] == ["t28", "t27", "t26", "t25", "t24"]
    assert len(found) <= 5 + 2 * 2
