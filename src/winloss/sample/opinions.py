"""What the sellers logged: right, partly right and wrong about as often as the field reports."""

import csv
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from winloss.resources import folder
from winloss.sample.asking import Calendar, at
from winloss.sample.company import seeded
from winloss.sample.decisions import Decision
from winloss.sample.replies import Heard
from winloss.sample.words import Word, data, pick

_NOTE_USES = 3
_REFLEX = "Price"
_FORMS = {"lost": "lost_deal", "cancelled": "cancellation"}


@dataclass(frozen=True)
class Opinion:
    """A reason as a seller logged it."""

    value: str
    """The value picked from the CRM's list."""
    text: str
    confidence: float | None
    recorded_at: datetime


@cache
def parents() -> Mapping[str, str]:
    """Reason -> the reason above it, as the codebook has them."""
    with (folder("sql") / "seeds" / "reasons.csv").open(encoding="utf-8", newline="") as lines:
        return {row["reason"]: row["parent"] or row["reason"] for row in csv.DictReader(lines)}


@cache
def _picked() -> Mapping[str, str]:
    """Pick-list value -> reason."""
    return {value: entry["reason"] for value, entry in data("pick_list.toml").items()}


class Opinions:
    """Logs a reason for each defection, as sellers do."""

    def __init__(self, preset: Mapping[str, Any], calendar: Calendar) -> None:
        """Keep to the shares of a preset's `match` and `logging`."""
        self._shares = preset["match"]
        self._logging = preset["logging"]
        self._reflex = preset["logging"]["price_reflex"]
        self._calendar = calendar
        self._verdicts: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()

    def all(self, heard: Heard) -> dict[str, Opinion]:
        """Decision id -> opinion, for the defections about which something was logged."""
        answered = {one.decision_id: one.submitted_at for one in heard.replies}
        found = {}
        for decision in heard.decisions.values():
            if not decision.is_defection:
                continue
            rng = seeded("opinion", decision.decision_id)
            words = heard.words.get(decision.decision_id, [])
            share = self._logging["unstated_heard" if words else "unstated_unheard"]
            if rng.random() >= share:
                value = self._believed(rng, words) if words else _drawn(rng, _picked())
                at_ = self._recorded_at(rng, decision, answered.get(decision.decision_id))
                found[decision.decision_id] = self._opinion(rng, decision, value, at_)
        return found

    def _believed(self, rng: random.Random, words: list[Word]) -> str:
        """A value that is as far from the customer's reasons as the shares still ask for."""
        options = {
            "right": _values(_only(words)),
            "partly": _values(_near(words)),
            "wrong": _outside(_families(words)),
        }
        total = sum(self._verdicts.values()) + 1
        feasible = [verdict for verdict, values in options.items() if values]
        verdict = max(feasible, key=lambda name: self._shares[name] * total - self._verdicts[name])
        self._verdicts[verdict] += 1
        if verdict == "wrong" and _REFLEX in options[verdict] and rng.random() < self._reflex:
            return _REFLEX
        return _drawn(rng, options[verdict])

    def _recorded_at(
        self, rng: random.Random, decision: Decision, answered_at: datetime | None
    ) -> datetime:
        """On the day or soon after; a few only once the customer has answered."""
        soon = at(decision.decided_on + timedelta(days=rng.choice([0, 0, 0, 1, 2])), 17, 5)
        if answered_at is not None and rng.random() < self._logging["after"]:
            soon = answered_at + timedelta(days=rng.randint(1, 4))
        return min(soon, self._calendar.now - timedelta(hours=10))

    def _opinion(
        self, rng: random.Random, decision: Decision, value: str, recorded_at: datetime
    ) -> Opinion:
        sure = rng.choice([None, 0.5, 0.6, 0.7, 0.8, 0.8, 0.9, 0.9, 1.0])
        is_noted = rng.random() < self._logging["noted"]
        text = self._note(rng, decision, value) if is_noted else ""
        return Opinion(value, text, sure, recorded_at)

    def _note(self, rng: random.Random, decision: Decision, value: str) -> str:
        """A sentence beside the value; none where all that fit have been written often enough."""
        fitting = [
            entry["text"]
            for entry in data("words/sellers.yaml")["seller_notes"]
            if entry["value"] == value
            and entry["form"] == _FORMS[decision.kind]
            and self._notes[entry["text"]] < _NOTE_USES
            and _names_no_other_rival(entry["text"], decision)
        ]
        if not fitting:
            return ""
        found = str(rng.choice(fitting))
        self._notes[found] += 1
        return found


def _names_no_other_rival(text: str, decision: Decision) -> bool:
    others = [name for name in data("company.toml")["rivals"] if name != decision.competitor]
    return not any(name.split()[0] in text for name in others)


def _families(words: Iterable[Word]) -> tuple[str, ...]:
    codes = [code for word in words for code in (word.reason, *word.also) if code]
    return tuple(sorted({parents()[code] for code in codes}))


def _only(words: list[Word]) -> set[str]:
    """The one reason that all respondents put first; none where they disagree."""
    first = {word.reason for word in words if word.reason}
    return {str(code) for code in first} if len(first) == 1 else set()


def _near(words: list[Word]) -> set[str]:
    """Contributing reasons, and those of the same family as any."""
    family = _families(words)
    siblings = {code for code, parent in parents().items() if parent in family}
    return siblings - _only(words)


def _values(codes: set[str]) -> tuple[str, ...]:
    return tuple(value for value, code in _picked().items() if code in codes)


def _outside(families: tuple[str, ...]) -> tuple[str, ...]:
    codes = {code for code, parent in parents().items() if parent not in families}
    return _values(codes)


def _drawn(rng: random.Random, values: Iterable[str]) -> str:
    """One of the values, as often as sellers pick it."""
    entries = data("pick_list.toml")
    return pick(rng, {value: entries[value]["weight"] for value in values})
