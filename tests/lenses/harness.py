"""Rows put into real marts, counted by a lens's own queries, read as a reader sees them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any, ClassVar

import duckdb
import polars as pl

from winloss.quotes import Names, Voices
from winloss.reporting import Panel, Section
from winloss.warehouse import Reader

AS_OF = datetime(2026, 10, 5, 4, tzinfo=UTC)
PERIOD = {
    "from": date(2026, 7, 6),
    "to": date(2026, 10, 4),
    "week_from": date(2026, 9, 28),
    "week_to": date(2026, 10, 4),
    "as_of": AS_OF,
    "team": None,
    "zone": "Europe/Berlin",
}
IN_WINDOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
THIS_WEEK = datetime(2026, 9, 30, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)


@dataclass
class Marts:
    """The marts of one warehouse, which each lens's tests fill with the rows they speak of."""

    lens: ClassVar[ModuleType]
    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, mart: str, **row: Any) -> None:
        """One row more; what is not named is null."""
        self.rows.setdefault(mart, []).append(row)

    def write(self) -> None:
        """Put the rows added since the last time into their marts."""
        for mart, rows in self.rows.items():
            columns = set(self.connection.table(f"marts.{mart}").columns)
            assert all(row.keys() <= columns for row in rows), mart
            self.connection.register("given", pl.from_dicts(rows, infer_schema_length=None))
            self.connection.execute(f"insert into marts.{mart} by name from given")
            self.connection.unregister("given")
        self.rows.clear()

    def section(self, **period: Any) -> Section:
        """What the lens says of them, on the counts of its own queries."""
        self.write()
        reader, values = Reader(self.connection), {**PERIOD, **period}
        counts = {query: reader.report(query, **values) for query in self.lens.READS}
        voices = Voices(
            self.words(reader, values), self.connection.sql("from marts.codes").pl(), Names.of()
        )
        made: Section = self.lens.section(counts, voices, 13)
        voices.verify(made.quotes)
        return made

    def words(self, reader: Reader, values: dict[str, Any]) -> pl.DataFrame:  # noqa: ARG002 (for those who ask by period)
        """The words that may be quoted."""
        words = "select * from marts.verbatims where may_quote <> 'counted'"
        found: pl.DataFrame = self.connection.sql(words).pl()
        return found


def when(at: datetime) -> dict[str, datetime]:
    """Answered, and known to us, at that instant."""
    return {"submitted_at": at, "fetched_at": at}


def panel(section: Section, name: str) -> Panel:
    """A panel by its name."""
    return next(each for each in section.panels if each.name == name)


def cells(section: Section, name: str) -> list[tuple[str, ...]]:
    """The rows of a panel as a reader sees them, without their labels."""
    return [tuple(cell.said for cell in row.cells) for row in panel(section, name).rows]


def told(section: Section, name: str) -> list[tuple[str, ...]]:
    """The rows of a panel as a reader sees them, words last."""
    return [
        (row.label, *(cell.said for cell in row.cells), *([row.quote.text] if row.quote else []))
        for row in panel(section, name).rows
    ]
