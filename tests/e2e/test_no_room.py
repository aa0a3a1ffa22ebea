"""A full disk, a folder nobody may write, a damaged file: one line, nothing lost.

Each command is a process of its own, on a disk of its own where this user may mount one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e import killing

from winloss import sample
from winloss.typeform.sandbox import Sandbox

pytestmark = pytest.mark.slow

BUILD = [str(Path(sys.executable).parent / "winloss"), "build", "--full", "--home"]
LAND_SCRIPT = """
import sys
from pathlib import Path
from winloss import sample, steps
from winloss.errors import WinLossError
home, now = Path(sys.argv[1]), sample.NOW
try:
    steps.land(home, steps.pull(home, now), now)
except WinLossError as error:
    sys.exit(f"winloss: {error}")
"""
LAND = [sys.executable, "-c", LAND_SCRIPT]

APART = ["unshare", "--map-root-user", "--mount"]
ON_A_FULL_DISK = """
mount -t tmpfs -o size="$2" full "$1.disk" && cp -r "$1/." "$1.disk" || exit 77
home="$1"; dd if=/dev/zero of="$1.disk/filler" bs=1024 2>/dev/null
truncate --size="-$3" "$1.disk/filler"
shift 3
"$@" "$home.disk"; code=$?
rm "$home.disk/filler"; rm -rf "$home"; cp -r "$home.disk" "$home"
exit $code
"""
ON_A_SEALED_DISK = """
mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 77
home="$1"; shift
"$@" "$home"
"""
NO_SUCH_DISK = 77


@pytest.fixture
def home(begun: Path) -> Path:
    """A programme that has built and published, to fill and to damage."""
    return begun


@pytest.fixture
def sandbox(home: Path) -> Iterator[Sandbox]:
    """The Typeform it reads."""
    with Sandbox(
        home.parent / shutil.copytree(home / "typeform", home.parent / "typeform"),
        token=sample.TOKEN,
    ) as serving:
        yield serving


def run(command: list[str], sandbox: Sandbox | None = None) -> "subprocess.CompletedProcess[str]":
    """A command of the programme's, told where Typeform is."""
    address = {"WINLOSS_TYPEFORM__BASE_URL": sandbox.base_url} if sandbox else {}
    return subprocess.run(
        command,
        env={
            **os.environ,
            **address,
            "COLUMNS": "300",
            "WINLOSS_SIGNING_KEY": sample.SIGNING_KEY,
            "WINLOSS_TYPEFORM_TOKEN": sample.TOKEN,
            "WINLOSS_TYPEFORM__REQUESTS_PER_SECOND": "1000",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def apart(
    script: str, home: Path, *arguments: str, sandbox: Sandbox | None = None
) -> "subprocess.CompletedProcess[str]":
    """A script in a room of its own, where it may mount disks; skipped where it may not."""
    home.with_name(f"{home.name}.disk").mkdir()
    command = [*APART, "sh", "-c", script, "sh", str(home), *arguments]
    try:
        done = run(command, sandbox)
    except FileNotFoundError:
        pytest.skip("there is no unshare, and so no disk of its own")
    if done.returncode == NO_SUCH_DISK or "unshare" in done.stderr:
        pytest.skip("this user may not mount a disk of its own")
    return done


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line a command ended with, where it failed as it should."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    *_, last = done.stderr.splitlines()
    assert last.startswith("winloss: ")
    return last


def leftovers(home: Path) -> list[str]:
    return [path.name for path in home.rglob("*") if path.name.endswith((".part", ".part.wal"))]


@pytest.mark.parametrize("free", ["200K", "2500K"])
def test_full_disk(home: Path, free: str) -> None:
    """No room for the build, or for the copy: both stay, and the next build does it."""
    published = home / "published" / "winloss.duckdb"
    before = killing.state(published), killing.content(home)

    done = apart(ON_A_FULL_DISK, home, "100M", free, *BUILD)

    assert "There is no room to go on (" in said(done)
    assert killing.state(published) == before[0]
    assert leftovers(home) == []
    after = killing.content(home)
    kept = [name for name in after if ": raw." in name] + ["landed"]
    assert {name: after[name] for name in kept} == {name: before[1][name] for name in kept}
    again = run([*BUILD, str(home)])
    assert again.returncode == 0, again.stderr
    assert killing.state(published) != before[0]


@pytest.mark.parametrize("free", ["12K", "200K"])
def test_full_disk_while_it_lands(home: Path, free: str, sandbox: Sandbox, tmp_path: Path) -> None:
    """No room for what was pulled, for a landing file or for the warehouse: nothing is lost."""
    clean = shutil.copytree(home, tmp_path / "clean")
    assert run([*LAND, str(clean)], sandbox).returncode == 0

    done = apart(ON_A_FULL_DISK, home, "100M", free, *LAND, sandbox=sandbox)

    assert "make room" in said(done)
    assert leftovers(home) == []
    assert run([*LAND, str(home)], sandbox).returncode == 0
    assert killing.content(home) == killing.content(clean)


def test_read_only_folder(home: Path) -> None:
    """Where nobody may write, that is said, and nothing is."""
    before = killing.content(home)

    done = apart(ON_A_SEALED_DISK, home, *BUILD)

    assert f"{home / 'warehouse.duckdb'} cannot be opened as a warehouse" in said(done)
    assert killing.content(home) == before


def test_limit_on_the_size_of_a_file(home: Path) -> None:
    """The same as a full disk, on any machine."""
    published = home / "published" / "winloss.duckdb"
    before = killing.state(published)

    done = run(["sh", "-c", 'ulimit -f 400; "$@"', "sh", *BUILD, str(home)])

    assert "There is no room to go on (" in said(done)
    assert killing.state(published) == before
    assert run([*BUILD, str(home)]).returncode == 0


def damage(path: Path, begin: float, end: float) -> None:
    """Write over a part of a file."""
    content = bytearray(path.read_bytes())
    start, stop = int(len(content) * begin), int(len(content) * end)
    content[start:stop] = b"\xa5" * (stop - start)
    path.chmod(0o644)
    path.write_bytes(content)


@pytest.mark.parametrize(("begin", "end"), [(0.0, 0.001), (0.1, 0.9)], ids=["head", "body"])
def test_damaged_work_file(home: Path, begin: float, end: float) -> None:
    """Whether it is seen on opening or on reading: it is named, and the analysts' copy stays."""
    work, published = home / "warehouse.duckdb", home / "published" / "winloss.duckdb"
    before = killing.state(published)
    damage(work, begin, end)
    damaged = work.read_bytes()

    line = said(run([*BUILD, str(home)]))

    assert str(work) in line
    assert "restore a backup" in line
    assert killing.state(published) == before
    assert work.read_bytes() == damaged


def test_damaged_copy(home: Path) -> None:
    """An analysts' copy that was damaged is made anew by the next build."""
    published = home / "published" / "winloss.duckdb"
    damage(published, 0.1, 0.9)
    assert killing.state(published).startswith("unreadable")

    done = run([*BUILD, str(home)])

    assert done.returncode == 0, done.stderr
    assert not killing.state(published).startswith("unreadable")


def test_damaged_landing_file(home: Path, sandbox: Sandbox) -> None:
    """A line that nobody can read is set aside, and the others come in."""
    assert run([*LAND, str(home)], sandbox).returncode == 0
    landed = sorted((home / "landing").rglob("*.ndjson"))
    (home / "warehouse.duckdb").unlink()
    damage(landed[-1], 0.5, 0.6)

    done = run([*LAND, str(home)], sandbox)

    assert done.returncode == 0, done.stderr
    content = killing.content(home)
    assert [row[3] for row in content["warehouse.duckdb: ops.rejects"]].count("damaged line") == 1
    assert len(content["warehouse.duckdb: raw.responses"]) == 3
