"""The work file: one writer, who waits his turn, and never a file that is not ours."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from winloss import warehouse
from winloss.errors import WarehouseBusy, WarehouseError

WRITER = """
import sys
from pathlib import Path
from winloss import warehouse
with warehouse.writing(Path(sys.argv[1])):
    print("writing", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def other_writer(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A second process that has the work file open for writing until it reads a line."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.communicate("\n", timeout=30)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work file that has been opened once."""
    path = tmp_path / "clock" / "warehouse.duckdb"
    with warehouse.writing(path):
        pass
    return path


def test_second_writer_waits_a_bounded_time(work: Path) -> None:
    """Somebody writes and goes on writing: after the wait it is said who is in the way."""
    with other_writer(work):
        began = time.monotonic()
        with pytest.raises(WarehouseBusy) as refused, warehouse.writing(work, wait_seconds=1):
            pass

        assert 1 <= time.monotonic() - began < 10
        assert str(refused.value) == (
            f"Another process is writing {work}. Wait for it to end, then run this again."
        )


def test_second_writer_gets_its_turn(work: Path) -> None:
    """Somebody writes and ends: the one who waited writes next."""
    with other_writer(work) as process:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        with warehouse.writing(work, wait_seconds=30) as connection:
            found = connection.execute("select count(*) from ops.programme").fetchall()

    assert found == [(1,)]


def test_reader_is_told_to_wait(work: Path) -> None:
    """The private work file has no readers beside its writer."""
    with other_writer(work), pytest.raises(WarehouseBusy), warehouse.reading(work):
        pass


def test_closed_file_is_read_by_many(work: Path) -> None:
    """Once closed, the whole warehouse is in one file that any number may read."""
    with warehouse.writing(work) as connection:
        connection.execute("insert into ops.cursors values ('f', 'completed', now())")

    with warehouse.reading(work) as one, warehouse.reading(work) as other:
        found = [
            each.execute("select form_id from ops.cursors").fetchall() for each in (one, other)
        ]

    assert found == [[("f",)], [("f",)]]
    assert [path.name for path in work.parent.iterdir()] == ["warehouse.duckdb"]


def test_opening_again_changes_nothing(work: Path) -> None:
    """The programme keeps its salt, so that its opaque keys stay what they were."""
    salts = []
    for _ in range(2):
        with warehouse.writing(work) as connection:
            salts += connection.execute("select salt from ops.programme").fetchall()

    assert len(salts) == 2
    assert len(set(salts)) == 1


def test_no_file_to_read(tmp_path: Path) -> None:
    """A missing file is not made by reading it."""
    with (
        pytest.raises(WarehouseError, match="run `winloss run` first"),
        warehouse.reading(tmp_path / "none.duckdb"),
    ):
        pass

    assert list(tmp_path.iterdir()) == []


def newer_storage(path: Path) -> None:
    """Raise the version number that follows the magic bytes of a DuckDB file's header."""
    content = path.read_bytes()
    header = content[8:12] + (9999).to_bytes(8, "little") + content[20:4096]
    checksum = 5381
    for start in range(0, len(header), 8):
        word = int.from_bytes(header[start : start + 8], "little")
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    path.write_bytes(checksum.to_bytes(8, "little") + header + content[4096:])


def newer_schema(path: Path) -> None:
    """What a later winloss would leave behind: another version, and not our tables."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("update ops.programme set schema_version = 3")
        connection.execute("drop table raw.check_ins")


def no_database(path: Path) -> None:
    """A file of somebody's words."""
    path.write_text("not a database, but dear to somebody\n" * 400, encoding="utf-8")


def half_a_database(path: Path) -> None:
    """A file that was cut off while it was copied."""
    path.write_bytes(path.read_bytes()[:5000])


def somebody_elses(path: Path) -> None:
    """A DuckDB file that never was a warehouse of ours."""
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table budget as select 1 as year")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer_storage, "newer version"),
        (newer_schema, "schema 3"),
        (no_database, "cannot be opened"),
        (half_a_database, "cannot be opened"),
        (somebody_elses, "not a warehouse of winloss"),
    ],
)
def test_not_our_file(spoil, said: str, work: Path) -> None:
    """A file we cannot have written is refused at once, by name, and left as it is."""
    spoil(work)
    before = work.read_bytes()
    began = time.monotonic()

    with pytest.raises(WarehouseError, match=said) as refused, warehouse.writing(work):
        pass

    assert str(work) in str(refused.value)
    assert not isinstance(refused.value, WarehouseBusy)
    assert time.monotonic() - began < 5
    assert work.read_bytes() == before
    assert [path.name for path in work.parent.iterdir()] == ["warehouse.duckdb"]


def test_no_place_to_write(tmp_path: Path) -> None:
    """A folder that cannot be made is named, whoever runs this."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with (
        pytest.raises(WarehouseError, match="file/home"),
        warehouse.writing(tmp_path / "file" / "home" / "warehouse.duckdb"),
    ):
        pass


def test_read_only_folder(tmp_path: Path) -> None:
    """Where nothing may be written, nothing is, and that is what is said."""
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o555)
    try:
        (folder / "probe").touch()
    except PermissionError:
        pass
    else:
        pytest.skip("this user may write anywhere")

    with (
        pytest.raises(WarehouseError, match="cannot be opened"),
        warehouse.writing(folder / "warehouse.duckdb"),
    ):
        pass


def test_older_tools_can_read_it(work: Path) -> None:
    """The file is in the storage format of the 1.5 line, also after it has been written."""
    with warehouse.writing(work) as connection:
        connection.execute("create table ops.probe as select range as n from range(100000)")

    with duckdb.connect(str(work), read_only=True) as connection:
        tags = connection.execute(
            "select tags from duckdb_databases() where database_name = current_database()"
        ).fetchall()[0][0]

    assert tags["storage_version"].startswith("v1.5.0")
