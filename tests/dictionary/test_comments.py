"""The database says what it holds: every relation its grain, every name one meaning."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import resources

EXPLAINED = "schema_name in ('staging', 'marts', 'seeds') and not internal"
RELATIONS = f"""
select schema_name, table_name, comment from duckdb_tables() where {EXPLAINED}
union all
select schema_name, view_name, comment from duckdb_views() where {EXPLAINED}
"""
COLUMNS = (
    "select schema_name, table_name, column_name, data_type, comment"
    f" from duckdb_columns() where {EXPLAINED}"
)
LISTED = "select schema_name, meaning from marts.dictionary"
LISTED_RELATIONS = """
select schema_name, relation_name, meaning from marts.dictionary
where relation_name is not null and column_name is null
"""
LISTED_COLUMNS = """
select schema_name, relation_name, column_name, meaning from marts.dictionary
where column_name is not null
"""


def rows(path: Path, query: str) -> list[Any]:
    """What a query finds in a file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def written() -> Iterator[dict[str, str]]:
    """The rows of `sql/columns.csv`."""
    path = resources.folder("sql") / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("which", ["work", "copy"])
def test_every_relation_says_its_grain_first(which: str, files: dict[str, Path]) -> None:
    found = rows(files[which], RELATIONS)

    assert found
    assert [row[:2] for row in found if not (row[2] or "").startswith("One row")] == []


@pytest.mark.parametrize("which", ["work", "copy"])
def test_every_column_says_what_it_means(which: str, files: dict[str, Path]) -> None:
    found = rows(files[which], COLUMNS)

    assert found
    assert [row[:3] for row in found if not row[4]] == []


def test_one_name_has_one_type_and_one_meaning(files: dict[str, Path]) -> None:
    """Wherever a name stands, in either file, it is the same thing."""
    said: dict[str, set[tuple[str, str]]] = {}
    for path in files.values():
        for _, _, column, data_type, comment in rows(path, COLUMNS):
            said.setdefault(column, set()).add((data_type, comment))

    assert {name: each for name, each in said.items() if len(each) > 1} == {}


def test_no_meaning_is_left_over(files: dict[str, Path]) -> None:
    """What `sql/columns.csv` explains is there, each name once and by the alphabet."""
    names = [row["column"] for row in written()]
    misread = [row["column"] for row in written() if set(row) != {"column", "meaning", "questions"}]
    there = {row[2] for path in files.values() for row in rows(path, COLUMNS)}

    assert misread == []
    assert set(names) == there
    assert names == sorted(set(names))


def test_the_copy_says_what_it_withholds(files: dict[str, Path]) -> None:
    """The comment of a published relation goes on with the opening of its query."""
    ((comment,),) = rows(
        files["copy"], "select comment from duckdb_tables() where table_name = 'know_why'"
    )

    assert comment == (
        "One row per pair of a reason we logged for a defection and a reason its customer gave."
        " In the analysts' copy: every pair of our reason and theirs, without the seller."
        " Of a decision heard in confidence one row with the verdict alone: our reason would lead"
        " to the decision, theirs to what they said."
    )


@pytest.mark.parametrize("which", ["work", "copy"])
def test_the_dictionary_lists_all_of_its_file(which: str, files: dict[str, Path]) -> None:
    """Every schema, relation and column of the file, the dictionary itself too, and no more."""
    relations, columns = rows(files[which], RELATIONS), rows(files[which], COLUMNS)
    schemas = dict(rows(files[which], f"{LISTED} where relation_name is null"))

    assert schemas.keys() == {row[0] for row in relations}
    assert all(schemas.values())
    assert set(rows(files[which], LISTED_RELATIONS)) == set(relations)
    assert set(rows(files[which], LISTED_COLUMNS)) == {
        (layer, relation, column, comment) for layer, relation, column, _, comment in columns
    }


def test_sources_are_questions_we_ask(files: dict[str, Path]) -> None:
    """A column's questions are refs of our forms, and one that has a ref's name comes from it."""
    asked = {ref for (ref,) in rows(files["work"], "select question_ref from seeds.questions")}
    sources = {row["column"]: row["questions"].split() for row in written()}

    assert {ref for refs in sources.values() for ref in refs} - asked == set()
    assert {name for name in asked & set(sources) if name not in sources[name]} == set()
    assert len([refs for refs in sources.values() if refs]) > len(asked) / 3


def test_a_comment_names_its_questions(files: dict[str, Path]) -> None:
    found = dict(
        rows(
            files["copy"],
            "select column_name, comment from duckdb_columns() where table_name = 'loyalty'"
            " and column_name in ('miss_most', 'attitude')",
        )
    )

    assert found["miss_most"].endswith("left empty. Question `miss_most`.")
    assert found["attitude"].endswith(" Questions `satisfaction`, `recommend`, `proud`.")
