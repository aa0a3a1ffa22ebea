"""A table made of a query has its rows, and wastes no time on what does not repeat."""

from pathlib import Path

import duckdb

from winloss.warehouse import database, tables

_ROWS = """
select
    concat('form/', md5(range::varchar)) as response_key,
    'lost_deal' as form_kind,
    range as position
from range(200000)
"""


def test_identifiers_are_stored_as_they_are(tmp_path: Path) -> None:
    """One row per response: its key is kept plain, and what repeats is kept once."""
    with database.writing(tmp_path / "warehouse.duckdb") as connection:
        connection.execute("begin")
        tables.make(connection, "marts.heard", _ROWS)
        inserted = connection.execute(
            "select count(*), count(distinct response_key), sum(position) from marts.heard"
        ).fetchall()
        connection.execute("commit")
        connection.execute("checkpoint")
        found = stored(connection, "marts.heard")

    assert inserted == [(200_000, 200_000, sum(range(200_000)))]
    assert found == {"response_key": "Uncompressed", "form_kind": "DICT_FSST"}


def test_where_they_repeat_they_are_stored_once(tmp_path: Path) -> None:
    """Many rows per response: DuckDB finds what repeats in its key."""
    rows = "select concat('form/', range // 20) as response_key from range(200000)"
    with database.writing(tmp_path / "warehouse.duckdb") as connection:
        tables.make(connection, "marts.answers", rows)
        connection.execute("checkpoint")
        found = stored(connection, "marts.answers")

    assert found == {"response_key": "DICT_FSST"}


def stored(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """How the text of each column is stored."""
    rows = connection.execute(
        "select distinct column_name, compression"
        f" from pragma_storage_info('{relation}') where segment_type = 'VARCHAR'"
    ).fetchall()
    return dict(rows)
