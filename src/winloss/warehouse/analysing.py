"""Asks a DuckDB file anything in SQL, read-only, and says what the file holds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from winloss.errors import WarehouseError
from winloss.warehouse.database import reading
from winloss.warehouse.troubles import interruptible

_BATCH = 2_000
_NUMBERS = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$")
_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)
_KIND = re.compile(r"^[A-Za-z ]+ Error: ")

_HELD = """
select schema_name, table_name, held.comment, column_name, data_type, columns.comment
from duckdb_columns() as columns
inner join (
    select schema_name, table_name, comment from duckdb_tables()
    union all
    select schema_name, view_name, comment from duckdb_views()
) as held using (schema_name, table_name)
where not internal and database_name = current_database()
order by schema_name, table_name, column_index
"""

_PUBLISHED = """
select strftime(timezone('UTC', published_at), '%Y-%m-%dT%H:%M:%SZ'), codebook_version
from marts.published
"""


@dataclass(frozen=True)
class Column:
    """One column of a relation: its type in DuckDB's words, and what it means."""

    name: str
    data_type: str
    meaning: str


@dataclass(frozen=True)
class Relation:
    """One table or view, with the grain that its comment states."""

    schema: str
    table: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """As a query names it, such as `marts.decisions`."""
        return f"{self.schema}.{self.table}"


class Answer:
    """What a query gives; DuckDB runs it again for each way of reading it."""

    def __init__(self, relation: duckdb.DuckDBPyRelation | None) -> None:
        """`relation` is None for a statement that gives no rows."""
        self._relation = relation
        # A relation without rows is false.
        self.columns: tuple[str, ...] = () if relation is None else tuple(relation.columns)
        kinds = [] if relation is None else relation.types
        self.are_numbers = tuple(bool(_NUMBERS.match(str(kind))) for kind in kinds)

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """Every row in its order, each value as DuckDB writes it; raises WarehouseError."""
        for batch in self._batches("select columns(*)::varchar from asked"):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def objects(self) -> Iterator[str]:
        """Every row in its order as one JSON object; raises WarehouseError."""
        for batch in self._batches("select to_json(asked)::varchar from asked"):
            yield from batch.columns[0].to_pylist()

    def save(self, path: Path) -> None:
        """Write every row as Parquet, typed; raises WarehouseError."""
        if self._relation is None:
            raise WarehouseError("The statement gives no rows to write; ask for some.")
        with _explained():
            self._relation.write_parquet(str(path), compression="zstd")

    def _batches(self, query: str) -> Iterator[Any]:
        """The query's rows in Arrow's batches; `asked` is what this answers."""
        if self._relation is None:
            return
        with _explained():
            found = self._relation.query("asked", query)
            yield from () if found is None else found.to_arrow_reader(_BATCH)


class Analyst:
    """One analyst's reading of one open file; it sees the copy it opened until it is closed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which stays the caller's to close."""
        self._connection = connection

    def ask(self, query: str) -> Answer:
        """The answer to the last of the query's statements; raises WarehouseError."""
        with _explained():
            return Answer(self._connection.sql(query))

    def relations(self) -> tuple[Relation, ...]:
        """Every table and view by name, with what it and its columns mean."""
        held: dict[tuple[str, str, str], list[Column]] = {}
        for schema, table, grain, *column in self._connection.execute(_HELD).fetchall():
            name, data_type, meaning = column
            held.setdefault((schema, table, grain or ""), []).append(
                Column(name, data_type, meaning or "")
            )
        return tuple(Relation(*key, tuple(columns)) for key, columns in held.items())

    def count(self, relation: str) -> int:
        """How many rows a table holds."""
        return int(self._connection.execute(f"select count(*) from {relation}").fetchall()[0][0])

    def published(self) -> dict[str, str]:
        """When the copy was made, in UTC, and with which codebook."""
        with _explained():
            rows = self._connection.execute(_PUBLISHED).fetchall()
        return dict(zip(("published_at", "codebook_version"), rows[0], strict=True))


@contextmanager
def analysing(path: Path, *, zone: str = "UTC") -> Iterator[Analyst]:
    """Open a DuckDB file for an analyst, read-only; raises as `reading` does."""
    with reading(path, zone=zone) as connection:
        yield Analyst(connection)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        with interruptible():
            yield
    except (duckdb.Error, OSError) as error:  # Arrow's reader turns the one into the other
        text = str(error)
        reason = " ".join(text.partition("\nLINE ")[0].split())
        line = _LINE.search(text)
        where = f" at its line {line[1]}" if line else ""
        raise WarehouseError(
            f"The query failed{where}: {_KIND.sub('', reason)} "
            "(`winloss dictionary` says what there is to ask for)."
        ) from error
