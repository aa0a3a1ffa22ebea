"""Harbourline and its customers: accounts, the people in them, and who sells to them."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from winloss.sample.words import data, pick


@dataclass(frozen=True)
class Account:
    """A customer or prospect."""

    account_id: str
    name: str
    segment: str
    sector: str
    region: str
    since: date | None
    """None for one that never bought."""
    is_current: bool


@dataclass(frozen=True)
class Contact:
    """A person we may ask."""

    respondent: str
    account_id: str
    name: str
    role: str


@dataclass(frozen=True)
class Seller:
    """A person of ours."""

    seller_id: str
    name: str
    team: str


@dataclass(frozen=True)
class CheckIn:
    """One conversation with a current customer about how it goes."""

    check_in_id: str
    account_id: str
    held_on: date
    channel: str


@dataclass(frozen=True)
class Company:
    """Everybody, and a few ways to find them."""

    accounts: tuple[Account, ...]
    contacts: tuple[Contact, ...]
    sellers: tuple[Seller, ...]

    def people(self, account_id: str) -> tuple[Contact, ...]:
        """The people of one account, the one we deal with first."""
        return tuple(one for one in self.contacts if one.account_id == account_id)

    def account(self, name: str) -> Account:
        """The account of that name."""
        return next(account for account in self.accounts if account.name == name)


def seeded(*topic: object) -> random.Random:
    """A generator of its own for a topic, so that a change in one moves no other."""
    return random.Random("/".join(str(part) for part in ("harbourline", *topic)))  # noqa: S311


def company(
    count: int, standing: Mapping[str, float], customers: Collection[str], today: date
) -> Company:
    """The company with so many accounts, a share of which are `current` or were `former` ones.

    The accounts named in `customers` are current ones whatever the shares.
    """
    entries = data("words/companies.yaml")["accounts"][:count]
    standings = _standings(len(entries), standing["current"], standing["former"])
    accounts = tuple(
        _account(number, entry, "current" if entry["name"] in customers else drawn, today)
        for number, (entry, drawn) in enumerate(zip(entries, standings, strict=True))
    )
    sellers = tuple(
        Seller(f"USR-{number:02d}", entry["name"], entry["team"])
        for number, entry in enumerate(data("words/sellers.yaml")["sellers"], start=1)
    )
    return Company(accounts, tuple(_contacts(accounts)), sellers)


def _standings(count: int, current: float, former: float) -> list[str]:
    customers, left = round(count * current), round(count * former)
    prospects = count - customers - left
    standings = ["current"] * customers + ["former"] * left + ["prospect"] * prospects
    seeded("standings").shuffle(standings)
    return standings


def _account(number: int, entry: dict[str, str], standing: str, today: date) -> Account:
    rng = seeded("account", entry["name"])
    since = today - timedelta(days=rng.randint(400, 2600))
    return Account(
        account_id=f"ACC-{number + 1001}",
        name=entry["name"],
        segment=entry["segment"],
        sector=entry["sector"],
        region=pick(rng, data("company.toml")["regions"]),
        since=None if standing == "prospect" else since,
        is_current=standing == "current",
    )


def _contacts(accounts: tuple[Account, ...]) -> list[Contact]:
    words, rng = data("words/companies.yaml"), seeded("contacts")
    names = [f"{first} {last}" for first in words["first_names"] for last in words["last_names"]]
    rng.shuffle(names)
    return [
        Contact(f"{rng.getrandbits(40):010x}", account.account_id, names.pop(), role)
        for account in accounts
        for role in rng.sample(words["roles"], 3)
    ]


def check_ins(firm: Company, shares: Mapping[str, float], now: datetime) -> list[CheckIn]:
    """A year of check-ins; some current customers had none for months, a few never."""
    never, neglected = shares["never"], shares["never"] + shares["neglected"]
    rows: list[tuple[date, str, str]] = []
    for account in firm.accounts:
        rng = seeded("check-ins", account.account_id)
        fate = rng.random()
        if not account.is_current or fate < never:
            continue
        last = rng.randint(100, 210) if fate < neglected else rng.randint(2, 60)
        rhythm = rng.choice([30, 45, 75])
        for days in range(last, 365, rhythm):
            held_on = _working_day(now.date() - timedelta(days=days + rng.randint(0, 6)))
            rows.append((held_on, account.account_id, rng.choice(data("company.toml")["channels"])))
    return [
        CheckIn(f"ACT-{number}", account_id, held_on, channel)
        for number, (held_on, account_id, channel) in enumerate(sorted(rows), start=50001)
    ]


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
