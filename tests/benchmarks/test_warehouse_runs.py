"""The benchmark of the warehouse runs at a small size, and names every aim."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WAREHOUSE = Path(__file__).parents[2] / "benchmarks" / "warehouse.py"
SIZE = "200"
ACTS = ("duckdb-lines", "full", "week", "publish", "ask")

pytestmark = pytest.mark.long


def run(work: Path, *acts: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(WAREHOUSE), "--sizes", SIZE, "--work", str(work), "--acts"]
    return subprocess.run([*command, *acts], check=False, capture_output=True, text=True)


def test_every_aim_is_measured_and_lost_data_ends_the_run(tmp_path: Path) -> None:
    whole = run(tmp_path, *ACTS)
    index = tmp_path / SIZE / "pages" / "index.json"
    invented = json.loads(index.read_text("utf-8"))
    invented["totals"]["answers"] += 1
    index.write_text(json.dumps(invented), "utf-8")
    one_too_few = run(tmp_path, "duckdb-lines")

    assert whole.returncode == 0, whole.stderr
    aims = ("over plain DuckDB, CPU", "weekly build and publish", "slowest question", "peak memory")
    assert all(word in whole.stdout for word in (*ACTS, *aims))
    assert one_too_few.returncode == 1
    assert "land did not end with what was invented: answers" in one_too_few.stdout
