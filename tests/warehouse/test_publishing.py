"""The copy is swapped in whole, under readers who hold the one before, and of one build alone."""

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from winloss import warehouse
from winloss.errors import WarehouseError
from winloss.quotes import Names
from winloss.warehouse.publish import _prepare as prepare
from winloss.warehouse.publish import _write as write

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)

READER = """
import sys, duckdb
copy = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    rows = copy.execute("select account_name from marts.accounts").fetchall()
    print(rows[0][0], flush=True)
"""
WRITER = """
import sys
from pathlib import Path
from winloss import warehouse
with warehouse.writing(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def work(tmp_path: Path, recipe: warehouse.Recipe) -> Path:
    """The work file of a programme with one account."""
    path = tmp_path / "work.duckdb"
    with warehouse.writing(path) as connection:
        warehouse.build(connection, recipe, as_of=AT)
        connection.execute("insert into marts.accounts (account_id) values ('a1')")
    return path


def call(work: Path, name: str) -> None:
    with duckdb.connect(str(work)) as connection:
        connection.execute("update marts.accounts set account_name = ?", [name])


def publish(work: Path, names: Names | None = None) -> Path:
    public = work.with_name("public.duckdb")
    warehouse.publish(work, public, names=lambda _: names or Names.of(), as_of=AT, zone="UTC")
    return public


def process(program: str, path: Path) -> "subprocess.Popen[str]":
    """A process of its own that answers every line it is sent."""
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(reader: "subprocess.Popen[str]") -> str:
    """What a reader finds now."""
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write("now\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()


def test_readers_finish_undisturbed(work: Path) -> None:
    """Whoever holds the copy before keeps it; whoever opens one later has the new one."""
    call(work, "before")
    public = publish(work)
    with process(READER, public) as early, process(READER, public) as other:
        assert (answer(early), answer(other)) == ("before", "before")
        call(work, "after")

        publish(work)

        with process(READER, public) as late:
            assert [answer(each) for each in (early, other, late)] == ["before", "before", "after"]
            for each in (early, other, late):
                each.communicate()
    assert [path.name for path in public.parent.iterdir() if "part" in path.name] == []


def test_what_a_killed_one_spilled_is_removed(work: Path) -> None:
    """Beside the copy lies nothing that was put on disk for want of memory."""
    spilled = work.with_name(".public.duckdb.part.tmp")
    spilled.mkdir()
    (spilled / "duckdb_temp_storage-0.tmp").write_bytes(b"words as typed")

    publish(work)

    assert not spilled.exists()


def test_it_is_always_there(work: Path) -> None:
    """However often it is opened while it is swapped, it is there and whole."""
    call(work, "always")
    public = publish(work)
    found: list[object] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.is_set():
            done = subprocess.run(
                [sys.executable, "-c", READER, str(public)],
                input="now\n",
                capture_output=True,
                text=True,
                check=False,
            )
            found.append((done.stdout.strip(), done.stderr))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(4):
        publish(work)
    is_over.set()
    reader.join()

    assert set(found) == {("always", "")}


def test_it_waits_for_a_writer(work: Path, caplog: pytest.LogCaptureFixture) -> None:
    """While another process writes, it says once that it waits, and then goes on."""
    call(work, "waited")
    caplog.set_level("INFO", logger="winloss")
    with process(WRITER, work) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        threading.Timer(1.5, writer.communicate, ["done\n"]).start()

        public = publish(work)

    waits = [each for each in caplog.messages if each.startswith("waiting for another process")]
    assert len(waits) == 1
    with duckdb.connect(str(public), read_only=True) as copy:
        assert copy.execute("select account_name from marts.accounts").fetchall() == [("waited",)]


def test_only_one_build_is_published(work: Path, recipe: warehouse.Recipe) -> None:
    """Names of one build never mask the rows of another: what was prepared for it is left."""
    public = work.with_name("public.duckdb")
    prepared = prepare(work, lambda _: Names.of(), "UTC")
    assert write(work, public, prepared, AT, "UTC") is not None
    public.unlink()

    with warehouse.writing(work) as connection:
        warehouse.build(connection, recipe, as_of=AT)

    assert write(work, public, prepared, AT, "UTC") is None


def test_a_writer_in_between_is_no_error(work: Path) -> None:
    """Who writes when the copy is to be made is waited for, as whoever wrote before."""
    public = work.with_name("public.duckdb")
    prepared = prepare(work, lambda _: Names.of(), "UTC")
    with process(WRITER, work) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()

        assert write(work, public, prepared, AT, "UTC") is None

        writer.communicate("done\n")


def test_a_folder_that_cannot_be_written(work: Path) -> None:
    """One line, and the copy before stays."""
    public = work.with_name("file") / "public.duckdb"
    public.parent.write_text("in the way", encoding="utf-8")

    with pytest.raises(WarehouseError) as refused:
        warehouse.publish(work, public, names=lambda _: Names.of(), as_of=AT, zone="UTC")

    assert "\n" not in str(refused.value)
    assert public.parent.read_text(encoding="utf-8") == "in the way"
