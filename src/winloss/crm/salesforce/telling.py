"""What Salesforce's records say, under our names: pure, records in, rows of text out.

The stage history (`OpportunityHistory`) is kept by every org; of other fields only where their
history is tracked (`OpportunityFieldHistory`), and then from that day on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from winloss.crm.opportunities import Change, Opportunity, Row, day, kinds
from winloss.crm.salesforce.org import value
from winloss.settings import SalesforceSettings

Record = Mapping[str, Any]

STAGED = {"stage": "StageName", "amount": "Amount", "decided_on": "CloseDate"}
"""Our column -> the field of `OpportunityHistory` that tells of its changes."""
_DAYS = ("opened_on", "decided_on", "customer_since_on")
_OWNER = "Owner"
_USER_IDS = "005"
"""Every user's id begins so; a change of owner is told twice, by names and by ids."""


@dataclass(frozen=True)
class Book:
    """What must be looked up to understand an opportunity."""

    stages: Mapping[str, str]
    """Stage -> `open`, `won` or `lost`."""
    teams: Mapping[str, str]
    """Seller -> their team."""
    percents: frozenset[str]
    """Fields that hold percentages."""
    settings: SalesforceSettings
    zone: ZoneInfo

    @property
    def columns(self) -> dict[str, str]:
        """Our column -> the field of an opportunity that fills it."""
        return {**self.settings.fields("decisions"), **self.settings.fields("seller_reasons")}

    @property
    def tracked(self) -> dict[str, str]:
        """Field -> our column, for those whose changes stand in `OpportunityFieldHistory`."""
        wanted = ("outcome", "competitor", *self.settings.fields("seller_reasons"))
        own = {self.columns[name]: name for name in wanted if name in self.columns}
        return {field: name for field, name in own.items() if "." not in field} | {
            _OWNER: "seller_id"
        }

    def kind(self, stage: str | None, sort: str | None) -> str | None:
        """What an opportunity of this sort is in this stage; None where nobody knows the stage."""
        ending = self.stages.get(stage or "")
        if sort not in self.settings.renewal_kinds:
            return ending
        return {"won": "renewed", "lost": "cancelled"}.get(ending or "", ending)

    def text(self, record: Record, column: str, field: str) -> str | None:
        """A field as our column says it: instants as days, percentages as shares."""
        found = value(record, field)
        if found and column in _DAYS:
            return day(found, self.zone)
        if found and field in self.percents:
            return str(float(found) / 100)
        return found or None


def stages(records: Iterable[Record]) -> dict[str, str]:
    """Stage, by its label and by its name in the API -> `open`, `won` or `lost`."""
    endings = {}
    for record in records:
        closed = "won" if record["IsWon"] else "lost"
        for name in (record["ApiName"], record["MasterLabel"]):
            endings[name] = closed if record["IsClosed"] else "open"
    return endings


def opportunity(
    record: Record, staged: Iterable[Record], tracked: Iterable[Record], book: Book
) -> Opportunity:
    """One opportunity; `staged` and `tracked` are the rows of its two histories."""
    sort = value(record, book.settings.kind_field)
    steps = _staged(staged, book)
    moves = [change for change in steps if change.column == "stage"]
    said = {name: book.text(record, name, field) for name, field in book.columns.items()}
    reason = {name: said.pop(name) for name in book.settings.fields("seller_reasons")}
    owner = value(record, "OwnerId")
    decision: Row = {
        "decision_id": value(record, "Id"),
        "account_id": value(record, "AccountId"),
        "decision_kind": book.kind(value(record, "StageName"), sort),
        "seller_id": owner,
        "team": book.teams.get(owner or ""),
        "stage": _stage_reached(value(record, "StageName"), moves, book),
        "currency": value(record, "CurrencyIsoCode") or book.settings.currency,
        **said,
    }
    made = kinds(moves, lambda stage: book.kind(stage, sort))
    every = [*steps, *made, *_tracked(tracked, book)]
    return Opportunity(decision, reason, tuple(sorted(every, key=lambda change: change.at)))


def _staged(records: Iterable[Record], book: Book) -> list[Change]:
    """Each row of the stage history says how everything stood from then on."""
    changes = []
    before: dict[str, str | None] = {}
    for record in sorted(records, key=lambda row: (row["CreatedDate"], row["Id"])):
        for column, field in STAGED.items():
            new = book.text(record, column, field)
            if before.get(column) != new:
                identity = f"{record['Id']}:{column}"
                changes.append(Change(identity, column, before.get(column), new, _at(record)))
            before[column] = new
    return changes


def _tracked(records: Iterable[Record], book: Book) -> list[Change]:
    columns = book.tracked
    return [
        Change(
            record["Id"],
            columns[record["Field"]],
            book.text(record, "", "OldValue"),
            book.text(record, "", "NewValue"),
            _at(record),
        )
        for record in records
        if record["Field"] in columns and (record["Field"] != _OWNER or _is_by_id(record))
    ]


def _is_by_id(record: Record) -> bool:
    return str(record["NewValue"]).startswith(_USER_IDS)


def _at(record: Record) -> datetime:
    return datetime.fromisoformat(record["CreatedDate"])


def _stage_reached(now: str | None, moves: list[Change], book: Book) -> str | None:
    """The last stage before the opportunity was closed; of an open one, where it stands."""
    open_ones = [change.new for change in moves if book.stages.get(change.new or "") == "open"]
    return open_ones[-1] if open_ones and book.stages.get(now or "") != "open" else now


def account(record: Record, settings: SalesforceSettings, zone: ZoneInfo) -> Row:
    """One account, in the columns of `accounts`."""
    fields = settings.fields("accounts")
    found = {column: value(record, field) for column, field in fields.items()}
    days = {column: day(text, zone) for column, text in found.items() if column in _DAYS}
    return {"account_id": value(record, "Id"), **found, **days}


def seller(record: Record, settings: SalesforceSettings) -> Row:
    """One user, in the columns of `sellers`."""
    row = {"seller_id": value(record, "Id"), "seller_name": value(record, "Name")}
    fields = settings.fields("sellers")
    team = value(record, fields["team"]) if "team" in fields else None
    return {**row, "seller_email": value(record, "Email"), "team": team}
