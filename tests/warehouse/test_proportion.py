"""A build does what is new: what is known is neither read nor unfolded again."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words

from winloss import warehouse
from winloss.warehouse import models

TOUCHED = (
    f"with forms as ({models.sql('steps/forms')}), touched as ({models.sql('steps/touched')})"
    " select response_id from touched order by all"
)
STANCES = "select response_id, stance from staging.verbatims order by all"
# The words as they lie in the file: those that were written anew have another place.
PLACES = "select response_id, rowid from staging.verbatims order by all"


@pytest.fixture
def known(
    built: duckdb.DuckDBPyConnection, folder: Path, recipe: warehouse.Recipe
) -> duckdb.DuckDBPyConnection:
    """Where five answers were loaded and built."""
    words.build(built, recipe, folder, days=1)
    return built


def test_what_is_unfolded_is_not_looked_at_again(
    known: duckdb.DuckDBPyConnection, folder: Path, recipe: warehouse.Recipe
) -> None:
    before = known.execute(TOUCHED).fetchall()
    places = known.execute(PLACES).fetchall()

    words.land(folder, {"r6": words.LATE}, days=2)
    warehouse.load_landing(known, folder, now=words.AT + timedelta(days=3))
    between = known.execute(TOUCHED).fetchall()
    built = warehouse.build(known, recipe, as_of=words.AT + timedelta(days=3))
    after = known.execute(PLACES).fetchall()

    assert (before, between, built.unfolded_count) == ([], [("r6",)], 1)
    assert (after[:5], len(after)) == (places, 6)


def test_a_line_that_changes_nothing_is_looked_at_once(
    known: duckdb.DuckDBPyConnection, folder: Path, recipe: warehouse.Recipe
) -> None:
    """An older version that comes in later: the response has other lines and says the same."""
    words.land(folder, {"r1": words.ODD}, days=-3)

    built = words.build(known, recipe, folder, days=3)

    assert built.unfolded_count == 0
    assert known.execute(TOUCHED).fetchall() == []


def test_a_decision_that_turns_gives_its_words_another_stance(
    built: duckdb.DuckDBPyConnection, folder: Path, recipe: warehouse.Recipe
) -> None:
    words.land(folder, {"r7": words.PRICE}, decision_id="d")
    found = []
    for days, kind in ((1, "lost"), (2, "won"), (3, "won")):
        words.decide(built, kind, days=days)
        unfolded = words.build(built, recipe, folder, days=days).unfolded_count
        found.append((unfolded, dict(built.execute(STANCES).fetchall())["r7"]))

    assert found == [(6, "against"), (0, "for"), (0, "for")]


def test_lines_that_nobody_read_are_read_before_they_count(
    known: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe
) -> None:
    """As those of a file from before lines were read when they came in."""
    before = known.execute("select said from raw.responses order by response_id").fetchall()
    known.execute("update raw.responses set said = null")
    known.execute("update staging.responses set lines_hash = 0")

    built = warehouse.build(known, recipe, as_of=words.AT + timedelta(days=2))

    after = known.execute("select said from raw.responses order by response_id").fetchall()
    assert (after, built.unfolded_count) == (before, 0)
    assert all(said["byte_count"] > 0 for (said,) in after)


def test_a_response_erased_from_raw_leaves(
    known: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe
) -> None:
    known.execute("delete from raw.responses where response_id = 'r3'")

    warehouse.build(known, recipe, as_of=words.AT + timedelta(days=2))

    for table in ("responses", "answers", "verbatims"):
        left = known.execute(f"select distinct response_id from staging.{table}").fetchall()
        assert sorted(left) == [("r1",), ("r2",), ("r4",), ("r5",)]
