"""What the loopback Typeform reads in a response: its name, its type, its moments."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

TYPES = ("started", "partial", "completed")
CLOCKS = ("submitted_at", "staged_at", "landed_at")
NEVER = datetime.min.replace(tzinfo=UTC)
"""Also what Typeform itself writes where a response was not submitted."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One response as it is served, and what it is chosen by, read once."""

    text: str
    token: str
    type: str
    moments: tuple[datetime, datetime, datetime]
    """By the names in CLOCKS."""
    answered: frozenset[str]
    """The ids and refs of the questions it answers."""

    @property
    def item(self) -> Json:
        """The response, read again: a hundred thousand of them fit in memory as text."""
        found: Json = json.loads(self.text, strict=False)
        return found

    def at(self, clock: str) -> datetime:
        """The moment of a clock; the beginning of time when it has none."""
        return self.moments[CLOCKS.index(clock)]

    def stood_at(self) -> datetime:
        """The moment it became what it is."""
        return self.moments[TYPES[::-1].index(self.type)]


def stored(response: Json | str) -> Stored:
    """A response to keep; text is served as it stands."""
    text = response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
    item = json.loads(text, strict=False)
    submitted, staged, landed = (moment(item, clock) for clock in CLOCKS)
    answered = frozenset(sys.intern(name) for name in _answered(item))
    return Stored(text, token_of(item), type_of(item), (submitted, staged, landed), answered)


def token_of(item: Json) -> str:
    """The name of a response; old items have only a token or a landing_id."""
    keys = ("token", "response_id", "landing_id")
    return next((str(item[key]) for key in keys if item.get(key)), "")


def type_of(item: Json) -> str:
    """A response's type; old items do not say, and show an unsubmitted one by its year 1."""
    said = item.get("response_type")
    if said in TYPES:
        return str(said)
    if moment(item, "submitted_at") > NEVER:
        return "completed"
    return "partial" if item.get("answers") else "started"


def moment(item: Json, clock: str) -> datetime:
    """A timestamp of an item; the beginning of time when it has none."""
    try:
        found = datetime.fromisoformat(str(item.get(clock)))
    except ValueError:
        return NEVER
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def answers_to(item: Json, fields: frozenset[str]) -> Iterator[Json]:
    """The answers to questions named by id or ref."""
    for answer in item.get("answers") or []:
        if _names(answer) & fields:
            yield answer


def without(item: Json, field_ids: set[str]) -> Json:
    """The response without its answers to questions that are gone."""
    answers = item.get("answers") or []
    kept = [each for each in answers if each.get("field", {}).get("id") not in field_ids]
    return item | {"answers": kept} if answers else item


def words(item: Json) -> str:
    """Everything a search looks through, in lower case."""
    parts = [item.get(key) for key in ("answers", "hidden", "variables")]
    return "\n".join(_leaves(parts)).casefold()


def _answered(item: Json) -> Iterator[str]:
    for answer in item.get("answers") or []:
        yield from _names(answer)


def _names(answer: Json) -> set[str]:
    field = answer.get("field", {})
    return {str(field[key]) for key in ("id", "ref") if key in field}


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 (JSON is anything)
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
