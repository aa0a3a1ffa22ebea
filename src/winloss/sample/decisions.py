"""A year of decisions as a CRM would hold them, and the opportunities still open."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from winloss.sample.company import Account, Company, Seller, seeded
from winloss.sample.words import data, pick

_CUSTOMERS_ONLY = ("cancelled", "renewed")


@dataclass(frozen=True)
class Decision:
    """What an account decided, or is still deciding."""

    decision_id: str
    account_id: str
    kind: str
    """lost, won, cancelled, renewed or open."""
    outcome: str
    """competitor, no_decision, in_house, unknown; empty where it makes no sense."""
    product: str
    amount: int
    competitor: str
    seller_id: str
    team: str
    stage: str
    opened_on: date
    decided_on: date
    """For an open opportunity, the day on which its seller expects the decision."""

    @property
    def is_defection(self) -> bool:
        """Whether it went against us."""
        return self.kind in {"lost", "cancelled"}

    def sold_by(self, seller: Seller) -> "Decision":
        """The same decision with another seller of ours on it."""
        return replace(self, seller_id=seller.seller_id, team=seller.team)


class Ledger:
    """Gives out decisions one after the other, each with its number and its details drawn."""

    def __init__(self, company: Company, outcomes: Mapping[str, Mapping[str, float]]) -> None:
        """Draw outcomes as these weights say, by kind; a kind without any has none."""
        self._company = company
        self._outcomes = outcomes
        self._count = 0

    def account(self, rng: random.Random, kind: str) -> Account:
        """An account that can take such a decision."""
        accounts = self._company.accounts
        if kind in _CUSTOMERS_ONLY:
            return rng.choice([one for one in accounts if one.since is not None])
        prospects = [one for one in accounts if one.since is None]
        is_new = kind == "lost" and rng.random() < data("company.toml")["from_prospects"]
        return rng.choice(prospects if is_new else accounts)

    def decision(self, kind: str, decided_on: date, account: Account | None = None) -> Decision:
        """The next decision of a kind, on a day, by a given account or one drawn."""
        self._count += 1
        rng = seeded("decision", self._count)
        account = account or self.account(rng, kind)
        seller = self._company.sellers[rng.randrange(len(self._company.sellers))]
        outcomes = self._outcomes.get(kind)
        outcome = pick(rng, outcomes) if outcomes else ""
        low, high = data("company.toml")["amounts"][account.segment]
        stages = data("company.toml")["stages"]
        return Decision(
            decision_id=f"OPP-{self._count + 20000}",
            account_id=account.account_id,
            kind=kind,
            outcome=outcome,
            product=pick(rng, data("company.toml")["products"]),
            amount=rng.randrange(low, high, 250),
            competitor=_competitor(rng, kind, outcome),
            seller_id=seller.seller_id,
            team=seller.team,
            stage=rng.choice(stages if kind in {"lost", "open"} else stages[-1:]),
            opened_on=decided_on - timedelta(days=rng.randint(25, 160)),
            decided_on=decided_on,
        )


def _competitor(rng: random.Random, kind: str, outcome: str) -> str:
    firm = data("company.toml")
    is_open_or_won = kind in {"won", "open"} and rng.random() < firm["rival_known"]
    return rng.choice(firm["rivals"]) if outcome == "competitor" or is_open_or_won else ""


def history(ledger: Ledger, preset: Mapping[str, Any], last_monday: date) -> Iterator[Decision]:
    """The decisions of every week up to the one that begins on `last_monday`."""
    for ago in reversed(range(preset["weeks"])):
        monday = last_monday - timedelta(weeks=ago)
        counts = preset["decisions"] if ago else preset["last_week"]
        days = [
            (_day(seeded("day", monday, kind, number), kind, monday, is_last=not ago), kind)
            for kind, (low, high) in counts.items()
            for number in range(seeded("week", monday, kind).randint(low, high))
        ]
        for decided_on, kind in sorted(days):
            yield ledger.decision(kind, decided_on)


def _day(rng: random.Random, kind: str, monday: date, *, is_last: bool) -> date:
    """A weekday; the last week's exits fell at its end, so that nobody has been asked yet."""
    first = 4 if is_last and kind == "cancelled" else 2 if is_last and kind == "lost" else 0
    return monday + timedelta(days=rng.randint(first, 4))


def still_open(ledger: Ledger, count: int, today: date) -> Iterator[Decision]:
    """Opportunities that wait for their decision; a few should have been decided by now."""
    for number in range(count):
        rng = seeded("open", number)
        forecast = ledger.decision("open", today + timedelta(days=rng.randint(-20, 120)))
        yield replace(forecast, opened_on=today - timedelta(days=rng.randint(3, 150)))
