"""Harbourline by hand: a week in which four told us why, over thirteen weeks before it."""

from datetime import UTC, date, datetime, timedelta

from tests.reports.programme import Programme


def fill(programme: Programme) -> None:
    """Four told us why in week 40, over a background of thirteen weeks."""
    background = [
        ("onboarding", "price_level"),
        ("price_level", "price_level"),
        ("support", "support"),
        (None, "timing"),
    ]
    for number in range(24):
        key = f"old-{number}"
        decided = date(2026, 5, 25) + timedelta(days=number * 3)
        reason, logged = background[number % 4]
        programme.decide(key, decided=str(decided), kind="cancelled" if number % 3 == 0 else "lost")
        programme.log(key, logged)
        if reason:
            programme.answer(
                key,
                f"It was {reason} that decided it.",
                reason,
                submitted=str(decided + timedelta(days=10)),
            )
    _this_week(programme)
    for number in range(5):
        programme.decide(f"new-{number}", decided=f"2026-10-0{number % 4 + 1}")
        programme.log(f"new-{number}", "price_level")
    _customers(programme)


def _this_week(programme: Programme) -> None:
    said = [
        (
            "a",
            "We liked the demo. After signing, we’d have been on our own.",
            "onboarding",
            "on our own",
            "price_level",
        ),
        (
            "b",
            "Nobody would have helped us start. The rival sent two people.",
            "onboarding",
            "helped us start",
            "price_level",
        ),
        ("c", "Kein Mensch hätte uns beim Start geholfen.", "onboarding", "Start", None),
        (
            "d",
            "Onboarding was fine. You were simply dearer.",
            "price_level",
            "simply dearer",
            "price_level",
        ),
    ]
    for key, text, reason, evidence, logged in said:
        programme.decide(key, decided="2026-09-08")
        programme.answer(
            key,
            text,
            reason,
            evidence=evidence,
            call_me=key == "b",
            ticked="price_level",
            language="de" if key == "c" else "en",
            may_see=key != "b",
        )
        if logged:
            programme.log(key, logged)


def _customers(programme: Programme) -> None:
    for number, name in enumerate(("Kestrel Freight", "Oakhaven Foods", "Lumen & Tide")):
        account = f"customer-{number}"
        programme.add(
            "marts.accounts",
            account_id=account,
            account_name=name,
            is_current=True,
            customer_since_on=date(2024, 1, 1),
        )
        programme.add("staging.accounts", account_id=account, account_name=name)
    programme.pulse("customer-0", may_see=True, would_move="yes", goals_known=4.0)
    programme.pulse("customer-1", may_see=False, would_move="no", goals_known=1.0)
    programme.add(
        "marts.check_ins", check_in_id="1", account_id="customer-0", held_on=date(2026, 9, 1)
    )
    programme.add("marts.invitations", invitation_id="1", sent_at=datetime(2026, 5, 1, tzinfo=UTC))
