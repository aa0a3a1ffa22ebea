"""Words are coded once, in their language, and a person outranks every coder."""

from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words

from winloss import warehouse

pytestmark = pytest.mark.slow


def test_same_words_once_and_nothing_twice(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """Equal words are coded once; a build with nothing new codes nothing."""
    seen, given = words.watched(recipe)
    first = words.build(built, seen, folder, days=1)
    words.land(folder, {"r6": "We had no budget left this year, none at all."}, days=2)
    second = words.build(built, seen, folder, days=3)
    third = words.build(built, seen, folder, days=4)

    assert [each.coded_count for each in (first, second, third)] == [4, 1, 0]
    assert sorted(given) == sorted([*set(words.WORDS.values()), given[-1]])


def test_a_person_outranks_the_coder(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """What a person coded counts at once, for everybody who used the same words."""
    own = words.recipe_of(recipe, book)
    words.build(built, own, folder, days=1)
    before = words.codes(built)
    words.label(built, words.SLOW, "delay", days=2)
    words.label(built, words.PRICE, days=2)

    words.build(built, own, folder, days=3)

    assert before == [
        ("r1", "price", "rules"),
        ("r2", "support", "rules"),
        ("r3", "delay", "rules"),
        ("r5", "support", "rules"),
    ]
    assert words.codes(built) == [
        ("r2", "delay", "human"),
        ("r3", "delay", "rules"),
        ("r5", "delay", "human"),
    ]


def test_a_form_in_another_language_is_read_in_it(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """Too short to tell, words are in the language of their form, also where we learn it late."""
    words.land(folder, {"r8": "zu teuer"}, days=1)
    words.build(built, recipe, folder, days=2)
    spoken = "select language, needs_review from marts.verbatims where response_id = 'r8'"
    before = built.execute(spoken).fetchall()
    words.land_form(folder, "de", days=3)

    built_again = words.build(built, recipe, folder, days=4)

    assert before[0][0] == "en"
    assert built.execute(spoken).fetchall() == [("de", True)]
    assert built_again.coded_count == 4 + 1


def test_words_that_are_gone_leave_no_coding(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path
) -> None:
    """What was deleted at the source has no codes either; equal words of another stay coded."""
    words.build(built, recipe, folder, days=1)
    words.land_deletion(folder, "r1", days=2)
    words.land_deletion(folder, "r2", days=2)

    words.build(built, recipe, folder, days=3)

    for table in ("codings", "codes"):
        left = built.execute(f"select distinct text_hash from staging.{table}").fetchall()
        assert (words.hash_of(words.PRICE),) not in left
    assert (words.hash_of(words.SLOW),) in left


def test_by_whom_the_words_are_coded(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """A build says who gave the reasons, and how many answers a person should look at."""
    own = words.recipe_of(recipe, book)
    words.build(built, own, folder, days=1)
    words.label(built, words.SLOW, "delay", days=2)

    told = words.build(built, own, folder, days=3).coded_by

    assert dict(told) == {
        "main reason given by a person": 2,
        "main reason given by the rules": 2,
        "no reason found": 1,
        "to be reviewed": 1,
    }


def test_a_rival_is_known_by_any_of_its_names(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """What is said of a supplier among the competitors' spellings is said of them, not of us."""
    own = words.recipe_of(recipe, book)
    words.land(folder, {"r7": "Tide Mark's support was excellent."}, days=1)
    words.land(folder, {"r8": "The support of Oakmere was excellent."}, days=1)

    words.build(built, own, folder, days=2)

    codes = "select response_id, polarity from staging.codes join marts.verbatims using (text_hash)"
    found = dict(built.execute(f"{codes} where response_id in ('r7', 'r8')").fetchall())
    assert found == {"r7": "theirs_good", "r8": "ours_good"}
