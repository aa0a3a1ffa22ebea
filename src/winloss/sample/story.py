"""The part of the sample that is told, not drawn: what happens in the week reported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from winloss.sample.answers import Respondent
from winloss.sample.asking import FORM_KINDS, ZONE, Calendar, Invitation, Post, at
from winloss.sample.blocks import Value
from winloss.sample.company import Company, Contact, seeded
from winloss.sample.decisions import Decision, Ledger
from winloss.sample.opinions import Opinion
from winloss.sample.replies import Reply, reply
from winloss.sample.words import Bag, Word

_CONSENTS = ("call_me", "may_see", "may_quote")


@dataclass
class Told:
    """What a story adds to the sample."""

    decisions: list[Decision]
    opinions: dict[str, Opinion]
    invitations: list[Invitation]
    replies: list[Reply]


class Teller:
    """Turns a story's entries into decisions, invitations and replies."""

    def __init__(
        self, company: Company, ledger: Ledger, post: Post, bag: Bag, respondent: Respondent
    ) -> None:
        """Take numbers, invitations and words from where the drawn part takes them."""
        self._company = company
        self._ledger = ledger
        self._post = post
        self._bag = bag
        self._respondent = respondent

    def told(self, story: Mapping[str, Any], closes_days: int, calendar: Calendar) -> Told:
        """Everything a story says."""
        told = Told([], {}, [], [])
        for entry in story["decisions"]:
            self._decision(told, entry, closes_days)
        for entry in story["strays"]:
            told.replies.append(self._stray(entry))
        for entry in story["pulses"]:
            self._pulse(told, entry, calendar)
        return told

    def _decision(self, told: Told, entry: Mapping[str, Any], closes_days: int) -> None:
        account = self._company.account(entry["account"])
        drawn = self._ledger.decision(entry["kind"], entry["decided_on"], account)
        decision = replace(
            drawn,
            outcome=entry.get("outcome", ""),
            competitor=entry.get("competitor", ""),
            amount=entry["amount"],
        )
        told.decisions.append(decision)
        if "logged" in entry:
            logged_at = at(decision.decided_on, 17, 30)
            told.opinions[decision.decision_id] = Opinion(**entry["logged"], recorded_at=logged_at)
        if "invited" in entry:
            contact = self._company.people(account.account_id)[0]
            sent_at = at(decision.decided_on + timedelta(days=entry["invited"]), 9, 5)
            closes = decision.decided_on + timedelta(days=closes_days)
            kind = FORM_KINDS[decision.kind]
            asked = self._post.invitation(kind, contact, decision.decision_id, sent_at, closes)
            asked = replace(asked, block=entry.get("block", asked.block))
            told.invitations.append(asked)
            told.replies += [
                self._reply(asked, answer, decision) for answer in entry.get("replies", ())
            ]

    def _reply(
        self, asked: Invitation, entry: Mapping[str, Any], decision: Decision | None
    ) -> Reply:
        is_partial = entry.get("is_partial", False)
        given = {ref: self._value(value) for ref, value in entry["answers"].items()}
        drawn = {} if is_partial else self._drawn(asked, given, decision)
        values = {ref: value for ref, value in (drawn | given).items() if value != ""}
        finished = reply(asked, values, _local(entry["at"]), 7)
        return replace(
            finished,
            submitted_at=None if is_partial else finished.submitted_at,
            staged_at=finished.submitted_at if is_partial else None,
            signature=entry.get("signature", "valid"),
            token=entry.get("token", ""),
        )

    def _drawn(
        self, asked: Invitation, given: Mapping[str, Value], decision: Decision | None
    ) -> dict[str, Value]:
        rng = seeded("told", asked.account_id, asked.form_kind)
        form = asked.form_kind
        values = self._respondent.closed(rng, form)
        if decision is not None:
            word = Word(str(given["what_happened"]), "reason", form, None, (), None, "en")
            values |= self._respondent.outcome(rng, form, word, decision)
        values |= self._respondent.block(asked, {**values, **given}, decision)
        return {ref: value for ref, value in values.items() if ref not in _CONSENTS}

    def _value(self, value: Value) -> Value:
        return self._bag.whole(value) if isinstance(value, str) else value

    def _stray(self, entry: Mapping[str, Any]) -> Reply:
        contact = self._contact(entry["account"])
        sent_at = _local(entry["at"]) - timedelta(days=2)
        closes = sent_at.date() + timedelta(days=30)
        asked = self._post.invitation(entry["form"], contact, entry["decision_id"], sent_at, closes)
        return self._reply(asked, entry, None)

    def _pulse(self, told: Told, entry: Mapping[str, Any], calendar: Calendar) -> None:
        contact, monday = self._contact(entry["account"]), calendar.reported_from
        closes = monday + timedelta(days=30)
        asked = self._post.invitation("pulse", contact, "", at(monday, 8, 30), closes)
        asked = replace(asked, block=entry.get("block", asked.block))
        told.invitations.append(asked)
        told.replies.append(self._reply(asked, entry, None))

    def _contact(self, account_name: str) -> Contact:
        account = self._company.account(account_name)
        return self._company.people(account.account_id)[0]


def customers(story: Mapping[str, Any]) -> set[str]:
    """The names of the accounts that must be customers for a story to make sense."""
    left = [entry for entry in story["decisions"] if entry["kind"] != "lost"]
    return {entry["account"] for entry in (*left, *story["pulses"])}


def _local(time_of_day: str) -> datetime:
    return datetime.fromisoformat(time_of_day).replace(tzinfo=ZONE).astimezone(UTC)
