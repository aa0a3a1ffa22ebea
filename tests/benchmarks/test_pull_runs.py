"""The benchmark of a pull runs, and says so where a contestant ends with other data."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PULL = Path(__file__).parents[2] / "benchmarks" / "pull.py"
SIZE = "200"
OURS = ("winloss", "duckdb-pages", "duckdb-lines")

pytestmark = pytest.mark.slow


def run(work: Path, *contestants: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PULL), "--sizes", SIZE, "--work", str(work), "--contestants"]
    return subprocess.run([*command, *contestants], check=False, capture_output=True, text=True)


def test_all_end_with_what_was_invented_and_who_does_not_ends_the_run(tmp_path: Path) -> None:
    whole = run(tmp_path, *OURS)
    index = tmp_path / SIZE / "pages" / "index.json"
    invented = json.loads(index.read_text("utf-8"))
    invented["totals"]["answers"] += 1
    index.write_text(json.dumps(invented), "utf-8")
    one_too_few = run(tmp_path, "winloss")

    assert whole.returncode == 0, whole.stderr
    assert all(word in whole.stdout for word in (*OURS, "pull", "land", "load", "unfold"))
    assert one_too_few.returncode == 1
    assert "winloss did not end with what was invented: answers" in one_too_few.stdout
