"""`winloss sql` and `winloss export` in processes of their own, without a terminal."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import polars as pl
import pytest
from tests.querying.command import COMMAND, winloss

from winloss import settings


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


@pytest.mark.parametrize("words", ["win_rate_by_competitor", "select 1 as n"])
def test_a_table_in_a_file(published_home: Path, tmp_path: Path, words: str) -> None:
    """The ending .txt is a table; so is one that says nothing."""
    for name in ("mine.txt", "mine"):
        out = tmp_path / name

        done = winloss("sql", words, "--out", str(out), home=published_home)

        assert (done.returncode, done.stderr) == (0, "")
        assert out.read_text(encoding="utf-8").splitlines()[-1].split()[-1] in ("row", "rows")


def test_the_ending_says_the_format(published_home: Path, tmp_path: Path) -> None:
    """Of CSV, JSON and Parquet; what --format says counts for more."""
    files = [tmp_path / f"mine.{ending}" for ending in ("csv", "JSON", "parquet")]
    for out in files:
        done = winloss("sql", "select 1 as n", "--out", str(out), home=published_home)
        assert (done.returncode, done.stderr) == (0, "")

    assert files[0].read_text(encoding="utf-8") == "n\n1\n"
    assert json.loads(files[1].read_bytes()) == [{"n": 1}]
    assert pl.read_parquet(files[2]).rows() == [(1,)]
    words = ("--format", "json", "--out", str(files[0]))
    assert winloss("sql", "select 2 as n", *words, home=published_home).returncode == 0
    assert json.loads(files[0].read_bytes()) == [{"n": 2}]


def test_several_answers(published_home: Path, tmp_path: Path) -> None:
    """All of them are shown; a file holds one, and that is said."""
    out = tmp_path / "mine.csv"
    shown = winloss("sql", "select 1 as one_; select 2 as two_", home=published_home)
    refused = winloss("sql", "select 1; select 2", "--out", str(out), home=published_home)
    made = winloss(
        *("sql", "create temp table mine as select 3 as n; from mine", "--out", str(out)),
        home=published_home,
    )

    assert shown.stdout.split() == ["one_", "1", "one", "row", "two_", "2", "one", "row"]
    assert refused.stderr.startswith("winloss: The query gives two answers, and a file holds one")
    assert (made.stderr, out.read_text(encoding="utf-8")) == ("", "n\n3\n")


def test_a_damaged_copy(published_home: Path, tmp_path: Path) -> None:
    """Cut short, or broken within: how to make it anew is said, on one line."""
    home = tmp_path / "home"
    shutil.copytree(published_home, home)
    copy = settings.read(home).published
    copy.chmod(0o644)
    whole = copy.read_bytes()
    for content in (b"no copy at all", whole[:20_000], whole[:12_288] + bytes(len(whole) - 12_288)):
        copy.write_bytes(content)

        done = winloss("sql", "from marts.decisions", home=home)

        assert done.returncode == 1
        assert "is damaged" in done.stderr
        assert "`winloss build` makes it anew" in done.stderr
        assert done.stderr.count("\n") == 1


def test_ctrl_c(published_home: Path) -> None:
    """A query that would go on for days ends at once, without a traceback."""
    endless = "select sum(hash(range)) from range(1000000000000)"
    with subprocess.Popen(
        [*COMMAND, "sql", f"select 'begun' as n; {endless}", "--home", str(published_home)],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as run:
        assert run.stdout is not None
        while "begun" not in run.stdout.readline():
            assert run.poll() is None
        time.sleep(0.3)
        run.send_signal(signal.SIGINT)
        assert "Stopped" in run.stdout.read().splitlines()[-1]

    assert run.returncode == 130
