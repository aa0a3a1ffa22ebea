"""What is masked moves where reasons stand, however many there are, and in little memory."""

import tracemalloc
from collections.abc import Iterator

import duckdb
import pytest

from winloss.warehouse.veiling import veiled

MANY = 100_000
HELD_AT_MOST = 12_000_000
"""Bytes, of a fixed number of rows at a time; all of them at once would be three times that."""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty copy, and beside it a work file of what veiling reads, with nothing in it."""
    with duckdb.connect() as found:
        found.execute("attach ':memory:' as work")
        found.execute("create schema work.marts")
        found.execute("create schema work.ops")
        found.execute(
            "create table work.marts.verbatims (verbatim_key varchar, form_id varchar,"
            " response_id varchar, question_ref varchar, text varchar, may_quote varchar,"
            " form_kind varchar)"
        )
        found.execute(
            "create table work.marts.codes (verbatim_key varchar, reason varchar,"
            " is_primary boolean, span_start integer, span_end integer)"
        )
        found.execute(
            "create table work.marts.promises (promise_key varchar, promise_text varchar)"
        )
        found.execute(
            "create table work.marts.findings (edition_id varchar, lens varchar, position integer,"
            " form_id varchar, response_id varchar, question_ref varchar, quote varchar,"
            " span_start integer, span_end integer)"
        )
        found.execute(
            "create table work.ops.masks (text_key blob, is_guarded boolean, masked_text varchar,"
            " marks struct(span_start bigint, span_end bigint, mark varchar)[])"
        )
        yield found


def say(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Have so many customers say the same: Ann hid it from us."""
    connection.execute(
        "insert into work.marts.verbatims select 'v' || i, 'f', 'r' || i, 'q',"
        " 'Ann hid it from us.', 'named', 'pulse' from range(?) as numbers (i)",
        [count],
    )
    connection.execute(
        "insert into work.ops.masks select unhex(sha256('Ann hid it from us.')), true,"
        " '[person] hid it from us.',"
        " [{'span_start': 0, 'span_end': 3, 'mark': 'person'}]"
    )


def code(connection: duckdb.DuckDBPyConnection, start: int, end: int) -> None:
    """Have a reason found between these code points of everything said."""
    connection.execute(
        "insert into work.marts.codes select verbatim_key, 'trust', true, ?, ?"
        " from work.marts.verbatims",
        [start, end],
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [((4, 10), (9, 15)), ((0, 10), (0, 15)), ((0, 3), (0, 8)), ((1, 2), (0, 1))],
)
def test_a_reason_stands_in_what_is_printed(
    connection: duckdb.DuckDBPyConnection, typed: tuple[int, int], printed: tuple[int, int]
) -> None:
    say(connection, 1)
    code(connection, *typed)
    with veiled(connection):
        spans = connection.execute("select span_start, span_end from masked_spans").fetchall()
    assert spans == [printed]


def test_where_nothing_is_masked_nothing_moves(connection: duckdb.DuckDBPyConnection) -> None:
    say(connection, 1)
    code(connection, 4, 10)
    connection.execute("update work.ops.masks set masked_text = null, marks = []")
    with veiled(connection):
        spans = connection.execute("select span_start, span_end from masked_spans").fetchall()
    assert spans == [(4, 10)]


def test_a_quote_stands_where_it_would_be_printed_now(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    say(connection, 1)
    connection.execute(
        "insert into work.marts.findings values"
        " ('e', 'lost', 1, 'f', 'r0', 'q', '[person] hid it', 0, 10),"
        " ('e', 'lost', 2, 'f', 'r0', 'q', 'Ann hid it', 0, 10)"
    )
    with veiled(connection):
        standing = connection.execute("from standing_quotes").fetchall()
    assert standing == [("e", "lost", 1)]


def test_many_reasons_are_never_all_held_at_once(connection: duckdb.DuckDBPyConnection) -> None:
    say(connection, MANY)
    code(connection, 4, 10)
    tracemalloc.start()
    try:
        with veiled(connection):
            _, most = tracemalloc.get_traced_memory()
            moved = connection.execute(
                "select count(distinct verbatim_key), min(span_start), max(span_end)"
                " from masked_spans"
            ).fetchall()
    finally:
        tracemalloc.stop()
    assert moved == [(MANY, 9, 15)]
    assert most < HELD_AT_MOST


def test_nothing_is_left_behind(connection: duckdb.DuckDBPyConnection) -> None:
    with veiled(connection):
        assert connection.execute("from masked_spans").fetchall() == []
    left = connection.execute(
        "select table_name from information_schema.tables"
        " where table_schema = 'main' and table_catalog = 'temp'"
    ).fetchall()
    assert left == []
