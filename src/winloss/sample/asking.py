"""Whom we ask, when, and how long the survey stays open."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from winloss.sample import blocks
from winloss.sample.company import Company, Contact, seeded
from winloss.sample.decisions import Decision

ZONE = ZoneInfo("Europe/Berlin")
FORM_KINDS = {"lost": "lost_deal", "cancelled": "cancellation", "won": "won_deal"}
_FRIDAY = 4
_EARLIEST = {"lost": 7, "cancelled": 0, "won": 14}


@dataclass(frozen=True)
class Invitation:
    """One survey link, sent to one person."""

    invitation_id: str
    form_kind: str
    decision_id: str
    """Empty for a pulse."""
    account_id: str
    respondent: str
    block: str
    sent_at: datetime
    closes_at: datetime


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant in UTC of a time of day where Harbourline works."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


class Post:
    """Sends invitations, numbering them."""

    def __init__(self) -> None:
        """Start with the first number."""
        self._count = 0

    def invitation(
        self, form_kind: str, contact: Contact, decision_id: str, sent_at: datetime, closes: date
    ) -> Invitation:
        """The next invitation; its block is drawn, empty where none rotates in the form."""
        self._count += 1
        names = blocks.names(form_kind)
        return Invitation(
            invitation_id=f"INV-{self._count + 7000}",
            form_kind=form_kind,
            decision_id=decision_id,
            account_id=contact.account_id,
            respondent=contact.respondent,
            block=seeded("block", self._count).choice(names) if names else "",
            sent_at=sent_at,
            closes_at=at(closes, 23, 59),
        )


@dataclass(frozen=True)
class Calendar:
    """The days that decide what can have happened."""

    now: datetime
    reported_from: date
    """The Monday of the week reported."""
    calm_from: date
    """From here on every defection is asked about in time, and only the script answers."""


def invitations(
    decisions: Iterable[Decision],
    company: Company,
    post: Post,
    asking: Mapping[str, Any],
    calendar: Calendar,
) -> Iterator[Invitation]:
    """The invitations for decisions, in order; some decisions are asked about late or never."""
    for decision in decisions:
        rng = seeded("asking", decision.decision_id)
        days = _days(rng, decision, asking, calendar)
        if days is None:
            continue
        sent_at = at(workday(decision.decided_on + timedelta(days=days)), 9, rng.randrange(50))
        if sent_at > calendar.now:
            continue
        closes = decision.decided_on + timedelta(days=asking["closes_days"])
        people = company.people(decision.account_id)
        for contact in people[: 2 if rng.random() < asking["two_people"] else 1]:
            kind = FORM_KINDS[decision.kind]
            yield post.invitation(kind, contact, decision.decision_id, sent_at, closes)


def _days(
    rng: random.Random, decision: Decision, asking: Mapping[str, Any], calendar: Calendar
) -> int | None:
    """How many days after the decision it is asked about; None when never."""
    if decision.kind not in FORM_KINDS:
        return None
    is_asked = rng.random() < asking["won"]
    lateness, late_day = rng.random(), rng.randint(20, 34)
    early = _EARLIEST[decision.kind] + rng.randint(0, 1)
    if decision.is_defection:
        is_asked = rng.random() >= asking["never"]
        if decision.decided_on >= calendar.calm_from:
            return early
    if not is_asked:
        return None
    return late_day if lateness < asking["late"] else early


def workday(day: date) -> date:
    """The day itself, or the Monday after the weekend it falls on."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > _FRIDAY else 0)


def pulse_invitations(company: Company, post: Post, calendar: Calendar) -> Iterator[Invitation]:
    """Every current customer is asked how it goes, once or twice in the year."""
    for account in company.accounts:
        rng = seeded("pulse", account.account_id)
        if not account.is_current:
            continue
        for days in (rng.randint(150, 330), rng.randint(5, 120)):
            day = workday(calendar.now.date() - timedelta(days=days))
            contact = company.people(account.account_id)[0]
            yield post.invitation(
                "pulse", contact, "", at(day, 10, rng.randrange(50)), day + timedelta(days=30)
            )
