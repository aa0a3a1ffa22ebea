"""Fewer responses than were counted: what came is kept, and nobody takes it for the whole."""

import gzip
import json

import pytest
from tests.e2e.sweeping import LATER, PULLED_AT, numbered, prepared, response

from winloss import settings, steps, warehouse
from winloss.settings import FormSettings
from winloss.typeform.reading.pulling import Short, pull

NAMES = [f"t{number}" for number in range(9)]
COMPLETED = ("Lost1", "completed")


def _server(names, behind):
    """Two responses a page; `behind` says what stands behind a name."""

    def answer(handler):
        is_asked = "/responses" in handler.path and "=completed" in handler.path
        cursor = handler.path.partition("before=")[2].partition("&")[0]
        found = (behind(cursor) if cursor else names)[:2] if is_asked else []
        items = [{"token": each, "submitted_at": "2026-09-01T08:00:00Z"} for each in found]
        told = len(names) if is_asked else 0
        return json.dumps({"id": "Lost1", "total_items": told, "items": items}).encode()

    return answer


def _pulled(programme, url):
    forms = (FormSettings(id="Lost1", kind="lost_deal"),)
    (form,) = pull(programme(url, forms=forms, page_size=2), since={}, now=PULLED_AT).pulled
    pages = [json.loads(gzip.decompress(path.read_bytes())) for path in form.pages]
    return {item["token"] for page in pages for item in page["items"]}, form.short


def test_pages_that_are_empty_for_ever_are_not_the_end(answering, programme):
    asked = []

    def behind(cursor):
        asked.append(cursor)
        return []

    found, short = _pulled(programme, answering(_server(NAMES, behind)))

    assert found == {"t0", "t1"}
    assert short == (Short("completed", 9, 2),)
    assert len(asked) <= 9


def test_pages_in_ascending_order_are_not_the_whole(answering, programme):
    names = NAMES[::-1]
    url = answering(_server(names, lambda cursor: names[: names.index(cursor)]))

    assert _pulled(programme, url) == ({"t7", "t8"}, (Short("completed", 9, 2),))


@pytest.mark.parametrize("gone", [["t1"], ["t0", "t1"]])
def test_nothing_behind_a_deleted_response_is_not_the_end(answering, programme, gone):
    """A server that knows such a name no more answers with an empty page."""
    left = list(NAMES)

    def behind(cursor):
        left[:] = [each for each in left if each not in gone]
        return left[left.index(cursor) + 1 :] if cursor in left else []

    found, short = _pulled(programme, answering(_server(left, behind)))

    assert found == set(NAMES)
    assert short == ()


def test_what_is_deleted_before_it_is_read_is_not_lacking(answering, programme):
    left = list(NAMES)

    def behind(cursor):
        left[:] = [each for each in left if each != "t5"]
        return left[left.index(cursor) + 1 :]

    found, short = _pulled(programme, answering(_server(left, behind)))

    assert found == set(NAMES) - {"t5"}
    assert short == ()


@pytest.fixture
def small(tmp_path, monkeypatch):
    with prepared(tmp_path, monkeypatch) as programme:
        yield programme


def _state(home):
    with warehouse.writing(settings.read(home).warehouse) as connection:
        rejects = connection.execute(
            "select record_id, reason, detail from ops.rejects order by all"
        ).fetchall()
        landed = connection.execute("select count(distinct response_id) from raw.responses")
        return landed.fetchall()[0][0], rejects, warehouse.cursors(connection)


def test_the_cursor_stays_and_the_next_run_reads_the_same_again(small):
    """The total lies for ever: pages land, each run says it, nothing is lost."""
    small.put("Lost1", *numbered(4))
    small.sandbox.behaviour.told_total = 9
    small.pull()
    reason = "fewer responses than counted"
    said = [
        (form_id, reason, detail)
        for form_id, count in (("Cancel1", 0), ("Lost1", 4))
        for detail in (f"completed: {count} of 9", "partial: 0 of 9")
    ]
    assert _state(small.home) == (4, said, {})

    small.sandbox.behaviour.told_total = None
    long_ago = PULLED_AT.replace(year=2025)
    small.sandbox.put("Lost1", response("appeared", long_ago))
    small.pull(LATER)

    landed, _, cursors = _state(small.home)
    assert landed == 5
    assert cursors[COMPLETED] == LATER


def test_one_type_that_is_short_holds_back_no_other(answering, tmp_path, monkeypatch):
    url = answering(_server(NAMES, lambda _: []))
    with prepared(tmp_path, monkeypatch) as small:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", url)
        steps.land(small.home, steps.pull(small.home, PULLED_AT), PULLED_AT)
        _, rejects, cursors = _state(small.home)

    assert cursors == {("Lost1", "partial"): PULLED_AT, ("Cancel1", "partial"): PULLED_AT}
    assert [detail for *_, detail in rejects] == ["completed: 2 of 9"] * 2
