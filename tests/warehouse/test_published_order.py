"""No row of the copy's answers tells by its place when it came."""

from collections.abc import Iterator

import duckdb
import pytest

from winloss.warehouse import models


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty copy, and beside it an empty work file."""
    with duckdb.connect() as found:
        found.execute("attach ':memory:' as work")
        found.execute("create schema work.marts")
        found.execute("create schema work.seeds")
        found.execute(
            "create table work.seeds.questions as select 'pulse' as form_kind, 'q0' as"
            " question_ref, 'How come?' as question_title, 'long_text' as field_type"
        )
        yield found


def answer(connection: duckdb.DuckDBPyConnection, count: int, arrival: str) -> None:
    """Have so many customers come in an order, each with five answers, the last one first.

    The first is in words, which every second customer gave without a name.
    """
    connection.execute(
        "create or replace table work.marts.responses as select 'f/' || md5(i::varchar) as"
        " response_key, 'f' as form_id, i::varchar as response_id, 'd' as decision_id,"
        " 'v' as vote_key, 'a' as account_id, 'pulse' as form_kind, true as may_see,"
        " if(i % 2 = 0, 'named', 'unnamed') as may_quote"
        f" from range({count}) as numbers (i) order by {arrival}"
    )
    connection.execute(
        "create or replace table work.marts.answers as select response_key, form_kind, 'q' || j as"
        " question_ref, 'How was it?' as question_title, if(j = 0, 'long_text', 'rating') as"
        " field_type, if(j = 0, 'text', 'number') as answer_type, 1 as scale_min,"
        " 5 as scale_max, 1.0 as number_value, null::boolean as"
        " boolean_value, null::date as date_value, null::varchar[] as choice_refs,"
        " null::varchar[] as choice_labels, j as position, false as is_withheld, true as"
        " is_answered from work.marts.responses, (from range(4, -1, -1) as numbers (j))"
    )


def published(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Whose answer to which question, as the rows lie in the copy."""
    connection.execute(f"create or replace table answers as\n{models.sql('published/answers')}")
    return connection.execute(
        "select response_key, question_ref from answers order by rowid"
    ).fetchall()


@pytest.mark.parametrize("count", [3, 100, 30_000])
def test_answers_lie_in_the_order_of_their_keys(
    connection: duckdb.DuckDBPyConnection, count: int
) -> None:
    answer(connection, count, "i desc")
    found = published(connection)
    assert len(found) == 5 * count
    assert found == sorted(found)
    answer(connection, count, "hash(i)")
    assert published(connection) == found
