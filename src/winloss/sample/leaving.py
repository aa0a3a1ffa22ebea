"""What those who cancelled had said and heard before: their last pulses, our last check-ins.

Drawn after everything else and from words of its own, so that nothing else changes with it.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from winloss.sample.answers import Respondent
from winloss.sample.asking import Calendar, Invitation, Post, at, workday
from winloss.sample.blocks import Value
from winloss.sample.company import CheckIn, Company, seeded
from winloss.sample.decisions import Decision
from winloss.sample.replies import Reply, answered_at, reply
from winloss.sample.words import Bag, Word, data

_FORM = "pulse"
_USES = 2
_FIRST_NUMBER = 60001
_CHOICES = ("never", "quarterly", "monthly", "weekly")


@dataclass(frozen=True)
class Leaving:
    """The drawn part of what happened before a cancellation."""

    invitations: list[Invitation]
    replies: list[Reply]


def before_leaving(
    decisions: Iterable[Decision],
    company: Company,
    post: Post,
    respondent: Respondent,
    delays: Mapping[str, tuple[int, int, int]],
    calendar: Calendar,
) -> Leaving:
    """The pulses of customers who cancelled some weeks later."""
    shares = data("leaving.toml")["pulses"]
    quiet_from = calendar.reported_from - timedelta(weeks=shares["quiet_weeks"] - 1)
    first = calendar.now.date() - timedelta(days=shares["first_days_ago"])
    bag = Bag(_words(), {})
    found = Leaving([], [])
    for decision in decisions:
        rng = seeded("before leaving", decision.decision_id)
        day = decision.decided_on - timedelta(days=rng.randint(*shares["days_before"]))
        if decision.kind != "cancelled" or rng.random() >= shares["asked"]:
            continue
        if not first <= day < quiet_from:
            continue
        asked = _invitation(post, company, decision, workday(day))
        found.invitations.append(asked)
        submitted_at = answered_at(rng, asked, delays)
        latest = min(decision.decided_on, quiet_from)
        if rng.random() < shares["answered"] and submitted_at < at(latest, 0):
            values = _values(rng, bag, respondent, asked)
            found.replies.append(reply(asked, values, submitted_at, rng.randint(1, 6)))
    return found


def _invitation(post: Post, company: Company, decision: Decision, day: date) -> Invitation:
    contact = company.people(decision.account_id)[0]
    return post.invitation(_FORM, contact, "", at(day, 10, 20), day + timedelta(days=30))


def _values(
    rng: random.Random, bag: Bag, respondent: Respondent, asked: Invitation
) -> dict[str, Value]:
    """A pulse as anybody's, but for a weaker chain and words of those who leave."""
    said = respondent.closed(rng, _FORM)
    said |= respondent.block(asked, said, None)
    chain = data("leaving.toml")
    for ref, weights in chain["answers"].items():
        said.pop(ref, None)
        if rng.random() >= chain["left_empty"][ref]:
            steps: tuple[str | int, ...] = _CHOICES if ref == "checked_in" else (1, 2, 3, 4, 5)
            said[ref] = rng.choices(steps, weights)[0]
    for ref, share in chain["words"].items():
        word = bag.draw(rng, (_FORM, ref), uses=_USES) if rng.random() < share else None
        if word is not None:
            said[ref] = word.text
    return said


def _words() -> tuple[Word, ...]:
    return tuple(
        Word(text, asks, _FORM, None, (), None, "en")
        for asks, texts in data("words/leavers.yaml").items()
        for text in texts
    )


def last_check_ins(
    firm: Company, decisions: Iterable[Decision], calendar: Calendar
) -> Iterator[CheckIn]:
    """The check-ins of former customers, up to the day on which the last of it was cancelled."""
    left_on = {one.account_id: one.decided_on for one in decisions if one.kind == "cancelled"}
    former = [account for account in firm.accounts if account.since and not account.is_current]
    rows = [
        (held_on, account.account_id, channel)
        for account in former
        if account.account_id in left_on
        for held_on, channel in _held(account.account_id, left_on[account.account_id], calendar)
    ]
    for number, (held_on, account_id, channel) in enumerate(sorted(rows), start=_FIRST_NUMBER):
        yield CheckIn(f"ACT-{number}", account_id, held_on, channel)


def _held(account_id: str, left_on: date, calendar: Calendar) -> Iterator[tuple[date, str]]:
    shares, rng = data("leaving.toml")["check_ins"], seeded("last check-ins", account_id)
    is_neglected = rng.random() < shares["neglected"]
    rhythm = rng.choice(shares["rhythm"])
    day = left_on - timedelta(
        days=rng.randint(*shares["neglected_days" if is_neglected else "days"])
    )
    while day > calendar.now.date() - timedelta(days=365):
        yield (
            day - timedelta(days=max(0, day.weekday() - 4)),
            rng.choice(data("company.toml")["channels"]),
        )
        day -= timedelta(days=rhythm)
