"""What went in, as plain values: decisions, responses, and what our side logged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.figures.files import BERLIN, seed, table

from winloss import sample

FROM, TO = date(2026, 7, 6), date(2026, 10, 4)
"""The thirteen weeks that end with the sample's."""
WEEK_FROM = date(2026, 9, 28)
TODAY = sample.NOW.astimezone(BERLIN).date()
DUE = timedelta(days=14)
"""After a decision, until when it should have been asked about."""


@dataclass(frozen=True)
class Decision:
    """One row of the CRM's opportunities that was decided."""

    decision_id: str
    account_id: str
    kind: str
    outcome: str | None
    rival: str
    amount: float | None
    team: str
    segment: str
    decided_on: date
    invited_on: date | None
    closes_on: date
    seller_id: str

    @property
    def is_defection(self) -> bool:
        """Lost to us, or cancelled."""
        return self.kind in {"lost", "cancelled"}

    @property
    def is_window(self) -> bool:
        """Whether its survey closed in the window."""
        return FROM <= self.closes_on <= TO


@dataclass(frozen=True)
class Response:
    """One completed and signed response, and the questions its block let it see."""

    response_id: str
    form_id: str
    kind: str
    decision: Decision | None
    account_id: str | None
    respondent: str | None
    team: str | None
    at: datetime
    shown: frozenset[str]
    answers: Mapping[str, Any]

    @property
    def on(self) -> date:
        """The day on which it came in, in Berlin."""
        return self.at.astimezone(BERLIN).date()

    @property
    def counted_on(self) -> date | None:
        """The day by which rates count it: of a pulse its own, else when the survey closes."""
        if self.kind == "pulse":
            return self.on
        return self.decision.closes_on if self.decision else None

    @property
    def is_window(self) -> bool:
        """Whether the rates of the window count it."""
        return self.counted_on is not None and FROM <= self.counted_on <= TO

    @property
    def is_defection(self) -> bool:
        """Whether it is about a loss or a cancellation."""
        return self.decision is not None and self.decision.is_defection

    @property
    def voter(self) -> str:
        """One decision one vote; without one, one account one vote."""
        decided = self.decision.decision_id if self.decision else None
        return decided or self.account_id or self.response_id

    def choice(self, ref: str) -> str | None:
        """The first choice ticked."""
        ticked = self.answers.get(ref)
        return ticked[0] if isinstance(ticked, tuple) and ticked else None


@dataclass(frozen=True)
class Logged:
    """One reason or note of our side, in the CRM or in the sellers' form."""

    decision: Decision
    reason: str | None
    words: str
    at: datetime
    seller_id: str


@dataclass
class Inputs:
    """Everything that went in."""

    home: Path
    decisions: dict[str, Decision] = field(default_factory=dict)
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    everybody: list[Response] = field(default_factory=list)
    raw: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Response id -> its item, signed and finished or not."""

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one CRM export, as text."""
        return table(self.home / "crm" / f"{name}.csv")

    def rivals(self) -> dict[str, str | None]:
        """Decision -> whom they chose: as they say, otherwise as the CRM has it."""
        known = {row["alias"].lower(): row["competitor"] for row in seed("competitors")}
        known |= {name.lower(): name for name in known.values()}
        ours = {each.rival.lower(): each.rival for each in self.decisions.values() if each.rival}
        said: dict[str, list[str]] = defaultdict(list)
        for each in self.customers:
            if each.decision and (text := each.answers.get("competitor_said", "").strip()):
                said[each.decision.decision_id].append(text)
        found: dict[str, str | None] = {}
        for decision_id, decision in self.decisions.items():
            named = min(said[decision_id]) if decision_id in said else decision.rival
            folded = named.lower()
            unknown = "unlisted" if decision_id in said else None
            found[decision_id] = known.get(folded) or ours.get(folded) or unknown
        return found

    @property
    def customers(self) -> list[Response]:
        """Who has a vote."""
        return [each for each in self.everybody if each.kind not in {"seller", "staff"}]

    def heard(self, *kinds: str) -> dict[str, list[Response]]:
        """Defections of these kinds whose survey closed in the window -> who told us."""
        voters: dict[str, list[Response]] = defaultdict(list)
        for each in self.customers:
            if each.decision and each.decision.kind in (kinds or ("lost", "cancelled")):
                voters[each.voter] += [each] if each.is_window else []
        return {voter: found for voter, found in voters.items() if found}

    def shown(self, ref: str, among: Iterable[Response]) -> dict[str, list[Response]]:
        """Voter -> their responses that were shown a question; of pulses the last that was."""
        voters: dict[str, list[Response]] = defaultdict(list)
        for each in self.last_pulses(each for each in among if ref in each.shown):
            voters[each.voter].append(each)
        return dict(voters)

    def last_pulses(self, found: Iterable[Response]) -> list[Response]:
        """Of several pulses of one account among these, the last alone."""
        last: dict[str, Response] = {}
        for each in sorted(found, key=lambda each: each.at):
            last[each.voter if each.kind == "pulse" else each.response_id] = each
        return list(last.values())

    def current(self, account_id: str | None) -> bool:
        """Whether an account is a customer now."""
        return self.accounts.get(account_id or "", {}).get("Active Customer", "") == "Yes"

    def logged(self) -> list[Logged]:
        """What our side logged, oldest first."""
        codes = {row["seller_value"]: row["reason"] for row in seed("seller_reasons")}
        found = []
        for row in self.rows("opportunities"):
            decision = self.decisions.get(row["Opportunity ID"])
            said, words = row["Loss Reason"].strip(), row["Loss Notes"].strip()
            if decision and (said or words):
                at = datetime.strptime(row["Loss Reason Set At"], "%d.%m.%Y %H:%M")  # noqa: DTZ007
                reason = codes.get(" ".join(said.lower().split()))
                at = at.replace(tzinfo=BERLIN)
                found.append(Logged(decision, reason, words, at, row["Owner ID"]))
        reasons = {row["reason"] for row in seed("reasons")}
        for each in self.everybody:
            ticked, words = each.choice("reason_ours"), each.answers.get("reason_ours_words", "")
            if each.kind == "seller" and each.decision and (ticked or words):
                reason = ticked if ticked in reasons else None
                seller = each.decision.seller_id
                found.append(Logged(each.decision, reason, words, each.at, seller))
        return sorted(found, key=lambda each: each.at)


def warning(said: Iterable[str | None], order: tuple[str, ...]) -> str | None:
    """What colleagues say as one: of their answers the first in this order, which warns most."""
    return min((each for each in said if each), key=order.index, default=None)
