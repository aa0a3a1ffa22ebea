"""What one respondent answers: their words drawn from the bag, the rest drawn to go with them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from winloss.sample.asking import Invitation
from winloss.sample.blocks import Blocks, Value, is_drawn_here
from winloss.sample.company import seeded
from winloss.sample.decisions import Decision
from winloss.sample.words import Bag, Word, data
from winloss.typeform.surveys.definition import definition

_NOBODY_CHOSEN = frozenset({"no_decision", "timing", "priority_change", "in_house"})
_SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Field:
    """One question of a form as Typeform defines it."""

    id: str
    ref: str
    type: str
    choices: Mapping[str, Mapping[str, str]]
    """Choice ref -> the choice's id, ref and label."""


@cache
def fields(form_kind: str, form_id: str) -> tuple[Field, ...]:
    """Every question of a form that can be answered, in order, those on one screen included."""
    found = []
    for field in definition(form_kind, form_id)["fields"]:
        found += field["properties"].get("fields", [field])
    return tuple(_field(entry) for entry in found)


def _field(entry: Mapping[str, Any]) -> Field:
    choices = {choice["ref"]: choice for choice in entry["properties"].get("choices", ())}
    return Field(entry["id"], entry["ref"], entry["type"], choices)


def rival_in(text: str) -> str:
    """The first rival that a text names; empty when it names none."""
    places = {name: text.find(name.split()[0]) for name in data("company.toml")["rivals"]}
    named = [name for name in places if places[name] >= 0]
    return min(named, key=places.__getitem__, default="")


def fits(word: Word, decision: Decision) -> bool:
    """Whether somebody who decided so can have written this."""
    reason, rival = word.reason or "", rival_in(word.text)
    if decision.outcome in {"competitor", "unknown"}:
        return not (decision.kind == "lost" and reason in _NOBODY_CHOSEN)
    if decision.is_defection:
        return not rival and not reason.startswith("rival_")
    return True


class Respondent:
    """Fills in forms for the sample's customers."""

    def __init__(self, bag: Bag, form_ids: Mapping[str, str]) -> None:
        """Draw words from a bag, for the forms of these ids."""
        self._bag = bag
        self._form_ids = form_ids
        self._blocks = Blocks()
        self._shares = data("answering.toml")
        self._habits = self._shares["habits"]

    def opening(
        self, rng: random.Random, form: str, decision: Decision, *others: str
    ) -> Word | None:
        """Their first words about a decision, with none of the reasons others gave for it."""
        return self._bag.draw(
            rng,
            (form, "reason"),
            uses=2,
            fits=lambda word: fits(word, decision) and (not others or word.reason not in others),
        )

    def survey(
        self, rng: random.Random, form: str, word: Word, decision: Decision
    ) -> dict[str, Value]:
        """A whole survey about a decision that opens with these words."""
        return {
            **self.closed(rng, form),
            **self._ticked(rng, form, word),
            **self.outcome(rng, form, word, decision),
            **self._dates(rng, form, decision),
            **self._open(rng, form, word.reason, decision),
            "what_happened": word.text,
        }

    def pulse(self, rng: random.Random) -> dict[str, Value]:
        """How a current customer says it goes."""
        return {**self.closed(rng, "pulse"), **self._open(rng, "pulse", None, None)}

    def closed(self, rng: random.Random, form: str) -> dict[str, Value]:
        """Answers to whatever has no words of its own."""
        return {
            field.ref: value
            for field in fields(form, self._form_ids[form])
            if not is_drawn_here(form, field.ref)
            and (value := self._drawn(rng, form, field)) is not None
        }

    def block(
        self, asked: Invitation, core: Mapping[str, Value], decision: Decision | None
    ) -> dict[str, Value]:
        """What the same person answers to the block of their invitation."""
        rng = seeded("lenses", asked.invitation_id, asked.respondent)
        decided_on = decision.decided_on if decision else None
        return self._blocks.answers(rng, asked.form_kind, asked.block, core, decided_on)

    def _drawn(self, rng: random.Random, form: str, field: Field) -> Value | None:
        if rng.random() < self._shares["left_empty"].get(field.ref, 0):
            return None
        if field.type == "yes_no":
            return rng.random() < float(self._shares["yes"].get(field.ref, 0.5))
        weights = self._shares.get(field.ref, {}).get(form)
        if field.type == "opinion_scale":
            return int(rng.choices(_SCALE, weights)[0])
        if field.type == "multiple_choice" and field.ref not in {"reason_chosen", "outcome_said"}:
            choices = self._shares.get(field.ref, {}).get("choices", list(field.choices))
            return str(rng.choices(choices, weights)[0])
        return None

    def _ticked(self, rng: random.Random, form: str, word: Word) -> dict[str, Value]:
        """What they tick; people without a view of their own often tick what they wrote."""
        if rng.random() < self._shares["left_empty"]["reason_chosen"]:
            return {}
        listed = self._choices(form, "reason_chosen")
        wanted = (word.chosen, word.reason)
        ticked = [code for code in wanted if code is not None and code in listed]
        return {"reason_chosen": ticked[0]} if ticked else {}

    def _choices(self, form: str, ref: str) -> Mapping[str, Mapping[str, str]]:
        asked = (field for field in fields(form, self._form_ids[form]) if field.ref == ref)
        return next(asked).choices

    def outcome(
        self, rng: random.Random, form: str, word: Word, decision: Decision
    ) -> dict[str, Value]:
        """What they say they decided, and for whom."""
        said: dict[str, Value] = {}
        if form == "lost_deal" and rng.random() >= self._shares["left_empty"]["outcome_said"]:
            is_silent = rng.random() < self._habits["would_rather_not_say"]
            known = decision.outcome if decision.outcome != "unknown" else "competitor"
            said["outcome_said"] = "prefer_not" if is_silent else known
        rival = rival_in(word.text) or decision.competitor
        if rival and (rival in word.text or rng.random() < self._habits["names_the_rival"]):
            said["competitor_said"] = rival
        return said

    def _dates(self, rng: random.Random, form: str, decision: Decision) -> dict[str, Value]:
        """Doubt comes long before anybody hears of it; many never said a word."""
        if form != "cancellation" or rng.random() >= self._habits["gives_dates"]:
            return {}
        doubt = decision.decided_on - timedelta(days=rng.randint(30, 300))
        told = doubt + (decision.decided_on - doubt) * rng.uniform(0.4, 1)
        dates: dict[str, Value] = {"first_doubt_on": doubt}
        return dates | ({"told_us_on": told} if rng.random() < self._habits["told_us"] else {})

    def _open(
        self, rng: random.Random, form: str, reason: str | None, decision: Decision | None
    ) -> dict[str, Value]:
        asks = {"would_have_changed": "decisive_words"}
        said: dict[str, Value] = {}
        refs = {
            field.ref
            for field in fields(form, self._form_ids[form])
            if not is_drawn_here(form, field.ref)
        }
        for ref, share in self._shares["open"].items():
            if ref not in refs or rng.random() >= share:
                continue
            word = self._bag.draw(
                rng,
                (form, asks.get(ref, ref)),
                uses=1,
                fits=lambda word: (
                    decision is None or (word.reason in {None, reason} and fits(word, decision))
                ),
            )
            if word is not None:
                said[ref] = word.text
        return said


def weights() -> Mapping[str, float]:
    """How often a reason is drawn compared with any other."""
    return {str(code): float(weight) for code, weight in data("answering.toml")["reasons"].items()}
