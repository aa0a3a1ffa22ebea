"""What HubSpot's records say, under our names: pure, records in, rows of text out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from zoneinfo import ZoneInfo

from winloss.crm.hubspot.account import Record, Stage
from winloss.crm.opportunities import Change, Opportunity, Row, day, kinds
from winloss.settings import HubSpotSettings

STAGE, PIPELINE, OWNER = "dealstage", "pipeline", "hubspot_owner_id"
_DAYS = ("opened_on", "decided_on", "customer_since_on")


@dataclass(frozen=True)
class Book:
    """What must be looked up to understand a deal."""

    stages: Mapping[str, Stage]
    teams: Mapping[str, str]
    """Owner -> the team they are in."""
    labels: Mapping[str, Mapping[str, str]]
    """Property -> its options' values -> their labels."""
    settings: HubSpotSettings
    zone: ZoneInfo

    @property
    def columns(self) -> dict[str, str]:
        """Our column -> the property of a deal that fills it."""
        return {**self.settings.fields("decisions"), **self.settings.fields("seller_reasons")}

    @property
    def histories(self) -> dict[str, str]:
        """Our column -> the property of a deal whose history tells of its changes."""
        telling = ("outcome", "competitor", "amount", "decided_on")
        reasons = self.settings.fields("seller_reasons")
        told = {name: self.columns[name] for name in (*telling, *reasons) if name in self.columns}
        return {"stage": STAGE, "seller_id": OWNER, **told}

    def is_wanted(self, deal: Record) -> bool:
        """Whether the deal is one of the pipelines asked for, and a decision of the customer's."""
        stage = self.stages.get(deal["properties"].get(STAGE))
        pipeline = {deal["properties"].get(PIPELINE), stage.pipeline if stage else None}
        wanted, ignored = self.settings.pipelines, self.settings.ignored_stages
        names = {deal["properties"].get(STAGE), stage.label if stage else None}
        return bool(not wanted or pipeline & set(wanted)) and not names & set(ignored)

    def kind(self, stage_id: str | None) -> str | None:
        """What a deal in this stage is; None where nobody knows the stage any more."""
        stage = self.stages.get(stage_id or "")
        if stage is None:
            return None
        if not stage.is_closed:
            return "open"
        is_renewal = bool(
            {stage.pipeline, stage.pipeline_id} & set(self.settings.renewal_pipelines)
        )
        if stage.is_won:
            return "renewed" if is_renewal else "won"
        return "cancelled" if is_renewal else "lost"

    def text(self, column: str, value: str | None) -> str | None:
        """A property's value as people see it: options by their labels, instants as days."""
        if not value:
            return None
        if column == "stage":
            stage = self.stages.get(value)
            return stage.label if stage else value
        if column in _DAYS:
            return day(value, self.zone)
        labels = self.labels.get(self.columns.get(column, ""), {})
        parts = value.split(";") if labels else [value]
        return "; ".join(labels.get(part, part) for part in parts)


def opportunity(deal: Record, book: Book) -> Opportunity:
    """One deal."""
    stages = _changes(deal, "stage", STAGE)
    changes = [
        change
        for column, name in book.histories.items()
        for change in (_readable(each, book) for each in _changes(deal, column, name))
    ]
    said = {
        column: book.text(column, deal["properties"].get(name))
        for column, name in book.columns.items()
    }
    owner = deal["properties"].get(OWNER) or None
    reason = {name: said.pop(name) for name in book.settings.fields("seller_reasons")}
    decision: Row = {
        "decision_id": deal["id"],
        "account_id": _company(deal),
        "decision_kind": book.kind(deal["properties"].get(STAGE)),
        "seller_id": owner,
        "team": book.teams.get(owner or ""),
        "stage": _stage_reached(deal, stages, book),
        **said,
        "currency": said.get("currency") or book.settings.currency,
    }
    every = sorted([*changes, *kinds(stages, book.kind)], key=lambda change: change.at)
    return Opportunity(decision, reason, tuple(every))


def _changes(deal: Record, column: str, name: str) -> list[Change]:
    """The history of one property, oldest first, as it stands there."""
    versions = (deal.get("propertiesWithHistory") or {}).get(name) or []
    # The latest stands first; of two at one instant too.
    moments = [(_at(each), each.get("value") or None) for each in reversed(versions)]
    ordered = sorted(moments, key=itemgetter(0))
    instants = [at for at, _ in ordered]
    changes = []
    before: str | None = None
    for place, (at, value) in enumerate(ordered):
        again = place - instants.index(at)
        identity = f"{deal['id']}:{name}:{at.isoformat()}" + (f":{again}" if again else "")
        changes.append(Change(identity, column, before, value, at))
        before = value
    return changes


def _at(version: Record) -> datetime:
    return datetime.fromisoformat(version["timestamp"])


def _readable(change: Change, book: Book) -> Change:
    old, new = (book.text(change.column, text) for text in (change.old, change.new))
    return Change(change.change_id, change.column, old, new, change.at)


def _stage_reached(deal: Record, stages: list[Change], book: Book) -> str | None:
    """The last stage before the deal was closed; of an open one, where it stands."""
    now = deal["properties"].get(STAGE)
    open_ones = [change.new for change in stages if book.kind(change.new) == "open"]
    is_closed = book.kind(now) not in ("open", None)
    return book.text("stage", open_ones[-1] if is_closed and open_ones else now)


def _company(deal: Record) -> str | None:
    """The deal's primary company: of several, the one whose link carries no further label."""
    linked = (deal.get("associations") or {}).get("companies") or {}
    results = linked.get("results") or []
    primary = [each["id"] for each in results if each["type"] == "deal_to_company"]
    return next(iter(primary or [each["id"] for each in results]), None)


def account(company: Record, settings: HubSpotSettings, zone: ZoneInfo) -> Row:
    """One company, in the columns of `accounts`."""
    fields = settings.fields("accounts")
    found = {column: company["properties"].get(name) for column, name in fields.items()}
    days = {column: day(text, zone) for column, text in found.items() if column in _DAYS}
    return {"account_id": company["id"], **found, **days}


def sellers(owners: Iterable[Record]) -> list[Row]:
    """One row per owner, in the columns of `sellers`; of one id the first counts."""
    rows: dict[str, Row] = {}
    for owner in owners:
        names = (owner.get("firstName"), owner.get("lastName"))
        email = owner.get("email")
        row = {"seller_id": owner["id"], "seller_name": " ".join(filter(None, names)) or email}
        rows.setdefault(owner["id"], row | {"seller_email": email, "team": _team(owner)})
    return list(rows.values())


def _team(owner: Record) -> str | None:
    teams = sorted(owner.get("teams") or (), key=lambda team: not team.get("primary"))
    return teams[0]["name"] if teams else None
