"""`winloss sql` and `winloss export` in processes of their own, at a terminal and without one."""

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl
import pytest
from tests.querying.command import COMMAND, winloss


class Terminal:
    """A prompt on a pseudo-terminal: what is typed, and what is on the screen since."""

    def __init__(self, process: "subprocess.Popen[bytes]", screen: int) -> None:
        self.process = process
        self._screen = screen

    def type(self, keys: str, until: str) -> str:
        """What appears after `keys`, up to and with `until`."""
        os.write(self._screen, keys.encode())
        return self.read(until)

    def read(self, until: str) -> str:
        seen, deadline = "", time.monotonic() + 30
        while until not in seen:
            assert time.monotonic() < deadline, seen
            if select.select([self._screen], [], [], 0.1)[0]:
                with suppress(OSError):  # the far end is closed
                    seen += os.read(self._screen, 65536).decode()
        return seen


@contextmanager
def terminal(home: Path) -> Iterator[Terminal]:
    """A prompt that waits for its first line."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "sql", "--home", str(home)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "80", "LINES": "40", "TERM": "dumb"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        found = Terminal(process, ours)
        found.read("winloss> ")
        yield found
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_session(published_home: Path, tmp_path: Path) -> None:
    """Queries over lines, an error that ends nothing, a table's meaning, a file, the end."""
    out = tmp_path / "mine.parquet"

    with terminal(published_home) as prompt:
        prompt.type("select count(*) as held\n", "...> ")
        assert "three" not in prompt.type("from marts.decisions;\n", "one row")
        assert "failed" in prompt.type("select nope;\n", "winloss> ")
        assert "One row per decision" in prompt.type(".schema decisions\n", "fetched_at")
        assert "who_is_silent" in prompt.type(".examples\n", "win_rate_by_competitor")
        prompt.type(f".out {out}\n", "winloss> ")
        prompt.type("from marts.decisions;\n", "written to")
        os.write(prompt._screen, b".quit\n")
        assert prompt.process.wait(timeout=20) == 0

    assert pl.read_parquet(out).height == 3
    history = published_home / ".sql_history"
    assert "select nope;" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_it_completes_words(published_home: Path) -> None:
    """Tab ends the name of a table and of a column."""
    pytest.importorskip("readline")
    with terminal(published_home) as prompt:
        assert "marts.decisions" in prompt.type("from marts.decisions_\b\t", "marts.decisions")
        os.killpg(prompt.process.pid, signal.SIGINT)
        prompt.read("winloss> ")
        assert "customer_since_on" in prompt.type("select customer_si\t", "customer_since_on")


def test_ctrl_c_drops_the_line(published_home: Path) -> None:
    """What was begun is forgotten; the prompt goes on."""
    with terminal(published_home) as prompt:
        prompt.type("select 1\n", "...> ")
        os.killpg(prompt.process.pid, signal.SIGINT)
        prompt.read("winloss> ")

        assert "two" in prompt.type("select 'two' as n;\n", "one row")


def test_a_newer_copy_is_told_of(published_home: Path, tmp_path: Path) -> None:
    """Who keeps the prompt open reads the old copy, and is told so."""
    import shutil

    home = tmp_path / "home"
    shutil.copytree(published_home, home)
    copy = home / "published" / "winloss.duckdb"
    with terminal(home) as prompt:
        newer = copy.with_name("newer")
        shutil.copy(copy, newer)
        newer.replace(copy)

        shown = prompt.type("select count(*) as n from marts.decisions;\n", "one row")

    assert "A newer copy has been published" in shown


def test_a_pipe_is_a_query(published_home: Path) -> None:
    """What comes from a pipe is asked, without a prompt or colours."""
    done = winloss("sql", home=published_home, typed="select 1 as n;")

    assert (done.stdout.split(), done.stderr) == (["n", "1", "one", "row"], "")


def test_an_error_is_one_line(published_home: Path) -> None:
    """On stderr, with exit code 1."""
    done = winloss("sql", "select nope from marts.decisions", home=published_home)

    assert done.returncode == 1
    assert done.stderr.startswith("winloss: The query failed: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_parquet_needs_a_file(published_home: Path) -> None:
    """Bytes are not printed on a terminal."""
    done = winloss("sql", "select 1 as n", "--format", "parquet", home=published_home)

    assert (done.returncode, "--out" in done.stderr) == (1, True)


def test_export(published_home: Path, tmp_path: Path) -> None:
    """The command says what it wrote, and where."""
    done = winloss("export", str(tmp_path / "out"), home=published_home)

    assert done.returncode == 0, done.stderr
    assert "manifest.json written to" in done.stdout
    assert pl.read_parquet(tmp_path / "out" / "marts" / "decisions.parquet").height == 3
