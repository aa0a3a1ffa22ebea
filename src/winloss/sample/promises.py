"""What the sample's own side noted as promised, and how it sees what came of it."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from winloss.sample.asking import at
from winloss.sample.company import seeded
from winloss.sample.decisions import Decision
from winloss.sample.replies import Reply
from winloss.sample.words import data

_WORDS = "words/promises.yaml"
_SEEN = ("kept", "late", "broken", "")
_PROMISED = frozenset({"kept", "late", "broken"})


@dataclass(frozen=True)
class Promise:
    """One promise as the CRM has it."""

    promise_id: str
    decision_id: str
    account_id: str
    text: str
    promised_by: str
    due_on: date
    is_measurable: bool
    remedy: str
    verdict: str
    """kept, late, broken or not_due; empty where nobody has said yet."""
    recorded_at: datetime


def promises(
    decisions: Iterable[Decision], replies: Iterable[Reply], now: datetime
) -> Iterator[Promise]:
    """The promises of a programme, in the order of its decisions.

    More are noted where the customer spoke of one, and our side sees most of them kept.
    """
    words, spoken = data(_WORDS), _spoken(replies)
    number = 0
    for decision in sorted(decisions, key=lambda one: one.decision_id):
        rng = seeded("promises", decision.decision_id)
        theirs = spoken.get(decision.decision_id, "unheard")
        for entry in _drawn(rng, words, decision, theirs):
            number += 1
            yield _promise(rng, f"PRO-{number + 300}", decision, entry, theirs, now)


def _spoken(replies: Iterable[Reply]) -> dict[str, str]:
    """Decision id -> what its customer said of our promise, where anybody said anything."""
    return {
        one.decision_id: str(one.values["promise_kept"])
        for one in replies
        if one.decision_id and one.submitted_at is not None and "promise_kept" in one.values
    }


def _drawn(
    rng: random.Random, words: Mapping[str, Any], decision: Decision, theirs: str
) -> list[Mapping[str, Any]]:
    fitting = [entry for entry in words["promises"] if decision.kind in entry["kinds"]]
    share = words["noted"]["spoken" if theirs in _PROMISED else "unspoken"]
    if not fitting or rng.random() >= share:
        return []
    return rng.sample(fitting, 2 if rng.random() < words["another"] else 1)


def _promise(
    rng: random.Random,
    promise_id: str,
    decision: Decision,
    entry: Mapping[str, Any],
    theirs: str,
    now: datetime,
) -> Promise:
    due_on = decision.decided_on + timedelta(days=rng.randint(*entry["days"]))
    noted_on = min(due_on - timedelta(days=rng.randint(10, 45)), decision.decided_on)
    verdict = rng.choices(_SEEN, data(_WORDS)["verdicts"][theirs])[0]
    return Promise(
        promise_id=promise_id,
        decision_id=decision.decision_id,
        account_id=decision.account_id,
        text=entry["text"],
        promised_by=entry["by"],
        due_on=due_on,
        is_measurable=entry["is_measurable"],
        remedy=entry.get("remedy", ""),
        verdict="not_due" if due_on > now.date() else verdict,
        recorded_at=min(at(noted_on, 16, rng.randrange(60)), now - timedelta(hours=8)),
    )
