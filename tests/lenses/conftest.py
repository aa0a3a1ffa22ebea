"""Customers who leave and who stay, with the marts built on them as they ship."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.lenses import prevention
from winloss.quotes import Names, Voices
from winloss.reporting import Panel, Prevention, Section
from winloss.warehouse import models, renewing
from winloss.warehouse.reader import Reader

SUNDAY = date(2026, 10, 4)
AS_OF = datetime(2026, 10, 5, 4, tzinfo=UTC)
PERIOD = {
    "from": date(2026, 7, 6),
    "to": SUNDAY,
    "week_from": date(2026, 9, 28),
    "week_to": SUNDAY,
    "as_of": AS_OF,
    "team": None,
    "zone": "UTC",
}
GIVEN = (
    *("accounts", "decisions", "responses", "answers", "pulses", "check_ins", "timeline"),
    *("verbatims", "codes"),
)


class Leavers:
    """Customers who leave, who stay, and what they said; the marts are built as they ship."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in GIVEN}

    def stay(self, name: str, *, is_current: bool = True) -> None:
        """A customer since long ago."""
        self._add(
            "accounts",
            account_id=name,
            account_name=f"{name} Ltd",
            is_current=is_current,
            customer_since_on=date(2020, 1, 1),
        )

    def leave(
        self, name: str, on: date, *, is_heard: bool = True, may_see: bool = True, **said: Any
    ) -> None:
        """A cancellation, and what the customer told us of it."""
        key = f"{name}-{on}"
        decision = {"decision_id": key, "vote_key": f"vote-{key}", "account_id": name}
        self._add(
            "decisions",
            **decision,
            decision_kind="cancelled",
            decided_on=on,
            closes_on=on + timedelta(days=45),
            retaken_count=0,
            fetched_at=AS_OF,
        )
        days = {ref: said.pop(ref) for ref in list(said) if ref.endswith("_on")}
        self._add("timeline", decision_id=key, vote_key=f"vote-{key}", decided_on=on, **days)
        if is_heard:
            at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
            self._respond(f"exit/{key}", "cancellation", at, said, may_see=may_see, **decision)

    def pulse(self, name: str, on: date, *, may_see: bool = True, **said: Any) -> None:
        """What a customer says on a day."""
        at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        key = f"pulse/{name}-{on}"
        self._add(
            "pulses",
            response_key=f"form/{key}",
            response_id=key,
            account_id=name,
            may_see=may_see,
            submitted_at=at,
            fetched_at=AS_OF,
        )
        self._respond(key, "pulse", at, said, may_see=may_see, account_id=name)

    def call(self, name: str, on: date, fetched_at: datetime = AS_OF) -> None:
        """A check-in held, and when we learned of it."""
        self._add(
            "check_ins",
            check_in_id=f"{name}-{on}",
            account_id=name,
            held_on=on,
            fetched_at=fetched_at,
        )

    def _respond(
        self,
        key: str,
        kind: str,
        at: datetime,
        said: dict[str, Any],
        *,
        may_see: bool,
        **about: Any,
    ) -> None:
        response = {"response_key": f"form/{key}", "response_id": key, "form_id": "form"}
        response["form_kind"] = kind
        held = {"may_see": may_see, "call_me": False, "retaken_count": 0}
        times = {"submitted_at": at, "fetched_at": AS_OF}
        self._add("responses", **response, **about, **times, **held)
        reason = said.pop("reason", None)
        for ref, value in said.items():
            self._add(
                "answers",
                **response,
                vote_key=about.get("vote_key"),
                question_ref=ref,
                is_answered=value is not None,
                number_value=value if isinstance(value, int) else None,
                choice_refs=[value] if ref in ("checked_in", "decisive") and value else None,
            )
            if ref in ("missed", "right_deal", "what_happened", "would_have_changed"):
                self._write(response, about, times, ref, value, reason, may_see=may_see)

    def _write(
        self,
        response: dict[str, Any],
        about: dict[str, Any],
        times: dict[str, Any],
        ref: str,
        text: str,
        reason: str | None,
        *,
        may_see: bool,
    ) -> None:
        key = f"{response['response_key']}-{ref}"
        self._add(
            "verbatims",
            **response,
            **about,
            **times,
            verbatim_key=key,
            question_ref=ref,
            text=text,
            language="en",
            may_see=may_see,
            may_quote="unnamed",
            respondent=key,
        )
        if reason:
            self._add(
                "codes",
                verbatim_key=key,
                response_key=response["response_key"],
                response_id=response["response_id"],
                question_ref=ref,
                reason=reason,
                parent=reason,
                is_primary=True,
                polarity="ours_bad",
                span_start=0,
                span_end=len(text),
            )

    def _add(self, table: str, **row: Any) -> None:
        self.rows[table].append(row)

    def frames(self) -> dict[str, pl.DataFrame]:
        """The counts of every query the lens reads."""
        self.connection.execute("set variable as_of = ?", [AS_OF])
        self.connection.execute("set timezone = 'UTC'")
        for table, rows in self.rows.items():
            self.connection.execute(f"delete from marts.{table}")
            if rows:
                self.connection.register("given", pl.from_dicts(rows, infer_schema_length=None))
                self.connection.execute(f"insert into marts.{table} by name from given")
                self.connection.unregister("given")
        renewing.look_at(self.connection)
        for name in ("heard", "chains", "departures", "warnings", "prevention"):
            models.replace(self.connection, "marts", name)
        reader = Reader(self.connection)
        return {name: reader.report(name, **PERIOD) for name in prevention.READS}

    def section(self) -> Prevention:
        """What the lens says of them."""
        frames = self.frames()
        voices = Voices(
            self.connection.sql("from marts.verbatims").pl(),
            self.connection.sql("from marts.codes").pl(),
            Names.of(),
        )
        made = prevention.section(frames, voices, 13, check_in_days=90, has_check_ins=True)
        voices.verify(made.quotes)
        return made

    @staticmethod
    def panel(section: Section, name: str) -> Panel:
        """A panel by its name."""
        return next(each for each in section.panels if each.name == name)

    def told(self, section: Section, name: str) -> dict[str, list[str]]:
        """The rows of a panel as a reader sees them."""
        rows = self.panel(section, name).rows
        return {row.label: [cell.said for cell in row.cells] for row in rows}


@pytest.fixture
def leavers(connection: duckdb.DuckDBPyConnection) -> Leavers:
    """Nobody yet."""
    return Leavers(connection)
