"""A re-coding of everything leaves what there is until a build takes over what it did."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words

from winloss import warehouse
from winloss.warehouse import coding

pytestmark = pytest.mark.slow


class KilledError(Exception):
    """Stands for a kill between two batches."""


def recode(
    connection: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    *,
    is_all: bool,
    killed_after: int | None = None,
) -> int:
    """Code ahead; where said so, killed once so many texts are coded."""

    def tell(done: int, _: int) -> None:
        if killed_after is not None and done > killed_after:
            raise KilledError

    at = words.AT + timedelta(days=2)
    return warehouse.recode(connection, recipe, as_of=at, is_all=is_all, progress=tell)


def live(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """What reports and imports find."""
    tables = ("staging.codings", "staging.codes")
    return [connection.execute(f"from {table} order by all").fetchall() for table in tables]


def test_what_there_is_stays_until_a_build(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> None:
    """All is coded ahead, the live tables hold what they held, and a build takes it over once."""
    own, before = words.recipe_of(recipe, book), live(coded)
    seen, given = words.watched(own)

    count = recode(coded, seen, is_all=True)

    assert (count, len(given)) == (4, 4)
    assert live(coded) == before
    coded.execute("update staging.codes_ahead set confidence = 0.125")
    taken_over = words.build(coded, seen, folder, days=3)
    assert taken_over.coded_count == 0
    assert coded.execute("select distinct confidence from staging.codes").fetchall() == [(0.125,)]
    assert [len(rows) for rows in live(coded)] == [len(rows) for rows in before]
    assert coded.execute("select count(*) from staging.codings_ahead").fetchall() == [(0,)]


@pytest.mark.parametrize("is_all", [False, True])
def test_killed_it_goes_on(
    coded: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_all: bool,
) -> None:
    """Said again or not, what was begun is ended, and nothing is coded twice."""
    monkeypatch.setattr(coding, "BATCH", 2)
    seen, given = words.watched(words.recipe_of(recipe, book))
    with pytest.raises(KilledError):
        recode(coded, seen, is_all=True, killed_after=2)
    given.clear()

    rest = recode(coded, seen, is_all=is_all)

    assert (rest, len(given)) == (2, 2)
    ahead = coded.execute("select count(*) from staging.codings_ahead").fetchall()
    assert ahead == coded.execute("select count(*) from staging.codings").fetchall()


def test_nothing_is_coded_twice_where_nobody_asked(
    coded: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, book: Path
) -> None:
    """A re-coding of what is left finds nothing left."""
    assert recode(coded, words.recipe_of(recipe, book), is_all=False) == 0
