"""Actions as a person states them, in a folder of their own, and as the next edition tells them."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from tests.e2e.command import winloss

from winloss import acting, sample
from winloss.acting import Wanted

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent / "winloss"
ADD = ("add", "A person on site for ten days", "--owner", "Ann", "--due", "2026-10-09")
SATURDAY = ("--now", "2026-10-03T09:00:00")
MONDAY = ("--now", "2026-10-05T03:00:00")


def action(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return winloss(home, "action", *arguments)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A programme that has not run yet."""
    return sample.write(tmp_path / "home", preset="small").home


def test_add_list_done(home: Path) -> None:
    """Each command says what it did; what is done leaves the list and stays on record."""
    empty = action(home, "list", *SATURDAY)
    added = action(home, *ADD, "--reason", "onboarding", *SATURDAY)
    standard = ("add", "No, in writing", "--owner", "Ben", "--kind", "standard", "--measure", "log")
    held = action(home, *standard, *SATURDAY)
    finished = action(home, "done", "a1", "--outcome", "both named", *MONDAY)
    still = action(home, "list", *MONDAY)
    every = action(home, "list", "--all", *MONDAY)

    assert "winloss action add" in empty.stdout
    assert "A1" in added.stdout
    assert "A2" in held.stdout
    assert "done" in finished.stdout
    assert "A person on site" not in still.stdout
    assert "No, in writing" in still.stdout
    assert "done: both named" in every.stdout
    for each in (empty, added, held, finished, still, every):
        assert (each.returncode, each.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "x", "--owner", "Ann"), "--due 2026-10-31"),
        (("add", "x", "--owner", "Ann", "--due", "2026-10-02"), "is past"),
        (("add", " ", "--owner", "Ann", "--due", "2026-10-09"), "empty"),
        (("add", "x" * 141, "--owner", "Ann", "--due", "2026-10-09"), "141 letters"),
        ((*ADD, "--reason", "onbording"), "near it: onboarding"),
        (("add", "x", "--owner", "Ann", "--kind", "standard"), "--measure"),
        (("done", "A7"), "winloss action list --all"),
        (("done", "\x1b[31m"), "no action '[31m'"),
    ],
)
def test_errors_in_one_line(home: Path, arguments: tuple[str, ...], said: str) -> None:
    """What is wrong, and what to do; nothing is put on record."""
    done = action(home, *arguments, *SATURDAY)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert "No action" in action(home, "list", "--all", *SATURDAY).stdout


def test_done_twice(home: Path) -> None:
    """The day it was done stays, and the second outcome is refused in one line."""
    action(home, *ADD, *SATURDAY)
    action(home, "done", "A1", *SATURDAY)

    again = action(home, "done", "A1", "--outcome", "really", *MONDAY)

    assert again.returncode == 1
    assert "2026-10-03" in again.stderr
    assert "really" not in action(home, "list", "--all", *MONDAY).stdout


def test_killed_and_said_again(home: Path) -> None:
    """Killed at any moment and typed again, an action is on record once."""
    command = [str(BIN), "action", *ADD, *SATURDAY, "--home", str(home)]
    for delay in (0.2, 0.5, 0.8, 1.1, 1.4):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        process.kill()
        process.communicate(timeout=20)

    last = action(home, *ADD, *SATURDAY)

    assert last.returncode == 0, last.stderr
    found = acting.listed(home, now=sample.NOW)
    assert found["action_id"].to_list() == ["A1"]


def test_two_at_once(home: Path) -> None:
    """Two people at two terminals get two names, and neither waits in vain."""
    acting.listed(home, now=sample.NOW)
    processes = [
        subprocess.Popen(
            [str(BIN), "action", "add", f"Deed {number}", *ADD[2:], *SATURDAY, "--home", str(home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(3)
    ]
    for process in processes:
        process.communicate(timeout=60)

    found = acting.listed(home, now=sample.NOW)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(found["action_id"]) == ["A1", "A2", "A3"]


def test_it_is_in_the_next_edition(programme) -> None:
    """What was stated and done before the edition's instant stands in it; later news waits."""
    early = sample.NOW - timedelta(days=40)
    due = (sample.NOW - timedelta(days=10)).date()
    wanted = Wanted("A person <b>on site</b>", "Ann", due, reason="onboarding")
    acting.add(programme.home, wanted, now=early)
    acting.finish(programme.home, "A1", "named", now=sample.NOW - timedelta(days=20))
    late = Wanted("Answer quotes in a day", "Ben", due)
    acting.add(programme.home, late, now=early)
    after = Wanted("Said after the edition", "Cat", sample.NOW.date())
    acting.add(programme.home, after, now=sample.NOW + timedelta(hours=1))

    programme.run()

    text = (programme.edition / "weekly.txt").read_text(encoding="utf-8")
    html = (programme.edition / "weekly.html").read_text(encoding="utf-8")
    full = (programme.edition / "full.html").read_text(encoding="utf-8")
    assert "Done, and back: A person <b>on site</b>." in text
    assert "Overdue since 25 September (Ben): Answer quotes in a day." in text
    assert "<b>on site" not in html + full
    assert "It came back" in full
    assert "Said after" not in text + html + full


def test_analysts_have_it(programme) -> None:
    """The published copy has each action with its owner, and of a return only the quarter."""
    wanted = Wanted("A person on site", "Ann", sample.NOW.date(), reason="onboarding")
    acting.add(programme.home, wanted, now=sample.NOW - timedelta(days=40))
    acting.finish(programme.home, "A1", None, now=sample.NOW - timedelta(days=20))

    programme.run()

    path = programme.home / "published" / "winloss.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "select owner, status, returned_count > 0,"
            " returned_on = date_trunc('quarter', returned_on) from marts.actions"
        ).fetchall()
    assert found == [("Ann", "done", True, True)]
