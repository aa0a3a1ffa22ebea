"""The sample company as it would stand in HubSpot, and a programme that reads it there."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import tomlkit
from tests.crm.hubspot.server import HubSpot

from winloss import sample, settings

ZONE = ZoneInfo("Europe/Berlin")
_OPEN = ("Qualification", "Demonstration", "Proposal", "Negotiation")
_CLOSED = {
    "Closed Won": ("true", "1.0"),
    "Closed Lost": ("true", "0.0"),
    "Renewed": ("true", "1.0"),
    "Cancelled": ("true", "0.0"),
}
_RENEWALS = ("Renewed", "Cancelled")
_FROM_FILES = ("decisions", "accounts", "sellers", "seller_reasons")
_ACCOUNTS = {
    "name": "Account Name",
    "size": "Segment",
    "industry": "Industry",
    "country": "Region",
    "active": "Active Customer",
}
_DEALS = {
    "hubspot_owner_id": "Owner ID",
    "product_line": "Product",
    "lost_to": "Lost To",
    "main_competitor": "Main Competitor",
    "owner_team": "Owner Team",
}
_REASONS = {
    "closed_lost_reason": "Loss Reason",
    "loss_notes": "Loss Notes",
    "loss_confidence": "Loss Confidence",
}
_TOML = """
base_url = "{address}"
renewal_pipelines = ["Renewals"]

[decisions.columns]
product = "product_line"
outcome = "lost_to"
competitor = "main_competitor"
team = "owner_team"

[decisions.values.outcome]
"Competitor" = "competitor"
"No Decision" = "no_decision"
"Built In-House" = "in_house"

[accounts.columns]
segment = "size"
customer_since_on = "customer_since"
is_current = "active"

[seller_reasons.columns]
seller_text = "loss_notes"
confidence = "loss_confidence"
"""


def point(home: Path, hubspot: HubSpot) -> None:
    """Let a programme read from HubSpot what it read from files."""
    file = home / settings.FILE
    told = tomlkit.parse(file.read_text("utf-8")).unwrap()
    kept = {name: told["crm"][name] for name in told["crm"].keys() - _FROM_FILES}
    connector = tomlkit.parse(_TOML.format(address=hubspot.address)).unwrap()
    told["crm"] = kept | {"hubspot": connector}
    file.write_text(tomlkit.dumps(told), "utf-8")


def fill(hubspot: HubSpot, crm: Path) -> None:
    """Put the exports of a folder into the account, as people would have over the year.

    The row whose id stands on an earlier one cannot be: HubSpot gives out its own ids.
    """
    hubspot.pipelines = [_pipeline("default", "Sales", _CLOSED.keys() - _RENEWALS)]
    hubspot.pipelines.append(_pipeline("renewals", "Renewals", set(_RENEWALS)))
    names = [*_DEALS, *_REASONS]
    hubspot.properties["deals"] |= {name: {} for name in names}
    hubspot.properties["companies"] |= {name: {} for name in (*_ACCOUNTS, "customer_since")}
    for row in _rows(crm / "users.csv"):
        hubspot.owner(row["User ID"], row["Name"], team=row["Team"])
    for row in _rows(crm / "accounts.csv"):
        month, day, year = (row["Customer Since"] or "//").split("/")
        since = f"{year}-{month}-{day}" if year else ""
        said = {name: row[header] for name, header in _ACCOUNTS.items()}
        hubspot.company(row["Account ID"], customer_since=since, **said)
    for row in _rows(crm / "opportunities.csv"):
        if row["Opportunity ID"] not in hubspot.deals:
            _deal(hubspot, row)


def _deal(hubspot: HubSpot, row: dict[str, str]) -> None:
    key, stage = row["Opportunity ID"], row["Stage"]
    pipeline = "renewals" if stage in _RENEWALS else "default"
    opened, decided = (_noon(row[name]) for name in ("Created Date", "Close Date"))
    said = {name: row[header] for name, header in _DEALS.items() if row[header]}
    amount = row["Amount (USD)"].replace(",", "")
    reached = f"{pipeline}-{row['Last Stage'] or stage}"
    hubspot.deal(
        key, opened, row["Account ID"], pipeline=pipeline, dealstage=reached, amount=amount, **said
    )  # fmt: skip
    closing = decided.isoformat().replace("+00:00", "Z")
    # A forecast was made when the deal was, and nobody has closed one tomorrow.
    at = opened if stage in _OPEN else min(decided, sample.NOW - timedelta(days=1))
    hubspot.set(key, at, dealstage=f"{pipeline}-{stage}", closedate=closing)
    if row["Loss Reason Set At"]:
        at = datetime.strptime(row["Loss Reason Set At"], "%d.%m.%Y %H:%M").replace(tzinfo=ZONE)
        hubspot.set(key, at, **{name: row[header] for name, header in _REASONS.items()})


def _pipeline(key: str, label: str, closed: set[str]) -> dict[str, object]:
    stages = {f"{key}-{stage}": (stage, "false", "0.4") for stage in _OPEN}
    stages |= {f"{key}-{stage}": (stage, *_CLOSED[stage]) for stage in sorted(closed)}
    return {"id": key, "label": label, "stages": stages}


def _noon(day: str) -> datetime:
    return datetime.strptime(day, "%d.%m.%Y").replace(hour=12, tzinfo=UTC)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
