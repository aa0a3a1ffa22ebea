"""Traps of responses that come again, late, changed, or under another's name."""

import gzip
import json
from datetime import timedelta

import pytest

from winloss import settings, steps, warehouse
from winloss.errors import SettingsError

WEEK = timedelta(days=7)


def said(pulls, form_id="Lost1"):
    """The bodies of the pages of a form in one pull."""
    pages = [page for each in pulls.pulled if each.form_id == form_id for page in each.pages]
    return " ".join(gzip.decompress(page.read_bytes()).decode() for page in pages)


def test_trap_04_the_row_at_the_windows_edge_is_kept_once(weekly, respond, answer):
    """`since` is inclusive at whole seconds, so the response at the edge comes every time."""
    weekly.sandbox.put("Lost1", respond("edge", answer("text", "x"), before=timedelta(hours=48)))
    weekly.run()

    again = weekly.fetch(weekly.sandbox.behaviour.now + WEEK)
    steps.build(weekly.home, weekly.sandbox.behaviour.now)

    assert '"edge"' in said(again)
    assert weekly.received() == ["edge"]
    assert len(weekly.answers("edge")) == 1


def test_trap_09_a_response_that_appears_late_is_not_passed_over(weekly, respond):
    """Fresh responses appear up to 30 minutes late, behind a bookmark set at the last pull."""
    weekly.sandbox.behaviour.lag = timedelta(minutes=29)
    weekly.sandbox.put("Lost1", respond("late", before=timedelta(minutes=10)))
    weekly.fetch()
    early = weekly.received()

    weekly.fetch(weekly.sandbox.behaviour.now + WEEK)

    assert (early, weekly.received()) == ([], ["late"])
    week_on = weekly.sandbox.behaviour.now
    weekly.fetch(week_on + 52 * WEEK)
    weekly.sandbox.put("Lost1", respond("after_a_wrong_clock", before=-2 * WEEK))
    weekly.fetch(week_on + 2 * WEEK)
    assert weekly.received() == ["after_a_wrong_clock", "late"]
    file = weekly.home / "winloss.toml"
    file.write_text(file.read_text().replace("retries = 2", "overlap_hours = 0.5"))
    with pytest.raises(SettingsError, match="overlap_hours"):
        settings.read(weekly.home)


def test_trap_10_a_partial_response_becomes_completed_under_the_same_token(weekly, respond, answer):
    """The completed response takes the place of the partial one, and never gives it back."""
    staged = {"response_type": "partial", "staged_at": "2026-09-06T05:00:00Z"}
    never = {"submitted_at": "0001-01-01T00:00:00Z"}
    partial = respond("t", answer("text", "so far"), **staged, **never)
    weekly.sandbox.put("Lost1", partial)
    weekly.run()
    first = weekly.response("t")["response_type"]

    done = respond("t", answer("text", "all"), before=-timedelta(hours=1), response_id="t")
    hook = {"form_id": "Lost1", "form_kind": "lost_deal", "source": "webhook"}
    at = weekly.sandbox.behaviour.now + timedelta(hours=1)
    for item in (done, partial):
        body = json.dumps(item).encode()
        warehouse.land_item(weekly.home / "landing", body, **hook, received_at=at)
    weekly.run(at)

    assert (first, weekly.response("t")["response_type"]) == ("partial", "completed")
    assert [row["text_value"] for row in weekly.answers("t")] == ["all"]

    weekly.sandbox.complete("Lost1", "t", answers=done["answers"])
    weekly.run(weekly.sandbox.behaviour.now + WEEK)

    assert weekly.response("t")["response_type"] == "completed"
    assert [row["text_value"] for row in weekly.answers("t")] == ["all"]


def test_trap_14_a_response_is_named_within_its_form_only(weekly, respond, answer):
    """Items carry no form_id, and two forms may have responses of one name."""
    for form_id in ("Lost1", "Cancel1"):
        weekly.sandbox.put(form_id, respond("same", answer("text", f"to {form_id}")))

    weekly.run()

    keys = set()
    for form_id, kind in (("Lost1", "lost_deal"), ("Cancel1", "cancellation")):
        row = weekly.response("same", form_id)
        keys.add(row["response_key"])
        assert row["form_kind"] == kind
        (given,) = weekly.answers("same", form_id)
        assert given["text_value"] == f"to {form_id}"
    assert len(keys) == 2


def test_trap_18_answers_outlive_their_question(weekly, respond, answer, question):
    """A question is removed: late answers to it still come, or those given are deleted with it."""
    both = [question("asked"), question("gone")]
    weekly.sandbox.put_form("Lost1", weekly.sandbox.form("Lost1") | {"fields": both})
    given = (answer("text", "stays", "asked"), answer("text", "went", "gone"))
    weekly.sandbox.put("Lost1", respond("before", *given))
    weekly.run()

    now = weekly.sandbox.behaviour.now
    edited = {"fields": both[:1], "last_updated_at": now.isoformat()}
    weekly.sandbox.put_form("Lost1", weekly.sandbox.form("Lost1") | edited)
    weekly.sandbox.put("Lost1", respond("after", *given, before=-timedelta(hours=1)))
    weekly.run(now + timedelta(hours=2))

    after = [(row["question_ref"], row["text_value"]) for row in weekly.answers("after")]
    assert after == [("asked", "stays"), ("gone", "went")]
    assert weekly.answers("before")[0]["text_value"] == "stays"
    versions = weekly.rows("select item from raw.responses where response_id = 'before'")
    assert sorted('"went"' in row["item"] for row in versions) == [False, True]
