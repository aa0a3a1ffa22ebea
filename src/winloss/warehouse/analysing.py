"""Asks the published copy anything in SQL, and nothing but the copy; says what it holds."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import duckdb

from winloss.errors import WarehouseBusy, WarehouseError
from winloss.warehouse.answering import Answer
from winloss.warehouse.database import reading
from winloss.warehouse.explaining import COMMAND_LINE, Place, damaged, explained

__all__ = ["Analyst", "Answer", "Column", "Relation", "analysing", "is_whole"]

_CLOSED_OFF = (
    "set search_path = 'marts,seeds'",
    # A query names tables, never a variable of this program.
    "set python_enable_replacements = false",
    "set enable_external_access = false",
    # Without this line DuckDB 2.0 still lets COPY write over the open file and its journal.
    "set disabled_filesystems = 'LocalFileSystem'",
    "set lock_configuration = true",
)
_SEMICOLON = b";"
_MOMENT = 0.05
"""Seconds between two calls to stop: a query that begins after one has not heard it."""
_NOT_DAMAGED = ("version number", "Permission denied")

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


class Analyst:
    """One analyst's reading of one open copy; it sees what it opened until it is closed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, place: Place) -> None:
        """Read from `connection`, which stays the caller's to close."""
        self._connection = connection
        self._path = path
        self.place = place

    def ask(self, query: str) -> Answer:
        """The answer to the last of the query's statements; raises WarehouseError."""
        given = list(self.answers(query))
        return given[-1] if given else Answer(None, self.place, self._path)

    def answers(self, query: str) -> Iterator[Answer]:
        """What each statement gives, in turn; raises WarehouseError.

        A statement is run when its answer is asked for, so read one before asking for the next.
        """
        before = ""
        for statement in self._statements(query):
            with explained(self.place, self._path):
                # The empty lines let an error count its line from the query's first.
                empty = "\n" * before.count("\n")
                found = self._connection.sql(empty + _without_end(statement.query))
            gives_rows = duckdb.ExpectedResultType.NOTHING not in statement.expected_result_type
            is_many = statement.type == duckdb.StatementType.MULTI
            yield Answer(found if gives_rows or is_many else None, self.place, self._path)
            before += statement.query

    def _statements(self, query: str) -> list[duckdb.Statement]:
        with explained(self.place, self._path):
            return self._connection.extract_statements(query)

    def stoppably(self, work: Callable[[], None]) -> None:
        """Do `work`, whose queries Ctrl-C ends at once; raises KeyboardInterrupt then.

        It runs in a thread of its own: a main thread within a query hears Ctrl-C, but DuckDB lets
        its other threads come to the end of their parts first, which may be that of the query.
        """
        stopped = Event()
        before = signal.signal(signal.SIGINT, lambda *_: stopped.set())
        try:
            with ThreadPoolExecutor(1) as pool:
                given = pool.submit(work)
                while not wait([given], _MOMENT).done:
                    if stopped.is_set():
                        self._connection.interrupt()
        finally:
            signal.signal(signal.SIGINT, before)
        if stopped.is_set():
            raise KeyboardInterrupt from given.exception()
        given.result()

    def relations(self) -> tuple[Relation, ...]:
        """Every table and view by name, with what it and its columns mean."""
        with explained(self.place, self._path):
            rows = self._connection.execute(_HELD).fetchall()
        held: dict[tuple[str, str, str], list[Column]] = {}
        for schema, table, grain, *column in rows:
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
        with explained(self.place, self._path):
            rows = self._connection.execute(_PUBLISHED).fetchall()
        return dict(zip(("published_at", "codebook_version"), rows[0], strict=True))


@contextmanager
def analysing(path: Path, *, zone: str = "UTC", place: Place = COMMAND_LINE) -> Iterator[Analyst]:
    """Open the published copy for an analyst: read-only, and closed off from every other file.

    What outgrows the memory is refused too, for it would be put into a file. Raises as
    `reading` does; of a damaged copy WarehouseError says how to make it anew.
    """
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(reading(path, zone=zone))
            for line in _CLOSED_OFF:
                connection.execute(line)
        except WarehouseBusy:
            raise
        except (WarehouseError, duckdb.Error) as error:
            cause = error if isinstance(error, duckdb.Error) else error.__cause__
            if cause is None or any(each in str(cause) for each in _NOT_DAMAGED):
                raise
            raise damaged(path, cause) from error
        yield Analyst(connection, path, place)


def is_whole(query: str) -> bool:
    """Whether the query ends with a semicolon, but for spaces and comments after it."""
    return _SEMICOLON in _ending(query).values()


def is_empty(query: str) -> bool:
    """Whether there is nothing in the query but spaces and comments."""
    return all(kind == duckdb.token_type.comment for _, kind in duckdb.tokenize(query))


def _without_end(query: str) -> str:
    """The statement without its semicolon and what follows, as DuckDB puts it into another."""
    return query.encode()[: min(_ending(query), default=None)].decode()


def _ending(query: str) -> dict[int, bytes]:
    """The semicolons and comments that end a query: where each begins, and its first letter."""
    text = query.encode()
    ending: dict[int, bytes] = {}
    for start, kind in reversed(duckdb.tokenize(query)):
        first = text[start : start + 1]
        is_semicolon = kind == duckdb.token_type.operator and first == _SEMICOLON
        if not is_semicolon and kind != duckdb.token_type.comment:
            break
        ending[start] = first
    return ending
