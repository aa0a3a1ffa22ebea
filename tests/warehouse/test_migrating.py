"""Work files of earlier releases: brought up whole, with a copy kept as they were."""

import lzma
import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from tests.fixtures.releases import make

from winloss import sample, warehouse
from winloss.errors import WarehouseError
from winloss.warehouse import migrating

RELEASES = [make.path(release) for release in make.RELEASES]
ZONE = "Europe/Berlin"

BRING_UP = """
import logging, sys
from pathlib import Path
from winloss import warehouse
logging.basicConfig(level=logging.INFO, stream=sys.stdout)
with warehouse.writing(Path(sys.argv[1])):
    pass
"""

SHAPE = """
select schema_name, table_name, column_name, data_type, is_nullable, column_default
from duckdb_columns() where schema_name in ('raw', 'ops')
order by schema_name, table_name, column_index
"""

NEW_MEANING = {
    "ops.programme": {"schema_version", "unfolded_with"},
    "raw.decisions": {"row_hash"},
    "raw.forms": {"received_at"},
    "raw.responses": {"received_at"},
}
"""Columns that schema 2 fills anew."""


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.partition(".")[0])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The work file of an earlier release."""
    return unpacked(request.param, tmp_path)


@pytest.fixture
def newest(tmp_path: Path) -> Path:
    """The work file of the last release of schema 1."""
    return unpacked(RELEASES[-1], tmp_path)


def unpacked(release: Path, folder: Path) -> Path:
    path = folder / "warehouse.duckdb"
    path.write_bytes(lzma.decompress(release.read_bytes()))
    return path


def bring_up(work: Path) -> None:
    with warehouse.writing(work, zone=ZONE):
        pass


def answer(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def rows(path: Path, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: answer(path, f"select {', '.join(names)} from {table} order by all")
        for table, names in columns.items()
    }


def columns(path: Path) -> dict[str, list[str]]:
    """The columns of each table of raw and ops, but for those that schema 2 fills anew."""
    found: dict[str, list[str]] = {}
    for schema, table, column, *_ in answer(path, SHAPE):
        name = f"{schema}.{table}"
        if column not in NEW_MEANING.get(name, set()):
            found.setdefault(name, []).append(f'"{column}"')
    return found


def backup_of(work: Path) -> Path:
    return work.with_name("warehouse.schema-1.duckdb")


def test_shape_is_that_of_a_new_file(work: Path, tmp_path: Path) -> None:
    """Columns, types and their order are those of a file that began with this version."""
    fresh = tmp_path / "fresh.duckdb"

    bring_up(work)
    bring_up(fresh)

    assert answer(work, SHAPE) == answer(fresh, SHAPE)
    assert answer(work, "select schema_version from ops.programme") == [(migrating.SCHEMA_VERSION,)]


def test_no_row_is_lost(work: Path) -> None:
    """What raw and ops held they hold, value for value; the copy beside is the file as it was."""
    before = work.read_bytes()
    held = columns(work)
    known = rows(work, held)

    bring_up(work)

    assert rows(work, held) == known
    assert sum(map(len, known.values())) > 200
    assert backup_of(work).read_bytes() == before


def test_received_when_it_was_fetched(work: Path) -> None:
    """Before there were two instants, what was received was learned at once."""
    bring_up(work)

    query = "select count(*) filter (where received_at is null), count(*) from raw.responses"
    assert answer(work, query) == [(0, 3)]


def test_known_rows_are_known_again(work: Path) -> None:
    """The same export read once more brings nothing new, though its rows have new columns."""
    bring_up(work)

    with warehouse.writing(work, zone=ZONE) as connection:
        told = connection.sql("select * exclude (row_hash, fetched_at) from raw.decisions").pl()
        added = warehouse.load_records(
            connection, "decisions", told, key="decision_id", now=sample.NOW
        )

    assert (added, told.height) == (0, 15)


@pytest.mark.slow
def test_built_on(work: Path, recipe: warehouse.Recipe) -> None:
    """A build goes on from there, and equals one that was made anew from raw."""
    contents = []

    for is_full in (False, True):
        with warehouse.writing(work, zone=ZONE) as connection:
            warehouse.build(connection, recipe, as_of=sample.NOW, is_full=is_full)
            names = connection.execute(
                "select concat(schema_name, '.', table_name) from duckdb_tables()"
                " where schema_name in ('staging', 'marts') order by all"
            ).fetchall()
            contents.append(
                {
                    name: connection.execute(f"from {name} order by all").fetchall()
                    for (name,) in names
                }
            )

    step_by_step, anew = contents
    assert step_by_step == anew
    assert len(step_by_step["marts.responses"]) == 3
    assert len(step_by_step["marts.codes"]) > 0


def test_brought_up_once(newest: Path) -> None:
    """A file of the present schema is opened as it is, and no other copy is made."""
    bring_up(newest)
    bring_up(newest)

    assert sorted(path.name for path in newest.parent.iterdir()) == [
        "warehouse.duckdb",
        "warehouse.schema-1.duckdb",
    ]


def test_older_copies_stay(newest: Path) -> None:
    """A copy that was kept before is never written over."""
    backup_of(newest).write_bytes(b"an older copy")
    before = newest.read_bytes()

    bring_up(newest)

    assert backup_of(newest).read_bytes() == b"an older copy"
    assert newest.with_name("warehouse.schema-1-2.duckdb").read_bytes() == before


def test_the_same_copy_serves_twice(newest: Path) -> None:
    """A run that was cut off after it had copied the file does not copy it again."""
    backup_of(newest).write_bytes(newest.read_bytes())

    bring_up(newest)

    assert not newest.with_name("warehouse.schema-1-2.duckdb").exists()


def test_nobody_reads_an_older_file(newest: Path) -> None:
    """A reader is told how to bring it up, and brings up nothing."""
    before = newest.read_bytes()

    with pytest.raises(WarehouseError) as refused, warehouse.reading(newest):
        pass

    assert str(refused.value) == (
        f"{newest} was written by an older winloss (schema 1, now {migrating.SCHEMA_VERSION}). "
        "Run `winloss build`, which brings it up."
    )
    assert newest.read_bytes() == before


def test_cannot_be_brought_up(newest: Path) -> None:
    """A file that lacks what every release had is left as it is, with its copy."""
    with duckdb.connect(str(newest)) as connection:
        connection.execute("drop table raw.sellers")
    held = columns(newest)
    before = rows(newest, held)

    with pytest.raises(WarehouseError, match="could not be brought to schema 2") as refused:
        bring_up(newest)

    assert "\n" not in str(refused.value)
    assert str(backup_of(newest)) in str(refused.value)
    assert rows(newest, held) == before
    assert answer(newest, "select schema_version from ops.programme") == [(1,)]
    assert answer(newest, "select count(*) > 0 from marts.decisions") == [(True,)]


def test_no_room_for_the_copy(newest: Path) -> None:
    """Where the file cannot be copied first, it is not touched, and no part of a copy is left."""
    before = newest.read_bytes()
    script = 'ulimit -f 4000; exec "$@"'

    done = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-c", BRING_UP, str(newest)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "WarehouseError: There is no room to go on (" in done.stderr
    assert "File too large" in done.stderr
    assert newest.read_bytes() == before
    assert [path.name for path in newest.parent.iterdir()] == ["warehouse.duckdb"]


@pytest.mark.slow
def test_killed_while_it_is_brought_up(newest: Path, tmp_path: Path) -> None:
    """At whatever moment: the next opening ends where an undisturbed one does."""
    undisturbed = tmp_path / "undisturbed.duckdb"
    undisturbed.write_bytes(newest.read_bytes())
    before = newest.read_bytes()
    chance = random.Random(20261122)
    began = time.monotonic()
    bring_up(undisturbed)
    seconds = time.monotonic() - began

    for _ in range(4):
        command = [sys.executable, "-c", BRING_UP, str(newest)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, seconds))
        process.kill()
        process.communicate()
    bring_up(newest)

    held = columns(undisturbed)
    assert answer(newest, SHAPE) == answer(undisturbed, SHAPE)
    assert rows(newest, held) == rows(undisturbed, held)
    assert backup_of(newest).read_bytes() == before
