"""A programme made by hand: core marts with the columns the lens marts read."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from winloss.warehouse import models, renewing
from winloss.warehouse.reader import Reader

AS_OF = datetime(2026, 10, 5, 4, 0, tzinfo=UTC)
BASE = (
    *("seeds.reasons", "seeds.settings", "staging.respondents", "staging.sellers"),
    *("staging.accounts", "staging.decisions", "marts.accounts", "marts.decisions"),
    *("marts.responses", "marts.answers", "marts.decision_reasons", "marts.verbatims"),
    "marts.codes",
    *("marts.seller_reasons", "marts.pulses", "marts.check_ins", "marts.invitations"),
    *("staging.standing_labels", "staging.codings", "staging.codes", "staging.agreement"),
    *("ops.rejects", "ops.printed_quotes", "ops.codebooks", "ops.past_codes"),
)
"""What a test gives; every other mart is built on it as it ships."""
FILLED_IN = {
    "VARCHAR": "",
    "INTEGER": 0,
    "BIGINT": 0,
    "TIMESTAMP WITH TIME ZONE": datetime(2026, 9, 1, tzinfo=UTC),
}
"""What stands in columns that must hold something and that a test does not care for."""
PARENTS = {
    "price_level": ("price", "price"),
    "onboarding": ("start", "help to start"),
    "support": ("service", "support"),
    "timing": ("no_supplier", "timing"),
}


@dataclass
class Programme:
    """Rows for every mart a report reads, written the way a test thinks of them."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {t: [] for t in BASE})
    has_invitations: bool = True

    def add(self, table: str, **row: Any) -> None:
        """One row of one table; what is not named is null."""
        self.rows[table].append(row)

    def decide(self, key: str, *, decided: str, kind: str = "lost", **changes: Any) -> None:
        """A defection, asked about two days later."""
        on = date.fromisoformat(decided)
        invited = datetime(on.year, on.month, on.day, 9, tzinfo=UTC) + timedelta(days=2)
        row = {
            "decision_id": key,
            "vote_key": f"vote-{key}",
            "account_id": f"account-{key}",
            "decision_kind": kind,
            "outcome": "competitor" if kind == "lost" else None,
            "is_defection": True,
            "amount_usd": 30_000.0,
            "has_invitations": self.has_invitations,
            "decided_on": on,
            "due_on": on + timedelta(days=14),
            "closes_on": on + timedelta(days=45),
            "invited_at": invited if self.has_invitations else None,
            "fetched_at": invited - timedelta(days=2),
        }
        self.add("marts.decisions", **{**row, **changes})
        self.add("staging.decisions", decision_id=key, decision_kind=kind)

    def log(self, key: str, reason: str) -> None:
        """What our side believed, before anybody answered."""
        self.add(
            "marts.seller_reasons",
            decision_id=key,
            vote_key=f"vote-{key}",
            seller_id="seller-1",
            reason=reason,
            parent=PARENTS[reason][0],
            label=PARENTS[reason][1],
            recorded_at=datetime(2026, 7, 1, tzinfo=UTC),
            is_knowing=True,
            fetched_at=datetime(2026, 7, 1, tzinfo=UTC),
        )

    def answer(  # noqa: PLR0913 (a response has many sides)
        self,
        key: str,
        text: str,
        reason: str | None,
        *,
        evidence: str = "",
        submitted: str = "2026-09-30",
        may_see: bool = True,
        may_quote: str = "unnamed",
        call_me: bool = False,
        ticked: str | None = None,
        language: str = "en",
    ) -> None:
        """A response to a decision, with its words and the reason coded in them."""
        at = datetime.fromisoformat(submitted).replace(hour=10, tzinfo=UTC)
        response = {
            "response_key": f"form/{key}-said",
            "form_id": "form",
            "form_kind": "lost_deal",
            "response_id": f"{key}-said",
            "decision_id": key,
            "vote_key": f"vote-{key}",
            "account_id": f"account-{key}",
            "respondent": f"person-{key}",
            "may_see": may_see,
            "may_quote": may_quote,
            "submitted_at": at,
            "fetched_at": at,
        }
        self.add("marts.responses", **response, call_me=call_me)
        if ticked:
            self._reason(key, ticked, "chosen", is_theirs=reason is None)
        self._write(response, text, language)
        if reason:
            self._reason(key, reason, "written", is_theirs=True)
            self._code(response, reason, text, evidence or text)

    def _write(self, response: dict[str, Any], text: str, language: str) -> None:
        self.add(
            "marts.verbatims",
            **response,
            verbatim_key=f"verbatim-{response['decision_id']}",
            question_ref="what_happened",
            asks="reason",
            text=text,
            text_hash=hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
            language=language,
        )

    def _code(self, response: dict[str, Any], reason: str, text: str, evidence: str) -> None:
        start = text.index(evidence)
        self.add(
            "marts.codes",
            verbatim_key=f"verbatim-{response['decision_id']}",
            response_key=response["response_key"],
            response_id=response["response_id"],
            question_ref="what_happened",
            reason=reason,
            parent=PARENTS[reason][0],
            is_primary=True,
            polarity="ours_bad",
            span_start=start,
            span_end=start + len(evidence),
            codebook_version="v1",
        )

    def _reason(self, key: str, reason: str, source: str, *, is_theirs: bool) -> None:
        self.add(
            "marts.decision_reasons",
            response_key=f"form/{key}-said",
            source=source,
            reason=reason,
            parent=PARENTS[reason][0],
            label=PARENTS[reason][1],
            is_primary=True,
            polarity="neutral" if source == "chosen" else "ours_bad",
            is_theirs=is_theirs,
        )

    def pulse(self, account: str, *, may_see: bool, **values: Any) -> None:
        """A current customer's pulse of September."""
        at = datetime(2026, 9, 10, tzinfo=UTC)
        row = {
            "response_key": f"pulse/{account}",
            "response_id": f"{account}-pulse",
            "account_id": account,
            "may_see": may_see,
            "submitted_at": at,
            "fetched_at": at,
        }
        self.add("marts.pulses", **row, **values)
        self.add("marts.responses", **row, form_kind="pulse", may_quote="counted", call_me=False)

    def reader(self) -> Reader:
        """The programme in the warehouse, with every mart it does not give built on it."""
        self.connection.execute("set timezone = 'Europe/Berlin'")
        self.connection.execute("set variable as_of = ?", [AS_OF])
        self.connection.execute("set variable salt = 'salt'")
        for relation, rows in self.rows.items():
            self._give(relation, rows)
        renewing.look_at(self.connection)
        models.replace(self.connection, "staging", "reasons")
        for name in models.MARTS:
            if f"marts.{name}" not in BASE:
                models.replace(self.connection, "marts", name)
        return Reader(self.connection)

    def _give(self, relation: str, rows: list[dict[str, Any]]) -> None:
        layer, table = relation.split(".")
        columns = self.connection.execute(
            "select column_name, data_type, is_nullable from duckdb_columns()"
            " where schema_name = ? and table_name = ? and database_name = current_database()",
            [layer, table],
        ).fetchall()
        unnamed = {name: None if nullable else FILLED_IN[kind] for name, kind, nullable in columns}
        if "retaken_count" in unnamed:
            unnamed["retaken_count"] = 0
        self.connection.execute(f"delete from {relation}")
        for row in rows:
            assert set(row) <= set(unnamed), f"{relation} has no {set(row) - set(unnamed)}"
            whole = {**unnamed, **row}
            marks = ", ".join("?" * len(whole))
            self.connection.execute(
                f"insert into {relation} ({', '.join(whole)}) values ({marks})",
                list(whole.values()),
            )
