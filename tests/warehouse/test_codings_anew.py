"""What could change a code codes anew, what was said before is kept, and no past changes."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words

from winloss import warehouse

pytestmark = pytest.mark.slow


def test_labels_code_anew_and_once(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Labels enough to learn from make another coder, and it codes every text once."""
    for place, (text, reason) in enumerate(words.TAUGHT.items()):
        words.land(folder, {f"t{place}": text})
        words.label(built, text, reason, days=2)
    seen, given = words.watched(words.recipe_of(recipe, book))
    versions = "select distinct model_version, count(*) from staging.codings group by all"
    built.execute("create table kept as from raw.labels; delete from raw.labels")
    words.build(built, seen, folder, days=1)
    before = built.execute(versions).fetchall()
    built.execute("insert into raw.labels from kept")
    given.clear()

    words.build(built, seen, folder, days=3)
    after = built.execute(versions).fetchall()
    words.build(built, seen, folder, days=4)

    everything = {*words.WORDS.values(), *words.TAUGHT}
    assert len(before) == len(after) == 1
    assert before[0][0] != after[0][0]
    assert after[0][1] == len(everything)
    assert sorted(given) == sorted(everything)


def test_step_by_step_is_all_at_once(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Labels, a codebook, a deletion and a language in between leave what one full build makes."""
    words.build(built, words.recipe_of(recipe, book), folder, days=1)
    words.label(built, words.SLOW, "support", days=2)
    for place, (text, reason) in enumerate(words.TAUGHT.items()):
        words.land(folder, {f"t{place}": text}, days=2)
        words.label(built, text, reason, days=2)
    words.build(built, words.recipe_of(recipe, book), folder, days=3)
    write_second(book)
    words.build(built, words.recipe_of(recipe, book), folder, days=5)
    words.land_deletion(folder, "r1", days=6)
    words.land_form(folder, "de", days=6)
    words.land(folder, {"r7": "Preis"}, days=7)
    words.build(built, words.recipe_of(recipe, book), folder, days=8)
    grown = words.content(built)

    words.build(built, words.recipe_of(recipe, book), folder, days=8, is_full=True)

    anew = words.content(built)
    assert {name for name in anew if grown[name] != anew[name]} == set()
    assert len(grown["marts.codebook_changes"]) == 1
    assert {row[-3] for row in grown["marts.codes"]} >= {"human", "rules"}


def write_second(book: Path) -> None:
    """The codebook's second version: support is split, a delay is called lateness, ties are new."""
    retired = {"valid_to": "2026-09-04"}
    words.write_codebook(
        book,
        [
            {"reason": "price", "label": "price"},
            {"reason": "support", "label": "support", "becomes": "reach speed", **retired},
            {"reason": "delay", "label": "delay", "becomes": "lateness", **retired},
            {"reason": "reach", "label": "reach"},
            {"reason": "speed", "label": "speed"},
            {"reason": "lateness", "label": "lateness"},
            {"reason": "ties", "label": "ties"},
        ],
        [
            {"reason": "price", "pattern": "price", "weight": "2"},
            {"reason": "reach", "pattern": "nobody called", "weight": "2"},
            {"reason": "lateness", "pattern": "late", "weight": "2"},
            {"reason": "ties", "pattern": "cousin", "weight": "2"},
        ],
    )


def test_a_new_codebook_codes_beside_the_old(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """What was said with the old one is kept, the change is told, and people's codes carry over."""
    words.build(built, words.recipe_of(recipe, book), folder, days=1)
    words.label(built, words.LATE, "delay", days=2)
    words.label(built, words.SLOW, "support", days=2)
    write_second(book)

    words.build(built, words.recipe_of(recipe, book), folder, days=5)
    words.build(built, words.recipe_of(recipe, book), folder, days=6)

    texts = {words.hash_of(text): text for text in words.WORDS.values()}
    left = built.execute("select text_hash, reason from ops.past_codes order by all").fetchall()
    assert {(texts[text_hash], reason) for text_hash, reason in left} == {
        (words.PRICE, "price"),
        (words.SLOW, "support"),
        (words.LATE, "delay"),
        (words.ODD, None),
    }
    changes = built.execute(
        "select previous_version != codebook_version, taken_up_at, text_count, moved_count,"
        " added_reasons, retired_reasons from marts.codebook_changes"
    ).fetchall()
    added = ["lateness", "reach", "speed", "ties"]
    at = words.AT + timedelta(days=5)
    assert changes == [(True, at, 3, 2, added, ["delay", "support"])]
    assert set(words.codes(built)) == {
        ("r1", "price", "rules"),
        ("r2", "reach", "rules"),
        ("r3", "lateness", "human"),
        ("r4", "ties", "rules"),
        ("r5", "reach", "rules"),
    }
    review = built.execute(
        "select distinct text from marts.verbatims where needs_review order by text"
    ).fetchall()
    assert (words.SLOW,) in review


def test_old_editions_stay_as_they_were(
    recipe: warehouse.Recipe, folder: Path, book: Path, tmp_path: Path
) -> None:
    """Made anew, an edition knows no label and no change of the codebook that came after it."""
    own = words.recipe_of(recipe, book)
    work = tmp_path / "warehouse.duckdb"
    with warehouse.writing(work) as connection:
        words.build(connection, own, folder, days=1)
        words.label(connection, words.ODD, "price", days=2)
        words.build(connection, own, folder, days=3)
        then = words.content(connection)
        words.label(connection, words.SLOW, "delay", days=4)
        words.build(connection, own, folder, days=5)
        later = words.codes(connection)

    at = words.AT + timedelta(days=3)
    with warehouse.as_of(work, own, at, zone="UTC") as connection:
        again = words.content(connection)
    write_second(book)
    with warehouse.writing(work) as connection:
        words.build(connection, words.recipe_of(recipe, book), folder, days=7)
        known = connection.execute("select count(*) from marts.codebook_changes").fetchall()
    with warehouse.as_of(work, words.recipe_of(recipe, book), at, zone="UTC") as connection:
        changes = connection.execute("from marts.codebook_changes").fetchall()

    assert ("r2", "delay", "human") in later
    assert {name for name in then if then[name] != again[name]} == set()
    assert known == [(1,)]
    assert changes == []
