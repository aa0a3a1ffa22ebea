"""Makes tables of queries, and knows by which columns their rows are told apart."""

import csv
from functools import cache
from pathlib import Path

import duckdb

from winloss import resources

_OF_ONE_THING = (("response_key",), ("decision_id",))
"""The keys of relations in which hardly two rows share an identifier."""

_IDENTIFIERS = frozenset(
    ("response_key", "response_id", "voter_key", "vote_key", "decision_id", "account_id")
)


@cache
def row_keys() -> dict[str, tuple[str, ...]]:
    """By which columns the rows of a relation of staging or marts are told apart."""
    path: Path = resources.folder("sql") / "keys.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["relation"]: tuple(row["key"].split()) for row in csv.DictReader(file)}


def make(connection: duckdb.DuckDBPyConnection, relation: str, query: str) -> None:
    """Make the table `relation` anew, with the rows of a query that does not read it.

    DuckDB would look for what repeats in each column of text. Where nothing does, as in most
    identifiers of a relation with one row per response or decision, that takes most of the time
    of a build's commit, saves half the room, and makes each later scan take twice as long.
    """
    if row_keys().get(relation) not in _OF_ONE_THING:
        connection.execute(f"create or replace table {relation} as\n{query}")
        return
    described = connection.execute(f"describe\n{query}").fetchall()
    columns = ", ".join(_column(name, kind) for name, kind, *_ in described)
    connection.execute(f"create or replace table {relation} ({columns})")
    connection.execute(f"insert into {relation}\n{query}")


def _column(name: str, kind: str) -> str:
    is_plain = kind == "VARCHAR" and name in _IDENTIFIERS
    return f'"{name}" {kind}{" using compression uncompressed" if is_plain else ""}'
