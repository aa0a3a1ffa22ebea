"""The marts of one row per answer: only what changed is made anew, and that always is."""

from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
from tests.warehouse import words

from winloss import warehouse

_TITLES = "select response_id, question_title from marts.answers where is_answered order by all"


def build(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, days: int
) -> dict[str, set[str]]:
    """Build; by response, what its answered questions are called."""
    words.build(built, recipe, folder, days=days)
    found: dict[str, set[str]] = {}
    for response, title in built.execute(_TITLES).fetchall():
        found.setdefault(response, set()).add(title)
    return found


def test_only_what_changed_is_made_anew(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """Rows of responses that are as they were stay untouched when another one comes in."""
    build(built, recipe, folder, days=1)
    built.execute("update marts.answers set question_title = 'as before'")
    words.land(folder, {"new": "They answered the phone."}, days=2)

    found = build(built, recipe, folder, days=3)

    assert {response for response, titles in found.items() if titles != {"as before"}} == {"new"}
    assert len(found) > 1


def test_what_all_have_in_common_changes_all(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """Other questions, and every row is made anew."""
    build(built, recipe, folder, days=1)
    built.execute("update marts.answers set question_title = 'as before'")
    questions = recipe.seeds["questions"].with_columns(question_title=pl.lit("Asked anew"))
    changed = replace(recipe, seeds={**recipe.seeds, "questions": questions})

    found = build(built, changed, folder, days=2)

    assert all("as before" not in titles for titles in found.values())
    assert found


def test_rows_of_another_shape_are_all_made_anew(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """A later version's models may have other columns than the table that lies there."""
    build(built, recipe, folder, days=1)
    built.execute("alter table marts.answers drop column question_title")
    built.execute("update staging.renewals set shared_hash = 0")

    found = build(built, recipe, folder, days=2)

    assert found
    assert set().union(*found.values()) != {None}


def test_a_response_that_is_gone_leaves(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """What no longer counts has no rows, and a full build says the same."""
    words.land(folder, {"new": "They answered the phone."}, days=1)
    before = build(built, recipe, folder, days=2)
    built.execute("delete from raw.responses where response_id = 'new'")

    after = build(built, recipe, folder, days=3)

    assert before.keys() - after.keys() == {"new"}
