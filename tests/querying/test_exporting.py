"""Parquet for other tools: the copy's own rows, with a manifest that can be checked."""

import hashlib
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from winloss import exporting, settings
from winloss.errors import WarehouseError


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return found


def test_the_same_rows_as_the_copy(published_home: Path, tmp_path: Path) -> None:
    """Every table of the copy, row for row and type for type, and no other file."""
    folder = tmp_path / "export"

    exporting.export(published_home, folder)

    described = manifest(folder)["tables"]
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*.*")}
    assert on_disk == {each["file"] for each in described} | {"manifest.json"}
    copy = settings.read(published_home).published
    with duckdb.connect(str(copy), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()")
        assert {f"{schema}.{table}" for schema, table in tables.fetchall()} == {
            each["table"] for each in described
        }
        for each in described:
            file = f"read_parquet('{folder / each['file']}')"
            differing = connection.execute(
                f"(from {each['table']} except all from {file})"
                f" union all (from {file} except all from {each['table']})"
            ).fetchall()
            assert differing == [], each["table"]


def test_the_manifest_can_be_checked(published_home: Path, tmp_path: Path) -> None:
    """Rows, bytes, digest, columns and their meanings are those of the files."""
    folder = tmp_path / "export"

    exporting.export(published_home, folder)

    found = manifest(folder)
    assert found["published_at"] == "2026-10-05T04:00:00Z"
    assert found["codebook_version"]
    for each in found["tables"]:
        content = (folder / each["file"]).read_bytes()
        frame = pl.read_parquet(folder / each["file"])
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
        assert (each["byte_count"], each["row_count"]) == (len(content), frame.height)
        assert [column["name"] for column in each["columns"]] == frame.columns
        assert all(column["meaning"] for column in each["columns"])
        assert each["grain"]


def test_twice_is_the_same(published_home: Path, tmp_path: Path) -> None:
    """The same copy gives the same bytes, and replaces an earlier export as a whole."""
    folder = tmp_path / "export"
    exporting.export(published_home, folder)
    before = manifest(folder)
    (folder / "marts" / "left_over.parquet").write_bytes(b"of another version")

    exporting.export(published_home, folder)

    assert manifest(folder) == before
    assert not (folder / "marts" / "left_over.parquet").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize(
    ("name", "content"), [("notes.txt", ""), ("manifest.json", "[]"), ("manifest.json", "{}")]
)
def test_no_other_folder_is_replaced(
    published_home: Path, tmp_path: Path, name: str, content: str
) -> None:
    """A folder that an export did not make stays as it is."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / name).write_text(content, encoding="utf-8")

    with pytest.raises(WarehouseError, match="holds something other"):
        exporting.export(published_home, tmp_path / "theirs")

    assert [path.name for path in (tmp_path / "theirs").iterdir()] == [name]


def test_nothing_published(tmp_path: Path) -> None:
    """Without a copy nothing is written, and the next step is said."""
    (tmp_path / settings.FILE).write_text('company = "Harbourline"\n', encoding="utf-8")

    with pytest.raises(WarehouseError, match="winloss run"):
        exporting.export(tmp_path, tmp_path / "export")

    assert [path.name for path in tmp_path.iterdir()] == [settings.FILE]


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from winloss import exporting, files

def die(path, content):
    if sys.argv[3] == "stay":
        print("here", flush=True)
        signal.pause()
    os.kill(os.getpid(), signal.SIGKILL)

files.write = die
exporting.export(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def leftovers(folder: Path) -> list[Path]:
    """What an export has beside its folder while it works, or left when it was killed."""
    return sorted(folder.parent.glob(".*"))


def test_what_a_killed_export_left_is_cleared(published_home: Path, tmp_path: Path) -> None:
    """The next one clears it, but not what another that still works is writing."""
    folder = tmp_path / "export"
    command = [sys.executable, "-c", KILLED_WHILE_WRITING, str(published_home), str(folder)]
    killed = subprocess.run([*command, "die"], check=False)
    left = leftovers(folder)
    with subprocess.Popen([*command, "stay"], stdout=subprocess.PIPE) as working:
        assert working.stdout is not None
        working.stdout.readline()
        of_the_working = sorted({*leftovers(folder)} - {*left})

        exporting.export(published_home, folder)

        found = leftovers(folder)
        working.kill()
    assert killed.returncode == -signal.SIGKILL
    assert [path.suffix for path in left] == [".lock", ".part"]
    assert [path.suffix for path in of_the_working] == [".lock", ".part"]
    assert found == of_the_working
    assert (folder / "manifest.json").is_file()


INTERRUPTED = """
import os, shutil, signal, sys
from pathlib import Path
from winloss import exporting

home, folder, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
rename, rmtree = Path.rename, shutil.rmtree

def press():
    os.kill(os.getpid(), signal.SIGINT)

def renamed(path, target):
    if moment == f"before {path.suffix}":
        press()
    found = rename(path, target)
    if moment == f"after {path.suffix}":
        press()
    return found

def removed(path, **more):
    if moment == f"removing {path.suffix}":
        press()
    rmtree(path, **more)

Path.rename, shutil.rmtree = renamed, removed
exporting.export(home, folder)
"""


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("before .part", []),
        ("after .part", []),
        ("after ", []),
        ("removing .before", [".before", ".lock"]),
    ],
)
def test_an_interrupted_export(
    published_home: Path, tmp_path: Path, moment: str, left: list[str]
) -> None:
    """Ctrl-C while folders are renamed or removed: an export is there, and the next one clears."""
    folder = tmp_path / "export"
    exporting.export(published_home, folder)
    before = manifest(folder)
    command = [sys.executable, "-c", INTERRUPTED, str(published_home), str(folder), moment]

    interrupted = subprocess.run(command, check=False, capture_output=True, text=True)

    assert interrupted.stderr.endswith("KeyboardInterrupt\n")
    assert manifest(folder) == before
    assert [path.suffix for path in leftovers(folder)] == left
    exporting.export(published_home, folder)
    assert manifest(folder) == before
    assert leftovers(folder) == []
