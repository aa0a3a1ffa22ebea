"""The README stays true."""

import re
from pathlib import Path

import typer.main

from winloss import cli, resources
from winloss.warehouse import models

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    """Each command has help, and a line in the README."""
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]

    assert [name for name, command in commands.items() if not command.help] == []
    assert [name for name in commands if not re.search(f"(winloss|make) {name}", README)] == []


def test_every_lens_is_documented() -> None:
    """Each lens has its line."""
    assert [lens for lens in models.LENSES if f"| `{lens}` |" not in README] == []


def test_lens_is_whole() -> None:
    """A lens is one name in five rooms."""
    folders = {
        "blocks": resources.folder("templates") / "forms" / "blocks",
        "marts": resources.folder("sql") / "marts",
        "reports": resources.folder("sql") / "reports",
        "judgement": Path(cli.__file__).parent / "lenses",
        "html": resources.folder("templates") / "sections",
        "text": resources.folder("templates") / "sections",
    }
    names = {
        "blocks": "{}.yaml",
        "marts": "{}.sql",
        "reports": "{}.sql",
        "judgement": "{}.py",
        "html": "{}.html.j2",
        "text": "{}.txt.j2",
    }
    missing = [
        folder / names[room].format(lens)
        for lens in models.LENSES
        for room, folder in folders.items()
        if not (folder / names[room].format(lens)).is_file()
    ]

    assert missing == []
    assert {path.stem for path in folders["blocks"].glob("*.yaml")} == set(models.LENSES)


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
