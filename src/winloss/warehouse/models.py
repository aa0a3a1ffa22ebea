"""Runs the models: one file in `sql/` is one relation, and the path is its name.

A model is a bare select whose first line says its grain. This module alone turns it into a
table, so that every model can also be run by hand, or tested on given rows.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from winloss import resources

# Read top to bottom: a model reads from raw, from seeds and from models above it.
STAGING_BEFORE = ("reasons", "questions", "decisions", "accounts", "respondents", "sellers")
STAGING_AFTER = (
    *("seller_reasons", "actions", "check_ins", "promises", "invitations", "verbatims"),
    *("labels", "standing_labels", "cleared_names"),
)
MARTS = (
    "accounts",
    "responses",
    "verbatims",
    "codes",
    "codebook_changes",
    "agreement",
    "answers",
    "decision_reasons",
    "shown",
    "seller_reasons",
    "verdicts",
    "decisions",
    "heard",
    "ratings",
    "pulses",
    "check_ins",
    "invitations",
    "timeline",
    "chains",
    "departures",
    "warnings",
    "findings",
    # What the lenses add; each stands beside others that only it reads.
    "drivers",
    "know_why",
    "goals",
    "coverage",
    "prevention",
    "promises",
    "promise_views",
    "ladder",
    "respect",
    "talk",
    "staff_talk",
    "note_flags",
    "loyalty",
    "trust",
    "returns",
    "actions",
)

PUBLISHED_SEEDS = ("reasons", "questions", "settings")
"""The seeds an analyst needs to read the marts."""

# What has no file of its own whose first line would say it.
_GRAINS = {
    "staging.agreement": "One row per codebook, pair of judges and reason: how far they agree.",
    "seeds.reasons": "One row per version of a reason of the codebook.",
    "seeds.questions": "One row per kind of form and question that it may ask.",
    "seeds.settings": "One row: what the programme has set.",
    "marts.published": "One row: when this copy was made, and with which codebook.",
}

SEED_FILES = ("competitors", "talk_terms")
"""The others come with the recipe: the programme may have a codebook of its own."""

_PARAMETER = re.compile(r"\$([a-z_]+)")


def sql(path: str) -> str:
    """The text of `sql/<path>.sql`."""
    return (resources.folder("sql") / f"{path}.sql").read_text(encoding="utf-8")


def grain(path: str) -> str:
    """The first line of `sql/<path>.sql`: what one row is."""
    return sql(path).partition("\n")[0].removeprefix("-- ")


def replace(connection: duckdb.DuckDBPyConnection, layer: str, name: str) -> None:
    """Make `<layer>.<name>` anew from its model."""
    connection.execute(f"create or replace table {layer}.{name} as\n{sql(f'{layer}/{name}')}")


def seed(connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame]) -> None:
    """Fill `seeds` from the CSV files and from frames such as the forms' questions."""
    for name in SEED_FILES:
        path = resources.folder("sql") / "seeds" / f"{name}.csv"
        connection.execute(
            f"create or replace table seeds.{name} as "
            "from read_csv(?, header = true, all_varchar = true)",
            [str(path)],
        )
    for name, frame in frames.items():
        connection.register("seed_frame", frame.to_arrow())
        connection.execute(f"create or replace table seeds.{name} as from seed_frame")
        connection.unregister("seed_frame")


def comment(
    connection: duckdb.DuckDBPyConnection, layers: tuple[str, ...], table: str | None = None
) -> None:
    """Comment relations with their grain and columns with their one meaning: all, or one."""
    meanings = columns()
    rows = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where schema_name = any(?) and not internal and database_name = current_database() "
        "and (?::varchar is null or table_name = ?)",
        [list(layers), table, table],
    ).fetchall()
    for layer, name in sorted({(layer, name) for layer, name, _ in rows}):
        path = resources.folder("sql") / layer / f"{name}.sql"
        said = grain(f"{layer}/{name}") if path.is_file() else _GRAINS.get(f"{layer}.{name}")
        if said:
            connection.execute(f"comment on table {layer}.{name} is {quoted(said)}")
    for layer, name, column in rows:
        if column in meanings:
            text = quoted(meanings[column])
            connection.execute(f'comment on column {layer}.{name}."{column}" is {text}')


@cache
def columns() -> dict[str, str]:
    """What each column name means, everywhere: `sql/columns.csv`."""
    path = resources.folder("sql") / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["meaning"] for row in csv.DictReader(file)}


def parameters(text: str) -> set[str]:
    """The names of the parameters a query uses."""
    return set(_PARAMETER.findall(text))


def check_files(consequence: str) -> list[Path]:
    """The checks of one consequence, `stop` or `warn`, by name."""
    return sorted((resources.folder("sql") / "checks" / consequence).glob("*.sql"))


def quoted(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
