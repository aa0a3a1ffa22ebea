"""Who is named in the Monday mail, who is not, and whom a figure would give away."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from winloss import render
from winloss.reporting import Weekly

Make = Callable[..., Weekly]


def texts(weekly: Weekly) -> tuple[str, str]:
    rendered = render.weekly(weekly)
    return rendered.text, render.visible(rendered.html)


def test_names_only_where_allowed(harbourline, edition, connected, make: Make) -> None:
    """A pulse that may not be seen is counted, and its account not named beside it."""
    prevention = make(harbourline.reader(), edition, connected).sections.prevention

    named = {sign.figure.name: sign.names for sign in prevention.signs}
    assert named["would_move"] == "Kestrel Freight"
    assert named["goals_unknown"] == ""


@pytest.mark.parametrize("may_quote", ["unnamed", "counted"])
def test_a_call_does_not_give_a_voice_away(
    programme, edition, connected, make: Make, may_quote: str
) -> None:
    """Whoever asks for a call is named for it, and so not quoted without a name beside it."""
    programme.decide("deal", decided="2026-09-08")
    programme.answer(
        "deal", "We would have been on our own.", "onboarding", may_quote=may_quote, call_me=True
    )
    programme.add("marts.accounts", account_id="account-deal", account_name="Kestrel Freight")

    weekly = make(programme.reader(), edition, connected)

    assert [sign.names for sign in weekly.sections.prevention.signs] == ["Kestrel Freight"]
    assert not any("on our own" in text for text in texts(weekly))


def test_who_may_be_kept_is_not_quoted_unnamed(harbourline, edition, connected, make: Make) -> None:
    """An account named as one to keep says nothing in the same mail without its name."""
    free = make(harbourline.reader(), edition, connected)
    for row in harbourline.rows["marts.verbatims"]:
        if row["response_id"] == "a-said":
            row["account_id"] = "customer-0"

    weekly = make(harbourline.reader(), edition, connected)

    assert "Kestrel Freight" in {sign.names for sign in weekly.sections.prevention.signs}
    spoken, before = (
        {quote.response_id for quote in (*each.quotes, *each.sections.voices)}
        for each in (weekly, free)
    )
    assert "a-said" in before
    assert "a-said" not in spoken


@pytest.mark.parametrize(("count", "is_told"), [(1, False), (5, True)])
def test_a_lens_tells_nobody_alone(
    harbourline, edition, connected, make: Make, count: int, *, is_told: bool
) -> None:
    """The only one who answered a lens this week is told of under their name alone."""
    for number in range(count):
        _would_move(harbourline, f"mover-{number}")

    loyalty = make(harbourline.reader(), edition, connected).sections["loyalty"]

    assert loyalty.voice is not None
    assert bool(loyalty.findings) is is_told


def _would_move(programme, key: str) -> None:
    """A satisfied customer who would move all the same, as their pulse of the week says."""
    at = datetime(2026, 9, 30, 10, tzinfo=UTC)
    response = {
        "response_key": f"pulse/{key}",
        "response_id": key,
        "form_id": "pulse",
        "form_kind": "pulse",
        "account_id": key,
        "submitted_at": at,
    }
    programme.add(
        "marts.responses",
        **response,
        fetched_at=at,
        may_see=False,
        may_quote="unnamed",
        call_me=False,
    )
    for ref, answer in (
        ("satisfaction", {"number_value": 5, "scale_min": 1, "scale_max": 5}),
        ("would_move", {"choice_refs": ["yes"]}),
    ):
        programme.add("marts.answers", **response, question_ref=ref, is_answered=True, **answer)
    programme.add(
        "marts.verbatims",
        **response,
        respondent=key,
        fetched_at=at,
        may_see=False,
        may_quote="unnamed",
        verbatim_key=f"verbatim-{key}",
        question_ref="right_deal",
        text="A fixed price for three years.",
        language="en",
    )
