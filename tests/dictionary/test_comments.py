"""The database says what it holds: every relation its grain, every name one meaning."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import resources

MOST_APART = 6
"""One name, one meaning: what is explained for one relation alone is the exception."""

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
MACROS = {"share", "share_low", "share_high", "wilson_low", "wilson_high"}
LISTED = "select schema_name, meaning from marts.dictionary"
LISTED_RELATIONS = """
select schema_name, relation_name, meaning from marts.dictionary
where relation_name is not null and column_name is null and data_type is null
"""
LISTED_MACROS = """
select relation_name, data_type, meaning from marts.dictionary
where column_name is null and data_type is not null
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
    """Wherever a name stands, in either file, it is the same thing, unless explained for itself."""
    apart = {row["column"] for row in written() if "." in row["column"]}
    types: dict[str, set[str]] = {}
    said: dict[str, set[str]] = {}
    for path in files.values():
        for _, relation, column, data_type, comment in rows(path, COLUMNS):
            own = f"{relation}.{column}"
            types.setdefault(column, set()).add(data_type)
            said.setdefault(own if own in apart else column, set()).add(comment)

    assert {name: each for name, each in types.items() if len(each) > 1} == {}
    assert {name: each for name, each in said.items() if len(each) > 1} == {}


def test_a_meaning_for_one_relation_outranks_the_general_one(files: dict[str, Path]) -> None:
    """The key of accounts is never withheld, though elsewhere an account is."""
    for path in files.values():
        told = {
            relation: comment
            for _, relation, column, _, comment in rows(path, COLUMNS)
            if column == "account_id"
        }

        assert told["accounts"] == "The account in the CRM; the key, never null."
        assert "did not allow" in told["responses"]


def test_what_is_explained_apart_is_so() -> None:
    """A key that says it is never null is none, in the declared keys; and there are few."""
    apart = {row["column"]: row["meaning"] for row in written() if "." in row["column"]}
    keys = {name for name, meaning in apart.items() if "the key" in meaning}
    path = resources.folder("sql") / "keys.csv"
    declared = path.read_text(encoding="utf-8").splitlines()

    assert 0 < len(apart) <= MOST_APART
    assert keys
    assert [name for name in keys if f"marts.{name.replace('.', ',')}" not in declared] == []
    general = {row["column"]: row["meaning"] for row in written()}
    assert [name for name in apart if apart[name] == general[name.partition(".")[2]]] == []


def test_no_meaning_is_left_over(files: dict[str, Path]) -> None:
    """What `sql/columns.csv` explains is there, each name once and by the alphabet."""
    names = [row["column"] for row in written()]
    misread = [row["column"] for row in written() if set(row) != {"column", "meaning", "questions"}]
    found = [row for path in files.values() for row in rows(path, COLUMNS)]
    there = {row[2] for row in found}
    own = {f"{row[1]}.{row[2]}" for row in found}

    assert misread == []
    assert {name for name in names if "." not in name} == there
    assert {name for name in names if "." in name} - own == set()
    assert names == sorted(set(names))


def test_the_copy_says_what_it_withholds(files: dict[str, Path]) -> None:
    """The comment of a published relation goes on with the opening of its query."""
    ((comment,),) = rows(
        files["copy"], "select comment from duckdb_tables() where table_name = 'know_why'"
    )

    assert comment == (
        "One row per pair of a reason we logged for a defection and a reason its customer gave."
        " Of a decision that came back, theirs are of the time that stands, and ours all that hold"
        " for it."
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


@pytest.mark.parametrize("which", ["work", "copy"])
def test_the_macros_are_explained_as_they_act(which: str, files: dict[str, Path]) -> None:
    """Each is there to be called with the arguments listed, and is null where it says so."""
    found = rows(files[which], LISTED_MACROS)

    assert {name for name, _, _ in found} == MACROS
    assert {kind for _, kind, _ in found} == {"macro (event_count, total_count)"}
    for name, _, meaning in found:
        least = re.findall(r"Null where total_count is (?:below )?(\d+)", meaning)
        first = max(int(least[0]), 1)
        told = rows(files[which], f"select marts.{name}(1, {first}), marts.{name}(0, {first - 1})")
        assert [value is None for value in told[0]] == [False, True], name


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
