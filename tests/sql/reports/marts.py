"""Rows of the marts of loyalty and trust, and the counts of their queries."""

from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl

from winloss.warehouse.reader import Reader

VALUES: dict[str, Any] = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": datetime(2026, 10, 5, 4, tzinfo=UTC),
    "team": None,
    "zone": "Europe/Berlin",
}
IN_WINDOW = date(2026, 9, 1)
LONG_AGO = date(2026, 1, 15)


NAMES = (
    *("loyalty", "loyalty_both", "loyalty_matrix", "loyalty_moves", "loyalty_regret"),
    *("loyalty_rivals", "trust", "trust_pairs", "trust_ratings"),
)
CORE = ["satisfaction", "would_move"]
EVERYTHING: dict[str, dict[str, Any]] = {
    "loyalty": {
        "shown": [*CORE, "recommend", "stands_up_for_us", "same_again"],
        "is_satisfied": True,
        "would_move": "no",
        "previous_would_move": "no",
        "same_again": "no",
    },
    "trust": {"tested_passed": "no", "ability": 3.0, "commitment": 3.0},
}
"""An answer to a question of every query."""


class Marts:
    """Rows of a lens's mart and of marts.heard, and the counts of its queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Start with nobody heard."""
        self.connection = connection

    def heard(self, lens: str, voter: str, kind: str, on: date = IN_WINDOW, **told: Any) -> None:
        """One response; `shown` lists its questions, what else is a column of heard or the lens."""
        count = self.connection.execute("select count(*) from marts.heard").fetchall()[0][0]
        key = f"r{count}"
        about = {name: told.pop(name) for name in ("team", "may_see") if name in told}
        at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        row = {
            "response_key": key,
            "response_id": key,
            "voter_key": voter,
            "form_kind": kind,
            "is_defection": kind in ("lost_deal", "cancellation"),
            "may_see": False,
            "counted_on": on,
            "submitted_at": at,
            "fetched_at": at,
        }
        self._insert("marts.heard", row | about)
        self._insert("marts.responses", {"response_key": key, "may_quote": "counted"})
        shown = sorted(told.pop("shown", [])) or sorted(told)
        facts = {"response_key": key, "response_id": key, "shown_refs": shown}
        self._insert(f"marts.{lens}", facts | told)

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        self.connection.register("given", pl.DataFrame([row]).to_arrow())
        self.connection.execute(f"insert into {table} by name from given")
        self.connection.unregister("given")

    def report(self, name: str, **values: Any) -> pl.DataFrame:
        return Reader(self.connection).report(name, **{**VALUES, **values})

    def votes(self, name: str, *columns: str, **wanted: str) -> dict[Any, int]:
        """Value, or values of several columns -> voters, of the rows wanted."""
        rows = self.report(name).filter(pl.lit(value=True), **wanted)
        keys = rows.select(columns).rows()
        return dict(
            zip(
                [key if len(columns) > 1 else key[0] for key in keys],
                rows["voter_count"],
                strict=True,
            )
        )
