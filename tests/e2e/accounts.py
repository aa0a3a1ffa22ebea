"""A programme's folder and its account at Typeform, for the commands of surveys as code."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.typeform.surveys.pushed import empty_account
from typer.testing import CliRunner

from winloss.cli import app
from winloss.errors import WinLossError
from winloss.typeform.sandbox import Sandbox


@dataclass(frozen=True)
class Account:
    """A programme's folder and its account at Typeform."""

    home: Path
    sandbox: Sandbox
    token: str = "sandbox"

    def command(self, *arguments: str) -> list[str]:
        winloss = str(Path(sys.executable).parent / "winloss")
        return [winloss, "forms", *arguments, "--home", str(self.home)]

    def process(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The same as a person runs it."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment | {"COLUMNS": "80"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "WINLOSS_TYPEFORM__BASE_URL": self.sandbox.base_url,
            "WINLOSS_TYPEFORM__REQUESTS_PER_SECOND": "1000",
            "WINLOSS_TYPEFORM_TOKEN": self.token,
        }

    def forms(self, *arguments: str, **settings: str) -> tuple[list[str], str]:
        """What a command prints, and the error it ends with, or nothing."""
        given = ["forms", *arguments, "--home", str(self.home)]
        given_env = self.environment | {"COLUMNS": "10000"} | settings
        done = CliRunner().invoke(app, given, env=given_env)
        if isinstance(done.exception, WinLossError):
            return done.stdout.splitlines(), str(done.exception)
        assert done.exit_code == 0, done.exception
        return done.stdout.splitlines(), ""

    def said(self, *arguments: str, **settings: str) -> list[str]:
        """What a command that succeeds prints."""
        lines, error = self.forms(*arguments, **settings)
        assert error == ""
        return lines

    @property
    def ids(self) -> dict[str, str]:
        """Form kind -> the id that winloss.toml notes."""
        noted = tomllib.loads((self.home / "winloss.toml").read_text("utf-8"))
        return {form["kind"]: form["id"] for form in noted["typeform"]["forms"]}

    def differing(self, *kinds: str) -> list[str]:
        """The lines of a check that finds something."""
        lines, error = self.forms("check", *kinds)
        assert "ifference" in error
        return [line[4:] for line in lines if line.startswith("  - ")]

    def append(self, toml: str) -> None:
        """Add to winloss.toml."""
        with (self.home / "winloss.toml").open("a", encoding="utf-8") as file:
            file.write(toml)

    def beside(self, name: str) -> "Account":
        """Another programme of the same account."""
        home = self.home / name
        home.mkdir()
        (home / "winloss.toml").write_text('company = "Longquay"\n', "utf-8")
        return Account(home, self.sandbox)


@contextmanager
def opened(folder: Path) -> Iterator[Account]:
    """A programme without forms, and an account without any."""
    (folder / "winloss.toml").write_text('company = "Harbourline" # ours\n', "utf-8")
    with empty_account(folder / "typeform") as sandbox:
        yield Account(folder, sandbox)
