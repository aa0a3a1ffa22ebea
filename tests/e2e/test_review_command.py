"""`winloss review` at a terminal: what it says, how it ends, and killed at any moment."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.e2e.command import winloss
from tests.e2e.reviewed import asked, exported
from tests.reviewing import filling

from winloss.reviewing import Wanted

BIN = Path(sys.executable).parent / "winloss"

pytestmark = pytest.mark.slow


def review(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return winloss(home, "review", *arguments)


def test_exported_filled_and_taken_back(home: Path, tmp_path: Path) -> None:
    """Where the files lie; how many were taken; rows that were not; how many to go; what next."""
    made = review(home, "export", "--texts", "5", "--reviewer", "Ben")
    (sheet,) = (home / "review").glob("review-*.csv")
    codes = iter(["support", "suport"])
    saved = filling.filled(
        sheet, tmp_path / "back.csv", lambda _: {"reasons": next(codes, ""), "comment": "hm"}
    )
    taken = review(home, "import", str(saved), "--reviewer", "Ann")
    again = review(home, "import", str(saved), "--reviewer", "Ann")

    assert (made.returncode, made.stderr) == (0, "")
    for done in (taken, again):
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "One row was refused; mend what is said above in the sheet" in done.stderr
    assert "five texts, one of them without a suggestion" in made.stdout
    assert str(sheet) in made.stdout
    assert str(sheet.with_suffix(".html")) in made.stdout
    assert "taken          1, from Ann" in taken.stdout
    assert "made for       back.csv: somebody other than Ann" in taken.stdout
    assert "left empty     3" in taken.stdout
    assert "back.csv row 3: no reason is called 'suport'; near it: support" in taken.stdout
    assert "one text; 199 more and what was learned decides" in taken.stdout
    assert "winloss build" in taken.stdout
    assert "back.csv row 2, back.csv row 3" in taken.stdout
    assert "unchanged      1" in again.stdout
    assert "winloss build" not in again.stdout


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("export", "--second"), "--reviewer", 1),
        (("export", "--disputed"), "No two people disagree", 1),
        (("export", "--second", "--disputed"), "choose one", 2),
        (("export", "--texts", "0"), "--texts", 2),
        (("import", "nowhere.csv", "--reviewer", "Ann"), "cannot be read", 1),
        (("import", "winloss.toml"), "--reviewer", 2),
    ],
)
def test_errors(home: Path, arguments: tuple[str, ...], said: str, code: int) -> None:
    """What is wrong and what to do; one line where it is no mistake in typing."""
    done = review(home, *arguments)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert code == 2 or done.stderr.count("\n") == 1


@pytest.mark.parametrize("reviewer", ["", " ", "x" * 61, "\x1b[31mAnn"])
def test_a_name_that_is_none(home: Path, tmp_path: Path, reviewer: str) -> None:
    sheet = exported(home, tmp_path, Wanted(1))

    done = review(home, "import", str(sheet), "--reviewer", reviewer)

    assert done.returncode == 1
    assert "who filled the sheet in" in done.stderr


def test_killed_and_typed_again(home: Path, tmp_path: Path) -> None:
    """Killed at any moment and run again, every row is on record once."""
    sheet = exported(home, tmp_path)
    saved = filling.filled(sheet, tmp_path / "back.csv", lambda _: {"reasons": "support; budget"})
    command = [str(BIN), "review", "import", str(saved), "--reviewer", "Ann", "--home", str(home)]
    for delay in (0.6, 1.2, 1.6, 2.0):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        process.kill()
        process.communicate(timeout=20)

    last = review(home, "import", str(saved), "--reviewer", "Ann")

    assert last.returncode == 0, last.stderr
    assert asked(home, "select count(*), count(distinct text_hash || stance) from raw.labels") == [
        (80, 40)
    ]
