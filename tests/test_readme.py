"""The README stays true."""

import re
from pathlib import Path

import pytest
import typer.main

import winloss
from winloss import cli, resources
from winloss.warehouse import models

TEMPLATES = resources.folder("templates")
ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    """Each command has help, and a line in the README."""
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]

    assert [name for name, command in commands.items() if not command.help] == []
    assert [name for name in commands if not re.search(f"(winloss|make) {name}", README)] == []


LENSES = sorted(path.stem for path in (TEMPLATES / "forms" / "blocks").glob("*.yaml"))


@pytest.mark.parametrize("lens", LENSES)
def test_a_lens_is_whole_and_documented(lens: str) -> None:
    """One name in five rooms, and a line in the README."""
    judgement = Path(winloss.__file__).parent / "lenses"
    rooms = [
        resources.folder("sql") / "marts" / f"{lens}.sql",
        resources.folder("sql") / "reports" / f"{lens}.sql",
        *(TEMPLATES / "sections" / f"{lens}.{kind}.j2" for kind in ("html", "txt")),
        TEMPLATES / "full" / f"{lens}.html.j2",
    ]

    assert [path for path in rooms if not path.is_file()] == []
    assert (judgement / f"{lens}.py").is_file() or (judgement / lens / "__init__.py").is_file()
    assert f"| `{lens}` |" in README


def test_nothing_stands_among_the_lenses_that_is_none() -> None:
    """Who looks into a room of the lenses finds the same names."""
    judgement = {path.stem for path in (Path(winloss.__file__).parent / "lenses").glob("[!_]*")}
    sections = {path.name.partition(".")[0] for path in (TEMPLATES / "sections").glob("*.j2")}

    assert judgement == set(LENSES)
    assert sections - {"brief"} == set(LENSES)
    assert set(LENSES) <= set(models.MARTS)


def test_ci_runs_the_readmes_test_command() -> None:
    """What CI runs last is what the README tells a newcomer."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "make test    # every test" in README
    assert script.rstrip().endswith("make test")


def test_folders_exist() -> None:
    """Every folder of the table is there."""
    named = re.findall(r"^\| `([a-z/]+)/` \|", README, re.MULTILINE)

    assert len(named) == 7
    assert [name for name in named if not (ROOT / name).is_dir()] == []
