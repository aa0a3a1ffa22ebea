"""A build looks at the words that changed alone, says which, and holds few of them at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words
from tests.warehouse.test_codings_anew import write_second

from winloss import warehouse, workers
from winloss.errors import CheckFailed
from winloss.warehouse import coding, labels, pending, staging

AGAINST = "against"
NEW = "We had no budget left this year, none at all."


@contextmanager
def brought_up(
    connection: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, *, days: int
) -> Iterator[int]:
    """What is left, inside its transaction, once a build so many days on has coded."""
    at = words.AT + timedelta(days=days)
    connection.execute("begin")
    warehouse.load_landing(connection, folder, now=at)
    staging.stage(connection, recipe, at, is_full=False)
    coder = recipe.taught(labels.standing(connection))
    yield coding.bring_up(connection, coder, as_of=at)
    connection.execute("rollback")


def recoded(connection: duckdb.DuckDBPyConnection) -> list[tuple[str | None, str | None]]:
    """The texts of which coders say something else now."""
    return connection.execute("select distinct * from recoded_texts order by all").fetchall()


def hashed(*texts: str) -> list[tuple[str, str]]:
    """Texts as codings name them, in order."""
    return sorted((words.hash_of(text), AGAINST) for text in texts)


def test_nothing_new_is_nothing_recoded(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Where no words came or went, no text is looked at."""
    with brought_up(coded, words.recipe_of(recipe, book), folder, days=3) as count:
        assert (count, recoded(coded)) == (0, [])


def test_what_came_and_went_is_named(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """New words, and those whose last answer is gone; not those that others have said too."""
    words.land(folder, {"r6": NEW, "r7": words.LATE}, days=2)
    words.land_deletion(folder, "r1", days=2)
    words.land_deletion(folder, "r2", days=2)

    with brought_up(coded, words.recipe_of(recipe, book), folder, days=3) as count:
        assert count == 1
        assert recoded(coded) == hashed(NEW, words.PRICE)


def test_words_of_another_language_are_named(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Learned late, the language of a form has all its words coded anew, and each is named."""
    words.land_form(folder, "de", days=2)

    with brought_up(coded, words.recipe_of(recipe, book), folder, days=3) as count:
        assert count == 4
        assert recoded(coded) == hashed(*set(words.WORDS.values()))


def ahead(
    connection: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, *, is_all: bool = True
) -> int:
    """Code ahead of the next build."""
    at = words.AT + timedelta(days=2)
    return warehouse.recode(
        connection, recipe, as_of=at, is_all=is_all, progress=lambda _done, _count: None
    )


def test_what_is_taken_over_is_named(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """A re-coding says of its texts that they are other than before, though none is coded now."""
    own = words.recipe_of(recipe, book)
    ahead(coded, own)

    with brought_up(coded, own, folder, days=3) as count:
        assert count == 0
        assert recoded(coded) == hashed(*set(words.WORDS.values()))


def test_another_codebook_may_be_all(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """Where what was said before is dropped, any text may be other than it was."""
    write_second(book)

    with brought_up(coded, words.recipe_of(recipe, book), folder, days=5) as count:
        assert count == 4
        assert (None, None) in recoded(coded)


def test_many_are_not_named_one_by_one(
    coded: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    folder: Path,
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where more texts changed than are named, any may have."""
    monkeypatch.setattr(coding, "MOST_NAMED", 1)
    words.land(folder, {"r6": NEW, "r7": f"{NEW} Not one."}, days=2)

    with brought_up(coded, words.recipe_of(recipe, book), folder, days=3):
        assert recoded(coded) == [(None, None)]


@pytest.mark.parametrize("code", ["build", "recode"])
@pytest.mark.parametrize("processes", [1, 2])
def test_some_at_a_time_is_all_at_once(
    coded: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    folder: Path,
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    processes: int,
) -> None:
    """However few words are held at once, and by whom, every text is coded, and as it was."""
    own = words.recipe_of(recipe, book)
    before = words.content(coded)
    monkeypatch.setattr(pending, "SHARE", 3)
    monkeypatch.setattr(coding, "BATCH", 2)
    monkeypatch.setattr(coding, "ALONE", 0)
    monkeypatch.setattr(workers, "cores", lambda: processes)
    made: dict[str, Callable[[], int]] = {
        "build": lambda: words.build(coded, own, folder, days=1, is_full=True).coded_count,
        "recode": lambda: ahead(coded, own),
    }

    count = made[code]()
    words.build(coded, own, folder, days=1)

    assert count == 4
    after = words.content(coded)
    assert {name for name in before if before[name] != after[name]} == set()


LOST = "delete from staging.codes where reason = 'price'"
MISCOUNTED = """
update staging.codings set code_count = 5
where text_hash in (select text_hash from staging.codes where reason = 'price')
"""
# As many as there should be, of another text.
MOVED = """
update staging.codes set text_hash = (
    select any_value(text_hash) from staging.codes where reason = 'delay'
)
where reason = 'price'
"""


@pytest.mark.parametrize("loss", [LOST, MISCOUNTED, MOVED])
def test_a_lost_code_ends_the_build(
    coded: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    folder: Path,
    book: Path,
    loss: str,
) -> None:
    """A text that has fewer reasons than its coder found, or others' reasons, is no base."""
    coded.execute(loss)

    with pytest.raises(CheckFailed, match=r"codes_lost\.sql"):
        words.build(coded, words.recipe_of(recipe, book), folder, days=3)
