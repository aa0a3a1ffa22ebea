"""What sellers say in their own form, before anybody has answered: `words/seller_forms.yaml`."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from winloss.sample.blocks import Value
from winloss.sample.company import seeded
from winloss.sample.decisions import Decision
from winloss.sample.opinions import Opinion
from winloss.sample.replies import Heard, Reply
from winloss.sample.words import data, pick
from winloss.typeform.surveys import forms

_ASKED = 0.36
"""Of the defections for which a reason is logged in the CRM: also told in the form."""
_LISTENED = 0.8
"""Of those whose customer's goal some seller could have heard: did hear it."""
_MINUTES = 4
_SURE = {1: 1, 2: 2, 3: 3, 4: 5, 5: 3}
_CONVICTION = {1: 2, 2: 3, 3: 5, 4: 4, 5: 2}
_RESPECT = {1: 1, 2: 2, 3: 5, 4: 6, 5: 4}
_KEPT = {"kept": 5, "late": 2, "broken": 1, "not_due": 1, "none": 4}
_SHARES = {"goal_ours": 0.7, "pitched": 0.75, "missed_ours": 0.55}


def seller_replies(heard: Heard, opinions: Mapping[str, Opinion], now: datetime) -> Iterator[Reply]:
    """The sellers' forms about drawn defections, each sent before that customer answered."""
    answered = _first_answers(heard)
    goals = {one.decision_id: str(one.values.get("goal", "")) for one in heard.replies}
    reasons = {value: entry["reason"] for value, entry in data("pick_list.toml").items()}
    words = _Words()
    for decision_id, opinion in sorted(opinions.items()):
        rng = seeded("seller form", decision_id)
        decision = heard.decisions[decision_id]
        sent_at = opinion.recorded_at + timedelta(minutes=rng.randint(12, 190))
        is_early = sent_at < min(answered.get(decision_id, now), now)
        if rng.random() >= _ASKED or not is_early:
            continue
        values = _believed(rng, reasons[opinion.value]) | words.said(
            rng, goals.get(decision_id, ""), decision
        )
        yield Reply(
            form_kind="seller",
            account_id="",
            decision_id=decision_id,
            block="",
            respondent=_opaque(decision.seller_id),
            values=values,
            landed_at=sent_at - timedelta(minutes=_MINUTES),
            submitted_at=sent_at,
        )


def _first_answers(heard: Heard) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for one in heard.replies:
        if one.submitted_at is not None:
            known = found.get(one.decision_id, one.submitted_at)
            found[one.decision_id] = min(known, one.submitted_at)
    return found


def _opaque(seller_id: str) -> str:
    """A seller's key in links, which tells nobody who it is."""
    return hashlib.sha256(f"harbourline/{seller_id}".encode()).hexdigest()[:10]


def _believed(rng: random.Random, logged: str) -> dict[str, Value]:
    """The reason as in the CRM, where the form has it; one in twelve does not know any more."""
    choices = next(
        asked.choices
        for screen in forms.form("seller").screens
        if screen != "block"
        for asked in screen
        if asked.ref == "reason_ours"
    )
    is_known = logged in choices and rng.random() >= 1 / 12
    ticked = logged if is_known else "unknown"
    sure = 1 if ticked == "unknown" else _step(rng, _SURE)
    return {"reason_ours": ticked, "confidence_ours": sure}


def _step(rng: random.Random, weights: Mapping[int, int]) -> int:
    return rng.choices(list(weights), list(weights.values()))[0]


class _Words:
    """Words for the form's open questions, the least used first."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()
        self._texts: Mapping[str, list[Any]] = data("words/seller_forms.yaml")

    def said(self, rng: random.Random, goal: str, decision: Decision) -> dict[str, Value]:
        """Everything beside the reason."""
        told: dict[str, Value] = {}
        for ref, share in _SHARES.items():
            if rng.random() < share:
                told[ref] = self._text(rng, ref, goal)
        told["promise_kept_ours"] = pick(rng, _KEPT)
        if told["promise_kept_ours"] != "none":
            told["promised_ours"] = self._text(rng, "promised_ours", "")
            told["promise_due_on"] = decision.decided_on - timedelta(days=rng.randint(5, 120))
        told["drew_line"] = rng.random() < 1 / 4
        told["conviction"] = _step(rng, _CONVICTION)
        told["respects_them"] = _step(rng, _RESPECT)
        return told

    def _text(self, rng: random.Random, ref: str, goal: str) -> str:
        entries = self._texts[ref]
        heard = [one["text"] for one in entries if isinstance(one, dict) and one["hears"] in goal]
        if heard and rng.random() < _LISTENED:
            return str(heard[0])
        anybody = [one for one in entries if isinstance(one, str)]
        fewest = min(self._used[text] for text in anybody)
        found = rng.choice([text for text in anybody if self._used[text] == fewest])
        self._used[found] += 1
        return found
