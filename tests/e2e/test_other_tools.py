"""Whatever else opens the analysts' copy reads it as the README says: each of its lines is run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## For analysts\n")[2].partition("\n## ")[0]
BIN = Path(sys.executable).parent


def fenced(language: str) -> list[str]:
    """The blocks of one language that the README gives analysts."""
    return re.findall(rf"^```{language}\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)


LINES = [line for block in fenced("bash") for line in block.splitlines() if line.strip()]
OUTSIDE = [line for line in LINES if line.startswith(("duckdb ", "python "))]


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """Where an analyst stands: beside the published copy, and nothing else of the programme."""
    (tmp_path / "published").symlink_to(finished / "published")
    return tmp_path


def ran(folder: Path, *command: str) -> str:
    """What a command prints; it must end well."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("line", OUTSIDE, ids=lambda line: line.partition(" ")[0])
def test_line(line: str, folder: Path) -> None:
    """DuckDB's own command line, an older release than ours, and Python."""
    assert "OPP-" in ran(folder, "sh", "-c", line)


def test_examples_in_the_command_line_of_duckdb(folder: Path) -> None:
    """A question of `sql/examples` is answered there too, macros and all."""
    question = ROOT / "sql" / "examples" / "win_rate_by_competitor.sql"

    assert "Lodestar Freight" in ran(
        folder, "duckdb", "-readonly", "published/winloss.duckdb", "-f", str(question)
    )


def test_polars_reads_the_export(folder: Path, finished: Path) -> None:
    """The lines for Polars find decisions in the folder that `winloss export` wrote."""
    ran(folder, "winloss", "export", "parquet", "--home", str(finished))
    (block,) = fenced("python")
    *lines, last = block.strip().splitlines()

    assert "OPP-" in ran(folder, "python", "-c", "\n".join([*lines, f"print({last})"]))


def test_every_line_is_covered() -> None:
    """Each line of the section is run here, or begins with our own command, which others run."""
    assert {line.split()[0] for line in LINES} == {"duckdb", "python", "winloss"}
