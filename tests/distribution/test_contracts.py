"""Imports point one way, and the folders stay what the contracts take them for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FORBIDDEN = [
    pytest.param("reports/weekly.py", "import duckdb", "Only warehouse opens DuckDB", id="duckdb"),
    pytest.param("reports/weekly.py", "import prefect", "Only flows imports Prefect", id="prefect"),
    pytest.param("src/winloss/weeks.py", "import winloss.crm", "one way", id="ground to room"),
    pytest.param("src/winloss/crm/__init__.py", "import winloss.lenses", "one way", id="rooms"),
    pytest.param("src/winloss/helpers.py", "", "has a floor", id="a module without a floor"),
]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    script = (
        f"import sys; sys.path[:0] = [{str(root)!r}, {str(root / 'src')!r}]\n"
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=root, capture_output=True, check=False, text=True)


def test_kept(checkout: Path) -> None:
    """Every contract holds for the code as it is."""
    found = lint(checkout)

    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("path", "line", "contract"), FORBIDDEN)
def test_broken(clean_copy: Path, tmp_path: Path, path: str, line: str, contract: str) -> None:
    """An import that points the wrong way breaks the contract that names where the thing lives."""
    copy = tmp_path / "checkout"
    shutil.copytree(clean_copy, copy)
    with (copy / path).open("a") as file:
        file.write(f"\n{line}\n")

    found = lint(copy)

    assert found.returncode == 1
    assert contract in " ".join(found.stdout.partition("Broken contracts")[2].split())


@pytest.mark.parametrize("folder", ["flows", "reports"])
def test_content_is_no_package(checkout: Path, folder: str) -> None:
    """What a person edits is loaded by path; an __init__.py would make it importable."""
    found = list((checkout / folder).rglob("__init__.py"))

    assert found == []
