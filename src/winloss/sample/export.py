"""The CRM's exports as a CRM would write them, with the faults that exports have."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from winloss.sample.asking import ZONE, Invitation
from winloss.sample.company import CheckIn, Company
from winloss.sample.decisions import Decision
from winloss.sample.opinions import Opinion
from winloss.sample.promises import Promise

_STAGES = {"lost": "Closed Lost", "won": "Closed Won", "cancelled": "Cancelled"}
_STAGES["renewed"] = "Renewed"
_OUTCOMES = {
    "competitor": "Competitor",
    "no_decision": "No Decision",
    "in_house": "Built In-House",
    "unknown": "",
}
_STATUSES = {
    "kept": "Kept",
    "late": "Kept late",
    "broken": "Not kept",
    "not_due": "Not due",
    "": "",
}
_SURVEYS = {
    "lost_deal": "Lost deal survey",
    "won_deal": "Won deal survey",
    "cancellation": "Exit survey",
    "pulse": "Customer pulse",
}
_SPELLINGS = {
    "Quayside": ("Quay side", "quayside ltd", "Quayside "),
    "Tidemark": ("Tide Mark", "tidemark"),
    "Berthmate": ("BERTHMATE", "Berth Mate"),
    "Lodestar Freight": ("Lodestar", "lodestar freight"),
}
_OPPORTUNITY = (
    "Opportunity ID", "Account ID", "Product", "Stage", "Last Stage", "Amount (USD)",
    "Created Date", "Close Date", "Lost To", "Main Competitor", "Loss Reason", "Loss Notes",
    "Loss Confidence", "Loss Reason Set At", "Owner ID", "Owner Team",
)  # fmt: skip

Row = Sequence[object]


def opportunities(
    path: Path, decisions: Iterable[Decision], opinions: Mapping[str, Opinion], today: date
) -> None:
    """One row per opportunity, closed or open, the latest last.

    Three rows are wrong on purpose: a stage the mapping does not know, a closing day in the
    future, and an id that stands on an earlier row too.
    """
    kept = sorted(decisions, key=lambda one: (one.decided_on, one.decision_id))
    rows = [_opportunity(one, opinions.get(one.decision_id)) for one in kept]
    if not rows:
        raise ValueError("the sample needs decisions")
    bad = _faulty(rows[0], today)
    _write(path, _OPPORTUNITY, [*rows[:3], *bad, *rows[3:]])


def _opportunity(decision: Decision, opinion: Opinion | None) -> list[object]:
    is_open = decision.kind == "open"
    said = (opinion.value, opinion.text, opinion.confidence, opinion.recorded_at) if opinion else ()
    value, text, confidence, recorded_at = said or ("", "", None, None)
    return [
        decision.decision_id,
        decision.account_id,
        decision.product,
        decision.stage if is_open else _STAGES[decision.kind],
        "" if is_open else decision.stage,
        f"{decision.amount:,}",
        _day(decision.opened_on),
        _day(decision.decided_on),
        _OUTCOMES.get(decision.outcome, ""),
        _typed(decision),
        value,
        text,
        "" if confidence is None else confidence,
        "" if recorded_at is None else _minute(recorded_at),
        decision.seller_id,
        decision.team,
    ]


def _typed(decision: Decision) -> str:
    """The rival as somebody typed it: now and then not as it spells itself."""
    spellings = _SPELLINGS.get(decision.competitor, ())
    number = int(decision.decision_id.rpartition("-")[2])
    is_careless = number % 23 == 0 and spellings
    return spellings[number // 23 % len(spellings)] if is_careless else decision.competitor


def _faulty(row: list[object], today: date) -> list[list[object]]:
    blank: list[object] = ["", "", "", ""]
    unknown = ["OPP-90001", *row[1:3], "On hold", *row[4:10], *blank, *row[14:]]
    next_year = _day(today.replace(year=today.year + 1))
    future = ["OPP-90002", *row[1:7], next_year, *row[8:10], *blank, *row[14:]]
    twice = [*row[:5], "1", *row[6:10], *blank, *row[14:]]
    return [unknown, future, twice]


def people(folder: Path, company: Company) -> None:
    """Accounts, contacts and users; one contact's name is written in another encoding."""
    _write(
        folder / "accounts.csv",
        ("Account ID", "Account Name", "Segment", "Industry", "Region", "Customer Since",
         "Active Customer"),
        [
            (one.account_id, one.name, one.segment, one.sector, one.region,
             one.since.strftime("%m/%d/%Y") if one.since else "", "Yes" if one.is_current else "No")
            for one in company.accounts
        ],
    )  # fmt: skip
    _write(
        folder / "contacts.csv",
        ("Contact ID", "Account ID", "Full Name", "Title"),
        [(one.respondent, one.account_id, one.name, one.role) for one in company.contacts],
    )
    with (folder / "contacts.csv").open("ab") as contacts:
        contacts.write("00000000ff,,Jürgen Altkodiert,Shift manager\r\n".encode("latin-1"))
    _write(
        folder / "users.csv",
        ("User ID", "Name", "Team", "Email"),
        [
            (one.seller_id, one.name, one.team, f"{one.seller_id}@harbourline.example")
            for one in company.sellers
        ],
    )


def contacts_made(
    folder: Path, check_ins: Iterable[CheckIn], invitations: Iterable[Invitation]
) -> None:
    """How we kept in touch: check-ins, and the surveys sent."""
    _write(
        folder / "check_ins.csv",
        ("Activity ID", "Account ID", "Date", "Type"),
        [
            (one.check_in_id, one.account_id, one.held_on.strftime("%m/%d/%Y"), one.channel)
            for one in check_ins
        ],
    )
    _write(
        folder / "invitations.csv",
        ("Invitation ID", "Survey", "Opportunity ID", "Account ID", "Contact ID", "Block",
         "Sent At", "Closes At"),
        [
            (one.invitation_id, _SURVEYS[one.form_kind], one.decision_id, one.account_id,
             one.respondent, one.block, _minute(one.sent_at), _minute(one.closes_at))
            for one in sorted(invitations, key=lambda one: (one.sent_at, one.invitation_id))
        ],
    )  # fmt: skip


def promised(path: Path, promises: Iterable[Promise]) -> None:
    """What our side noted as promised, by which side of it, and what became of it."""
    _write(
        path,
        ("Promise ID", "Opportunity ID", "Account ID", "Promise", "Made By", "Due", "Measurable",
         "If Not Kept", "Status", "Logged At"),
        [
            (one.promise_id, one.decision_id, one.account_id, one.text, one.promised_by.title(),
             one.due_on.isoformat(), "Yes" if one.is_measurable else "No", one.remedy,
             _STATUSES[one.verdict], one.recorded_at.isoformat(timespec="minutes"))
            for one in promises
        ],
    )  # fmt: skip


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _minute(instant: datetime) -> str:
    return instant.astimezone(ZONE).strftime("%d.%m.%Y %H:%M")


def _write(path: Path, header: Row, rows: Iterable[Row]) -> None:
    """As spreadsheets like it: UTF-8 with a byte order mark, lines ended by CR LF."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
