"""Who answers, when, and what the CRM then ought to know about the decision."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from winloss.sample.answers import Respondent, rival_in
from winloss.sample.asking import Calendar, Invitation, at
from winloss.sample.blocks import Value
from winloss.sample.company import Company, seeded
from winloss.sample.decisions import Decision
from winloss.sample.words import Word

_TOLD_ONLY = frozenset({"call_me", "goals_known"})
_HOURS = {"7": 3, "8": 8, "9": 12, "10": 12, "11": 9, "12": 5, "13": 8, "14": 9, "16": 7, "20": 5}


@dataclass(frozen=True)
class Reply:
    """One submission, finished or not."""

    form_kind: str
    account_id: str
    decision_id: str
    block: str
    respondent: str
    values: Mapping[str, Value]
    """Question ref -> what was answered."""
    landed_at: datetime
    submitted_at: datetime | None
    """None while the survey is only partly answered."""
    staged_at: datetime | None = None
    """When Typeform kept what there was of a survey only partly answered."""
    signature: Literal["valid", "missing", "false"] = "valid"
    token: str = ""
    """What makes two states of one submission the same; empty: it has only this one."""
    team: str = ""
    """Of staff, who answer without a name; empty for everybody else."""


@dataclass
class Heard:
    """What is known of the decisions whose customers answered."""

    decisions: dict[str, Decision]
    """Decision id -> the decision, with the seller and the rival its customer speaks of."""
    words: dict[str, list[Word]] = field(default_factory=dict)
    """Decision id -> the opening words of each respondent."""
    replies: list[Reply] = field(default_factory=list)

    def add(self, decision: Decision, reply: Reply, word: Word) -> None:
        """One more respondent's answer."""
        self.decisions[decision.decision_id] = decision
        self.words.setdefault(decision.decision_id, []).append(word)
        self.replies.append(reply)


def reply(
    invitation: Invitation, values: Mapping[str, Value], submitted_at: datetime, minutes: int
) -> Reply:
    """A finished survey that took so many minutes."""
    return Reply(
        form_kind=invitation.form_kind,
        account_id=invitation.account_id,
        decision_id=invitation.decision_id,
        block=invitation.block,
        respondent=invitation.respondent,
        values=values,
        landed_at=submitted_at - timedelta(minutes=minutes),
        submitted_at=submitted_at,
    )


def answers(
    heard: Heard,
    invitations: Iterable[Invitation],
    company: Company,
    respondent: Respondent,
    preset: Mapping[str, Any],
    calendar: Calendar,
) -> None:
    """Let customers answer what they were asked about their decisions, adding to `heard`.

    The latest choose their words first, so that what is told most often is told lately.
    """
    for decision_id, asked in reversed(_by_decision(invitations).items()):
        rng = seeded("answering", decision_id)
        for position, invitation in enumerate(asked):
            decision = heard.decisions[decision_id]
            share = preset["answering"][decision.kind if position == 0 else "second"]
            submitted_at = answered_at(rng, invitation, preset["delays"])
            if rng.random() >= share or not _may_answer(decision, submitted_at, calendar):
                break
            others = [word.reason or "" for word in heard.words.get(decision_id, ())]
            word = respondent.opening(rng, invitation.form_kind, decision, *others)
            if word is None:
                break
            told = _adapted(decision, word, company)
            values = respondent.survey(rng, invitation.form_kind, word, told)
            values |= respondent.block(invitation, values, told)
            values = _calm(values, submitted_at, calendar)
            heard.add(told, reply(invitation, values, submitted_at, rng.randint(2, 14)), word)


def _by_decision(invitations: Iterable[Invitation]) -> dict[str, list[Invitation]]:
    grouped: dict[str, list[Invitation]] = {}
    for invitation in invitations:
        grouped.setdefault(invitation.decision_id, []).append(invitation)
    return grouped


def answered_at(
    rng: random.Random, invitation: Invitation, delays: Mapping[str, tuple[int, int, int]]
) -> datetime:
    """When an invited person answers, if they do: mostly soon, a few as the survey closes."""
    rows = list(delays.values())
    row = rng.choices(rows, [weight for weight, _, _ in rows])[0]
    days = timedelta(days=rng.randint(row[1], row[2]))
    closes, sent = invitation.closes_at.date(), invitation.sent_at.date()
    day = max(sent, closes - days) if row is rows[-1] else min(sent + days, closes)
    hour = int(rng.choices(list(_HOURS), list(_HOURS.values()))[0])
    return max(at(day, hour, rng.randrange(60)), invitation.sent_at + timedelta(minutes=17))


def _may_answer(decision: Decision, submitted_at: datetime, calendar: Calendar) -> bool:
    if decision.is_defection:
        is_calm = decision.decided_on < calendar.calm_from
        return is_calm and submitted_at < at(calendar.reported_from, 0)
    return submitted_at < calendar.now


def _calm(values: dict[str, Value], submitted_at: datetime, calendar: Calendar) -> dict[str, Value]:
    """In the week reported only the story asks for a call or says we do not know its goals."""
    if submitted_at < at(calendar.reported_from, 0):
        return values
    return {ref: value for ref, value in values.items() if ref not in _TOLD_ONLY}


def _adapted(decision: Decision, word: Word, company: Company) -> Decision:
    """The decision with the rival and the seller of whom its customer speaks."""
    rival = rival_in(word.text)
    if rival and decision.is_defection:
        decision = replace(decision, outcome="competitor", competitor=rival)
    for seller in company.sellers:
        if seller.name.split()[0] in word.text:
            return decision.sold_by(seller)
    return decision


def pulses(
    invitations: Iterable[Invitation],
    respondent: Respondent,
    preset: Mapping[str, Any],
    calendar: Calendar,
) -> Iterator[Reply]:
    """The pulses that current customers answer."""
    for invitation in invitations:
        rng = seeded("pulse answer", invitation.invitation_id)
        submitted_at = answered_at(rng, invitation, preset["delays"])
        if rng.random() >= preset["answering"]["pulse"] or submitted_at >= calendar.now:
            continue
        said = respondent.pulse(rng)
        values = _calm(said | respondent.block(invitation, said, None), submitted_at, calendar)
        yield reply(invitation, values, submitted_at, rng.randint(1, 6))
