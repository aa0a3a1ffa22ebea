"""Traps on the way to the responses: hosts, parameters, pages, cursors."""

from datetime import timedelta

import pytest

from winloss import settings
from winloss.errors import TypeformRefused
from winloss.typeform.api.client import Client

WEEK = timedelta(days=7)


def asked_for(weekly, response_type="completed"):
    """The requests for responses of Lost1 so far."""
    wanted = f"response_type={response_type}"
    requests = weekly.sandbox.behaviour.requests
    return [each for each in requests if "/Lost1/responses" in each and wanted in each]


@pytest.fixture
def many(weekly, respond):
    """Put so many responses, an hour apart; their names."""

    def put(count):
        names = [f"t{number:04}" for number in range(count)]
        for number, name in enumerate(names):
            weekly.sandbox.put("Lost1", respond(name, before=timedelta(hours=count - number)))
        return names

    return put


def test_trap_01_wrong_data_centre(weekly, many, monkeypatch):
    """The wrong data centre answers with no responses at all instead of an error."""
    names = many(3)
    file = weekly.home / "winloss.toml"
    text = file.read_text().replace(weekly.sandbox.base_url, "http://api.eu.typeform.com")
    file.write_text(text)
    monkeypatch.setenv("http_proxy", weekly.sandbox.base_url)
    monkeypatch.setenv("no_proxy", "")

    with pytest.raises(TypeformRefused, match=r'base_url = "https://api\.typeform\.com"'):
        weekly.fetch()

    file.write_text(text.replace("api.eu.", "api."))
    weekly.fetch()
    assert weekly.received() == names


def test_trap_02_partial_responses_are_asked_for(weekly, respond, answer):
    """Without response_type only completed responses come, and nothing says so."""
    never = {"response_type": "partial", "submitted_at": "0001-01-01T00:00:00Z"}
    staged = {"staged_at": "2026-09-06T05:00:00Z"}
    weekly.sandbox.put("Lost1", respond("part", answer("text", "so far"), **never, **staged))
    weekly.sandbox.put("Lost1", respond("done", answer("text", "all of it")))

    weekly.run()

    types = {name: weekly.response(name)["response_type"] for name in weekly.received()}
    assert types == {"done": "completed", "part": "partial"}


def test_trap_03_every_page_is_read(weekly, many):
    """A page holds 25 responses or 10 forms unless asked, and never more than 1000 or 200."""
    names = many(2001)
    for number in range(205):
        weekly.sandbox.put_form(f"Form{number}", {"id": f"Form{number}", "title": "Another"})
    programme = settings.read(weekly.home)

    weekly.fetch()
    with Client(programme.typeform, "sandbox") as client:
        forms = client.forms()

    assert weekly.received() == names
    assert len({form["id"] for form in forms}) == 207


def test_trap_05_pages_are_walked_newest_first_and_never_sorted(weekly, many):
    """Ascending order with `before` loses records, and sort beside a cursor is refused."""
    names = many(35)
    weekly.sandbox.behaviour.most_per_page = 10

    weekly.fetch()

    assert weekly.received() == names
    assert not [each for each in asked_for(weekly) if "sort=" in each]


@pytest.mark.parametrize("is_refused", [True, False])
def test_trap_06_a_window_beside_a_cursor_may_be_refused(weekly, many, respond, is_refused):
    """Whether since goes with before is disputed: both ways all of the window is read, no more."""
    names = many(400)
    weekly.sandbox.behaviour.most_per_page = 10
    weekly.sandbox.behaviour.refuses_window_with_cursor = is_refused
    weekly.fetch()
    first_count = len(asked_for(weekly))
    late = [f"u{number:02}" for number in range(25)]
    for number, name in enumerate(late):
        weekly.sandbox.put("Lost1", respond(name, before=-timedelta(hours=number + 1)))

    weekly.fetch(weekly.sandbox.behaviour.now + WEEK)

    assert weekly.received() == names + late
    # The overlap of 48 hours and the new ones are 8 pages of the 43 there are.
    assert len(asked_for(weekly)) - first_count <= 12


@pytest.mark.parametrize("told", [0, 7, 471, 10**12])
def test_trap_07_total_items_lies(weekly, many, told):
    """total_items counts the whole match, or nothing that is there: only items are believed."""
    names = many(35)
    weekly.sandbox.behaviour.most_per_page = 10
    weekly.sandbox.behaviour.told_total = told

    pulls = weekly.fetch()

    assert weekly.received() == names
    assert weekly.received("Cancel1") == []
    assert not pulls.missing


@pytest.mark.timeout(60)
def test_trap_08_an_ignored_cursor_does_not_read_page_one_for_ever(weekly, many):
    """A cursor that is ignored gives page one again: the form is set aside, and the run goes on."""
    many(35)
    weekly.sandbox.put("Cancel1", {"token": "other", "submitted_at": "2026-09-06T05:00:00Z"})
    weekly.sandbox.behaviour.most_per_page = 10
    weekly.fetch()
    weekly.sandbox.behaviour.ignores_cursor = True
    before = len(asked_for(weekly))

    (missing,) = weekly.fetch(weekly.sandbox.behaviour.now + timedelta(hours=1)).missing

    assert (missing.form_id, missing.reason) == ("Lost1", "form unreadable")
    assert "again and again" in missing.detail
    assert len(asked_for(weekly)) - before < 20
    assert weekly.received("Cancel1") == ["other"]


def test_trap_29_a_deleted_form_and_an_empty_one_do_not_end_the_run(weekly, many, respond):
    """A form that is gone is named and set aside, one without responses is none the worse."""
    names = many(3)
    weekly.run()
    weekly.sandbox.drop_form("Lost1")
    weekly.sandbox.put("Cancel1", respond("still", before=-timedelta(days=1)))

    weekly.run(weekly.sandbox.behaviour.now + WEEK)

    assert weekly.received() == names
    assert weekly.received("Cancel1") == ["still"]
    rejects = weekly.rows("select record_id, reason from ops.rejects where entity = 'form'")
    assert rejects == [{"record_id": "Lost1", "reason": "form missing"}]
