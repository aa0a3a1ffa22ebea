"""Customers to whom something was promised, in a real warehouse, and what the lens says of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss.lenses import promises
from winloss.quotes import Names, Voices
from winloss.reporting import Section
from winloss.warehouse import Reader, models, renewing

PERIOD = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": datetime(2026, 10, 5, 4, tzinfo=UTC),
    "team": None,
    "zone": "Europe/Berlin",
}
EARLIER = datetime(2026, 8, 3, 9, tzinfo=UTC)
LOGGED = datetime(2025, 12, 1, 9, tzinfo=UTC)
GIVEN = (
    "marts.heard",
    "marts.answers",
    "marts.responses",
    "marts.verbatims",
    "marts.decisions",
    "staging.promises",
)
SEVERAL = ("guarantee_tests",)
NAMES = Names.of(people=["Pippa Ravensdale"], companies=["Fernhill Foods"])


@dataclass
class Customers:
    """Customers and what was promised them, in a real warehouse."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def answer(  # noqa: PLR0913 (a response has many sides)
        self,
        key: str,
        *,
        at: datetime = EARLIER,
        kind: str = "lost",
        decision: str = "",
        words: dict[str, str] | None = None,
        may_see: bool = True,
        may_quote: str = "unnamed",
        name: str | None = None,
        **facts: Any,
    ) -> None:
        """One response about a decision; None answers a question that was shown and left empty."""
        about = decision or key
        form = {"won": "won_deal", "cancelled": "cancellation"}.get(kind, "lost_deal")
        response = {
            "response_key": f"form/{key}",
            "form_id": "form",
            "response_id": key,
            "form_kind": form,
            "decision_id": about,
            "vote_key": f"vote-{about}",
            "account_id": f"account-{about}",
            "may_see": may_see,
            "submitted_at": at,
            "fetched_at": at,
        }
        self._add("marts.responses", **response, may_quote=may_quote)
        self._add(
            "marts.heard",
            **response,
            counted_on=at.date(),
            voter_key=f"vote-{about}",
            decision_kind=kind,
        )
        self.decide(about, kind)
        for ref, value in {**(words or {}), **facts}.items():
            self._add("marts.answers", **response, question_ref=ref, **_typed(ref, value))
        for ref, text in (words or {}).items():
            self._add(
                "marts.verbatims",
                **response,
                verbatim_key=f"{key}-{ref}",
                question_ref=ref,
                text=text,
                may_quote=may_quote,
                respondent=f"person-{key}",
                respondent_name=name,
            )

    def pulse(self, key: str, account: str, *, at: datetime = EARLIER, **facts: Any) -> None:
        """What an account says in a pulse."""
        response = {"response_key": f"form/{key}", "form_id": "form", "response_id": key}
        about = {"account_id": account, "form_kind": "pulse", "may_see": True}
        when = {"submitted_at": at, "fetched_at": at}
        self._add("marts.responses", **response, **about, **when, may_quote="counted")
        heard = {**response, **about, **when, "voter_key": account, "counted_on": at.date()}
        self._add("marts.heard", **heard)
        for ref, value in facts.items():
            self._add(
                "marts.answers", **response, **about, **when, question_ref=ref, **_typed(ref, value)
            )

    def decide(self, key: str, kind: str = "lost") -> None:
        """A decision, once."""
        if key not in {row["decision_id"] for row in self.rows.get("marts.decisions", [])}:
            self._add(
                "marts.decisions",
                decision_id=key,
                account_id=f"account-{key}",
                decision_kind=kind,
                closes_on=EARLIER.date(),
            )

    def promise(self, decision: str, verdict: str | None, text: str = "A visit") -> None:
        """A promise our side logged in the CRM."""
        number = len(self.rows.get("staging.promises", []))
        self._add(
            "staging.promises",
            promise_id=f"p{number}",
            decision_id=decision,
            promise_text=text,
            promised_by="seller",
            promise_due_on=date(2026, 5, 18),
            is_measurable=True,
            remedy="a month free" if number == 0 else None,
            our_verdict=verdict,
            recorded_at=LOGGED,
            fetched_at=LOGGED,
        )

    def drew_line(self, decision: str, value: bool | None) -> None:  # noqa: FBT001 (an answer)
        """A seller's answer about a decision."""
        self.decide(decision)
        response = {
            "response_key": f"seller/{decision}",
            "form_kind": "seller",
            "decision_id": decision,
        }
        self._add("marts.responses", **response, submitted_at=EARLIER, fetched_at=EARLIER)
        typed = _typed("drew_line", value)
        self._add("marts.answers", **response, question_ref="drew_line", **typed)

    def _add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)

    def section(self) -> Section:
        """What the lens says of them, every quote verified."""
        self.connection.execute("set variable salt = 'salt'")
        for table in GIVEN:
            self.connection.execute(f"delete from {table}")
            if rows := self.rows.get(table):
                known = set(self.connection.table(table).columns)
                kept = [{k: v for k, v in row.items() if k in known} for row in rows]
                frame = pl.from_dicts(kept, infer_schema_length=None)
                self.connection.register("given", frame.to_arrow())
                self.connection.execute(f"insert into {table} by name from given")
                self.connection.unregister("given")
        renewing.look_at(self.connection)
        for name in ("promises", "promise_views"):
            models.replace(self.connection, "marts", name)
        reader = Reader(self.connection)
        counts = {name: reader.report(name, **PERIOD) for name in promises.READS}
        made = promises.section(counts, voices := self._voices(), 13)
        voices.verify(made.quotes)
        return made

    def _voices(self) -> Voices:
        words = self.connection.sql(
            "select *, null::varchar as account_name, null::varchar as respondent_role "
            "from marts.verbatims where may_quote <> 'counted'"
        ).pl()
        said = {
            row["verbatim_key"]: row["respondent_name"]
            for row in self.rows.get("marts.verbatims", [])
        }
        named = words.with_columns(
            pl.col("verbatim_key")
            .replace_strict(said, default=None, return_dtype=pl.String)
            .alias("respondent_name")
        )
        return Voices(named, self.connection.sql("from marts.codes").pl(), NAMES)


def _typed(ref: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {"is_answered": False}
    typed: dict[str, Any] = {"is_answered": True}
    if isinstance(value, bool):
        return {**typed, "boolean_value": value}
    if isinstance(value, int):
        return {**typed, "number_value": float(value), "scale_min": 1.0, "scale_max": 5.0}
    if ref in SEVERAL:
        return {**typed, "choice_refs": list(value)}
    is_words = "words" in ref or ref in {"doubted_promise", "missing_proof", "told_and_got"}
    return {**typed, "text_value": value} if is_words else {**typed, "choice_refs": [value]}


@pytest.fixture
def customers(connection: duckdb.DuckDBPyConnection) -> Customers:
    """Nobody yet."""
    return Customers(connection)


@pytest.fixture
def told() -> Callable[[Section, str], list[tuple[str, ...]]]:
    """The rows of a panel as a reader sees them."""

    def rows(section: Section, name: str) -> list[tuple[str, ...]]:
        panel = next(each for each in section.panels if each.name == name)
        return [(row.label, *(cell.said for cell in row.cells)) for row in panel.rows]

    return rows
