"""The files that went in, read with nothing but the standard library."""

import csv
import hashlib
import hmac
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from winloss import resources, sample

BERLIN = ZoneInfo("Europe/Berlin")
SIGNED = ("form_kind", "account_id", "decision_id", "block", "respondent")


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def seed(name: str) -> list[dict[str, str]]:
    """The rows of one of our own lists."""
    return table(resources.folder("sql") / "seeds" / f"{name}.csv")


def value(answer: dict[str, Any]) -> Any:
    """What was answered: text, number, yes or no, day, or the refs ticked."""
    kind = answer["type"]
    given = answer[kind]
    if kind == "choice":
        return (given["ref"],) if "ref" in given else ()
    if kind == "choices":
        return tuple(given.get("refs", ()))
    return date.fromisoformat(given[:10]) if kind == "date" else given


def seen(definition: dict[str, Any], hidden: dict[str, str]) -> frozenset[str]:
    """The questions a link leads past: screen by screen, with the jumps of its form."""
    screens = definition["fields"]
    places = {screen["ref"]: place for place, screen in enumerate(screens)}
    jumps = {rule["ref"]: rule["actions"] for rule in definition.get("logic", [])}
    place, refs = 0, []
    while place < len(screens):
        screen = screens[place]
        inner = screen.get("properties", {}).get("fields") or [screen]
        refs += [each["ref"] for each in inner]
        place = next(
            (
                places[action["details"]["to"]["value"]]
                for action in jumps.get(screen["ref"], [])
                if is_met(action["condition"], hidden)
            ),
            place + 1,
        )
    return frozenset(refs)


def is_met(condition: dict[str, Any], hidden: dict[str, str]) -> bool:
    """Whether a jump is taken; the sample's forms look at nothing but the hidden block."""
    if condition["op"] == "always":
        return True
    name, wanted = (each["value"] for each in condition["vars"])
    assert condition["op"] == "equal"
    return bool(hidden.get(name) == wanted)


def is_signed(hidden: dict[str, str]) -> bool:
    """Whether the link is one we sent."""
    message = "|".join(hidden.get(name, "") for name in SIGNED).encode()
    made = hmac.new(sample.SIGNING_KEY.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made, hidden.get("sig", ""))


def parsed(text: str) -> date:
    """A day as the sample's CRM writes it."""
    return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=BERLIN).date()
