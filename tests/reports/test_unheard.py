"""What could not be read is not called silence: a form that is gone, an export that has ended."""

from datetime import timedelta
from typing import Any

from winloss import render
from winloss.reporting import Edition
from winloss.settings import FormSettings, Settings, TypeformSettings

UNREAD = "The cancellation survey could not be read this week; its exits may only seem silent."


def without_cancellations(programme: Any, edition: Edition, settings: Settings) -> Settings:
    """A programme whose form for cancellations could not be read in this run."""
    programme.add(
        "ops.rejects",
        source="typeform",
        entity="form",
        record_id="gone",
        reason="form missing",
        rejected_at=edition.as_of - timedelta(weeks=2),
        seen_at=edition.as_of,
    )
    forms = (
        FormSettings(id="gone", kind="cancellation"),
        FormSettings(id="form", kind="lost_deal"),
    )
    return settings.model_copy(update={"typeform": TypeformSettings(forms=forms)})


def test_an_unread_form_is_said_under_the_lead(harbourline, edition, settings, make) -> None:
    """Above everything but the lead finding, once, and whatever is cut for length."""
    programme = without_cancellations(harbourline, edition, settings)

    rendered = render.weekly(make(harbourline.reader(), edition, programme))

    for text in (rendered.text, render.visible(rendered.html)):
        assert text.count(UNREAD) == 1
        assert text.index("Another view") < text.index(UNREAD)
        assert text.upper().index(UNREAD.upper()) < text.upper().index("DO YOU KNOW WHY?")


def test_an_unread_form_in_a_quiet_week(programme, edition, settings, make) -> None:
    """Without a finding it stands below what stands in its place."""
    programme.decide("a", decided="2026-10-01", kind="cancelled")
    found = without_cancellations(programme, edition, settings)

    rendered = render.weekly(make(programme.reader(), edition, found))

    for text in (rendered.text, render.visible(rendered.html)):
        assert text.count(UNREAD) == 1
        assert text.index("No one told us why") < text.index(UNREAD)


def test_a_form_that_is_back_is_not_missed(harbourline, edition, settings, make) -> None:
    """What an earlier run could not read is read now."""
    found = without_cancellations(harbourline, edition, settings)
    harbourline.rows["ops.rejects"][0]["seen_at"] = edition.as_of - timedelta(weeks=1)

    weekly = make(harbourline.reader(), edition, found)

    assert weekly.sections.coverage.unread == ""


def test_an_export_that_has_ended(programme, edition, settings, make) -> None:
    """Nobody says that nobody left where nobody could know."""
    programme.decide("a", decided="2026-09-12")

    weekly = make(programme.reader(), edition, settings)

    assert weekly.opening == "No one told us why this week. The CRM export ends on 12 September."
    assert weekly.subject == weekly.opening.rstrip(".")
    assert "nobody left" not in render.weekly(weekly).text


def test_no_closed_survey_named_it_yet(harbourline, edition, settings, make) -> None:
    """A reason first heard this week has no share of nought per cent."""
    reasons = harbourline.rows["marts.decision_reasons"]
    reasons[:] = [
        row
        for row in reasons
        if row["reason"] != "onboarding" or not row["response_key"].startswith("form/old-")
    ]

    text = render.weekly(make(harbourline.reader(), edition, settings)).text

    lead = next(line for line in text.splitlines() if line.startswith("Over 13 weeks:"))
    assert "no closed survey named it yet (0 of " in lead
    assert "0 %" not in lead


def test_no_change_is_said_once(harbourline, edition, settings, make) -> None:
    """The mail does not repeat under every finding that nothing can be called."""
    harbourline.decide("e", decided="2026-09-08")
    harbourline.answer("e", "Your price was above theirs.", "price_level")

    weekly = make(harbourline.reader(), edition, settings)

    assert [finding.call for finding in weekly.findings] == ["No change we can call."] * 2
    assert render.weekly(weekly).text.count("No change we can call.") == 1
