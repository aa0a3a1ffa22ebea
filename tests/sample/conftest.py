"""A written sample, and how to read it: as JSON and CSV, past the code that wrote it."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from winloss import sample
from winloss.resources import folder
from winloss.typeform.links import signing

Item = dict[str, Any]
Row = dict[str, str]


class Programme:
    """One programme's folder, to be read only."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def items(self) -> Iterator[tuple[str, Item]]:
        """Every item in Typeform with its form's kind."""
        for kind, form_id in sample.FORM_IDS.items():
            for path in sorted((self.home / "typeform" / "responses" / form_id).glob("*.json")):
                yield from ((kind, item) for item in json.loads(path.read_bytes())["items"])

    def rows(self, name: str) -> list[Row]:
        """The rows of an export."""
        path = self.home / "crm" / name
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
            return list(csv.DictReader(lines))

    def decisions(self) -> dict[str, Row]:
        """The opportunities that are not wrong on purpose, by id."""
        good = [row for row in self.rows("opportunities.csv") if row["Amount (USD)"] != "1"]
        return {row["Opportunity ID"]: row for row in good if row["Opportunity ID"] < "OPP-9"}

    def defections(self) -> dict[str, Row]:
        """The lost and the cancelled, by id."""
        left = {"Closed Lost", "Cancelled"}
        return {one: row for one, row in self.decisions().items() if row["Stage"] in left}

    def invited(self) -> set[str]:
        """The decisions about which somebody was asked."""
        return {row["Opportunity ID"] for row in self.rows("invitations.csv")}

    def heard(self) -> list[Item]:
        """Finished, signed answers about defections that the CRM knows."""
        known = self.defections()
        return [
            item
            for kind, item in self.items()
            if kind in {"lost_deal", "cancellation"}
            and item["response_type"] == "completed"
            and self.signature(item) == "valid"
            and item["hidden"]["decision_id"] in known
        ]

    @staticmethod
    def said(item: Item, ref: str) -> Any:
        """What an item answers to a question; None where it does not."""
        for answer in item["answers"]:
            if answer["field"]["ref"] == ref:
                value = answer[answer["type"]]
                return value["ref"] if answer["type"] == "choice" else value
        return None

    @staticmethod
    def signature(item: Item) -> str:
        """Whether an item's signature is valid, false or missing."""
        if "sig" not in item["hidden"]:
            return "missing"
        is_valid = signing.is_valid(sample.SIGNING_KEY.encode(), item["hidden"])
        return "valid" if is_valid else "false"

    @staticmethod
    def day(text: str) -> date:
        """A day as the opportunities and invitations write it, also before a time of day."""
        return datetime.strptime(text[:10], "%d.%m.%Y").replace(tzinfo=UTC).date()

    @staticmethod
    def seed(name: str) -> list[Row]:
        """The rows of a seed of the codebook."""
        with (folder("sql") / "seeds" / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


@pytest.fixture(scope="package")
def full(sample_home: Path) -> Programme:
    """The full sample."""
    return Programme(sample_home)


@pytest.fixture(scope="package")
def small(small_home: Path) -> Programme:
    """The small sample."""
    return Programme(small_home)
