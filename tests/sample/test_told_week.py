"""The week the sample reports: worth reading, and what its card must show."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from winloss.sample import words

MONDAY = date(2026, 9, 28)
CALM_FROM = date(2026, 9, 14)


def _is_reported(item: dict[str, Any]) -> bool:
    instant = item.get("submitted_at")
    return instant is not None and datetime.fromisoformat(instant).date() >= MONDAY


def test_what_was_heard(full: Any) -> None:
    """Enough to open with: one reason four times, consented, where we had logged price."""
    reasons = {word.text: word.reason for word in words.verbatims()}
    defections = full.defections()
    reported = [item for item in full.heard() if _is_reported(item)]

    onboarding = [
        item
        for item in reported
        if reasons.get(text := full.said(item, "what_happened")) == "onboarding"
        or "on our own" in text
    ]

    ours = [defections[item["hidden"]["decision_id"]]["Loss Reason"] for item in onboarding]
    consents = Counter(full.said(item, "may_quote") for item in onboarding)
    assert len(reported) == 7
    assert Counter(ours) == {"Price": 3, "": 1}
    assert consents == {"unnamed": 2, "named": 1, "counted": 1}
    assert any("Onboarding was good" in full.said(item, "what_happened") for item in reported)


def test_beside_the_defections(full: Any) -> None:
    """One call asked for, two restless customers, one answer about an unknown decision."""
    reported = [(kind, item) for kind, item in full.items() if _is_reported(item)]
    known = full.decisions()

    about = [item["hidden"].get("decision_id") for _, item in reported]
    goals_unknown = [
        item
        for kind, item in reported
        if kind == "pulse" and (full.said(item, "goals_known") or 5) < 3
    ]

    assert [one for one in about if one and one not in known] == ["OPP-99999"]
    assert sum(bool(full.said(item, "call_me")) for _, item in reported) == 1
    assert Counter(full.said(item, "would_move") for item in goals_unknown) == {
        "maybe": 1,
        "yes": 1,
    }


def test_card(full: Any) -> None:
    """Of the last two who chose a rival and who cancelled: wrong, silent, right, in confidence."""
    invited = full.invited()
    answered = {item["hidden"]["decision_id"]: item for item in full.heard()}
    over = [
        row
        for one, row in full.defections().items()
        if one in answered
        or (one not in invited and (MONDAY - full.day(row["Close Date"])).days >= 8)
    ]

    over.sort(key=lambda row: full.day(row["Close Date"]), reverse=True)
    lost = [row for row in over if row["Stage"] == "Closed Lost" and row["Lost To"] == "Competitor"]
    cancelled = [row for row in over if row["Stage"] == "Cancelled"]

    card = [
        (row["Loss Reason"], full.said(item, "may_see") if item else "silent")
        for row in (*lost[:2], *cancelled[:2])
        for item in [answered.get(row["Opportunity ID"])]
    ]
    assert card == [("Price", True), ("Timing", "silent"), ("Support", True), ("", False)]


def test_nobody_else_was_forgotten_lately(full: Any) -> None:
    """Of the latest decisions that are due only the card's silent one was never asked about."""
    invited = full.invited()

    forgotten = [
        row["Loss Notes"]
        for one, row in full.defections().items()
        if CALM_FROM <= full.day(row["Close Date"]) < date(2026, 9, 21) and one not in invited
    ]

    assert forgotten == ["not now"]


def test_last_exits_are_not_due(full: Any) -> None:
    """Seven new exits in the week reported, about which nobody has been asked yet."""
    defections = full.defections()

    latest = {one for one, row in defections.items() if full.day(row["Close Date"]) >= MONDAY}

    assert len(latest) == 7
    assert not full.invited() & latest
