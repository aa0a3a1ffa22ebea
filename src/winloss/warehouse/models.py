"""Runs the models: one file in `sql/` is one relation, and the path is its name.

A model is a bare select whose first line says its grain. This module alone turns it into a
table, so that every model can also be run by hand, or tested on given rows.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path

import duckdb
import polars as pl

from winloss import resources
from winloss.warehouse import tables
from winloss.warehouse.lending import lending

# Read top to bottom: a model reads from raw, from seeds and from models above it.
STAGING_BEFORE = (
    *("reasons", "questions", "decisions", "decision_changes", "accounts", "respondents"),
    "sellers",
)
STAGING_AFTER = (
    *("seller_reasons", "actions", "check_ins", "promises", "invitations"),
    *("labels", "standing_labels", "cleared_names"),
)
MARTS_BEFORE = ("codebook", "accounts", "decision_history", "responses")
MARTS_AFTER = (
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
MARTS = (*MARTS_BEFORE, *MARTS_AFTER)

PUBLISHED_SEEDS = ("reasons", "questions", "settings")
"""The seeds an analyst needs to read the marts."""

# What has no file of its own that begins by saying it.
_GRAINS = {
    "staging.agreement": "One row per codebook, pair of judges and reason: how far they agree.",
    "staging.caveats": "One row per check that found rows worth a caveat in a report.",
    "staging.renewals": "One row per response that counts: what its rows in the marts are made of.",
    "seeds.reasons": "One row per version of a reason of the codebook.",
    "seeds.questions": "One row per kind of form and question that it may ask.",
    "seeds.settings": "One row: what the programme has set.",
    "seeds.competitors": "One row per spelling of a rival's name.",
    "seeds.talk_terms": "One row per phrase that speaks ill of customers when we write it.",
    "seeds.seller_reasons": "One row per value our side may log, with the reason it stands for.",
    "seeds.question_map": "One row per question of a form of the programme's own that is ours.",
    "seeds.choice_map": "One row per choice of a form of the programme's own that is ours.",
    "marts.published": "One row: when this copy was made, and with which codebook.",
    "marts.sources": "One row per source and kind of input: what is held, and what was set aside.",
}

DICTIONARY = "dictionary"
"""The mart that lists every schema, relation and column with its meaning."""

SEED_FILES = ("competitors", "talk_terms")
"""The others come with the recipe: the programme may have a codebook of its own."""

_RELATIONS = """
select schema_name, table_name, 'table', comment from duckdb_tables()
where schema_name = any($1) and not internal and database_name = current_database()
and ($2::varchar is null or table_name = $2)
union all
select schema_name, view_name, 'view', comment from duckdb_views()
where schema_name = any($1) and not internal and database_name = current_database()
and ($2::varchar is null or view_name = $2)
"""

_COLUMNS = """
select schema_name, table_name, column_name, comment from duckdb_columns()
where schema_name = any($1) and not internal and database_name = current_database()
and ($2::varchar is null or table_name = $2)
"""

_PARAMETER = re.compile(r"\$([a-z_]+)")


def sql(path: str) -> str:
    """The text of `sql/<path>.sql`."""
    return (resources.folder("sql") / f"{path}.sql").read_text(encoding="utf-8")


def opening(path: str) -> str:
    """The comment that opens `sql/<path>.sql`, as one line: what one row is comes first."""
    lines = takewhile(lambda line: line.startswith("--"), sql(path).splitlines())
    return " ".join(line.removeprefix("--").strip() for line in lines)


def replace(connection: duckdb.DuckDBPyConnection, layer: str, name: str) -> None:
    """Make `<layer>.<name>` anew from its model."""
    tables.make(connection, f"{layer}.{name}", sql(f"{layer}/{name}"))


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
        with lending(connection, "seed_frame", frame):
            connection.execute(f"create or replace table seeds.{name} as from seed_frame")
    _comment(connection, ("seeds",))


def comment(
    connection: duckdb.DuckDBPyConnection, layers: tuple[str, ...], table: str | None = None
) -> None:
    """Comment relations with their grain and columns with their one meaning: all, or one.

    With all of them, marts.dictionary is made anew and lists everything that is commented.
    """
    if table is not None:
        _comment(connection, layers, table)
        return
    replace(connection, "marts", DICTIONARY)
    _comment(connection, layers)
    # Filled again, not replaced, which would drop what has just been said of it.
    connection.execute(f"delete from marts.{DICTIONARY}")
    connection.execute(f"insert into marts.{DICTIONARY}\n{sql(f'marts/{DICTIONARY}')}")


def _comment(
    connection: duckdb.DuckDBPyConnection, layers: tuple[str, ...], table: str | None = None
) -> None:
    is_copy = _is_copy(connection)
    relations = connection.execute(_RELATIONS, [list(layers), table]).fetchall()
    for layer, name, kind, known in relations:
        text = _said(layer, name, is_copy=is_copy)
        if text and text != known:
            connection.execute(f"comment on {kind} {layer}.{name} is {quoted(text)}")
    meanings = columns()
    found = connection.execute(_COLUMNS, [list(layers), table]).fetchall()
    for layer, name, column, known in found:
        meaning = meanings.get(f"{name}.{column}", meanings.get(column))
        if meaning and meaning != known:
            text = quoted(meaning)
            connection.execute(f'comment on column {layer}.{name}."{column}" is {text}')


def _is_copy(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this is the analysts' copy, which holds nothing that was received."""
    rows = connection.execute(
        "select count(*) = 0 from duckdb_schemas()"
        " where schema_name = 'raw' and database_name = current_database()"
    ).fetchall()
    return bool(rows[0][0])


def _said(layer: str, name: str, *, is_copy: bool) -> str | None:
    """What a relation's comment says; of a published one also what is withheld."""
    folder = resources.folder("sql")
    if not (folder / layer / f"{name}.sql").is_file():
        return _GRAINS.get(f"{layer}.{name}")
    grain = opening(f"{layer}/{name}")
    if is_copy and (folder / "published" / f"{name}.sql").is_file():
        withheld = opening(f"published/{name}")
        return f"{grain} In the analysts' copy: {withheld[:1].lower()}{withheld[1:]}"
    return grain


@cache
def columns() -> dict[str, str]:
    """What each column name means, everywhere, and which questions it comes from.

    A name such as `accounts.account_id` is that column of the relation in any layer, where the
    meaning it has everywhere would mislead.
    """
    path = resources.folder("sql") / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["column"]: _with_questions(row["meaning"], (row["questions"] or "").split())
            for row in csv.DictReader(file)
        }


def _with_questions(meaning: str, refs: list[str]) -> str:
    if not refs:
        return meaning
    named = ", ".join(f"`{ref}`" for ref in refs)
    return f"{meaning} {'Question' if len(refs) == 1 else 'Questions'} {named}."


def parameters(text: str) -> set[str]:
    """The names of the parameters a query uses."""
    return set(_PARAMETER.findall(text))


def check_files(consequence: str) -> list[Path]:
    """The checks of one consequence, `stop`, `warn` or `printed`, by name."""
    return sorted((resources.folder("sql") / "checks" / consequence).glob("*.sql"))


def quoted(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
