"""The commands, as a person types them: real processes, the real flow, Prefect's own server."""

import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from winloss import sample


def winloss(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "winloss"), *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


@pytest.mark.slow
def test_demo_twice(tmp_path: Path) -> None:
    """The newcomer's command ends by saying where things lie, twice, and mails once."""
    first = winloss("demo", "here", cwd=tmp_path)
    second = winloss("demo", "here", cwd=tmp_path)

    folder = tmp_path / "here" / "editions" / f"weekly-{sample.WEEK}-all"
    subject = (folder / "subject.txt").read_text(encoding="utf-8").strip()
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    for part in (subject, "the e-mail", "its text twin", "for analysts", "written to"):
        assert part in first.stdout
    assert "written to" not in second.stdout
    assert "had it already" in second.stdout
    assert "Traceback" not in first.stderr + second.stderr
    assert "leaked" not in first.stderr + second.stderr
    assert "building marts" in first.stderr


def test_help_teaches(tmp_path: Path) -> None:
    """`winloss --help` names the first steps; each command explains itself."""
    assert "winloss demo" in winloss("--help", cwd=tmp_path).stdout
    assert "2026-W40" in winloss("run", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("command", [(), ("run",), ("forms",), ("forms", "push"), ("action",)])
def test_the_short_way_to_help(tmp_path: Path, command: tuple[str, ...]) -> None:
    """`-h` is --help, of each command and each room of commands."""
    short, long = (winloss(*command, option, cwd=tmp_path) for option in ("-h", "--help"))

    assert (short.returncode, short.stdout) == (0, long.stdout)
    assert "Usage: winloss" in short.stdout


@pytest.mark.parametrize("command", ["run", "listen", "sweep"])
def test_help_names_the_secrets_that_are_needed(tmp_path: Path, command: str) -> None:
    said = winloss(command, "--help", cwd=tmp_path).stdout

    assert "WINLOSS_TYPEFORM_TOKEN" in said
    assert "WINLOSS_SIGNING_KEY" in said


def test_the_version_is_the_installed_one(tmp_path: Path) -> None:
    done = winloss("--version", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, f"winloss {metadata.version('winloss')}\n")


def test_the_samples_settings_say_the_true_commands(tmp_path: Path) -> None:
    """Whoever opens winloss.toml first finds what `winloss sample` printed."""
    printed = winloss("sample", "here", "--preset", "small", cwd=tmp_path).stdout
    commands = [line.strip() for line in printed.splitlines() if line.startswith("  ")]
    text = (tmp_path / "here" / "winloss.toml").read_text(encoding="utf-8")
    told = [line.removeprefix("#   ") for line in text.splitlines() if line.startswith("#   ")]

    assert len(commands) == 4
    in_the_folder = [each.replace(" here/", " ").replace(" --home here", "") for each in commands]
    assert told == in_the_folder


def test_help_loads_nothing_slow() -> None:
    """What makes a start slow is not loaded to print help."""
    slow = {"prefect", "polars", "duckdb", "scipy", "pydantic", "starlette", "requests"}
    code = "import sys, winloss.cli; print(*sys.modules)"

    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert slow & set(found) == set()


def test_expected_error_is_one_line(tmp_path: Path) -> None:
    """A folder without settings: one line, what to do next, exit 1, no traceback."""
    done = winloss("run", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.strip().count("\n") == 0
    assert "winloss sample DIR" in done.stderr


def test_sample_over_a_file(tmp_path: Path) -> None:
    """A name that is taken by a file is told in one line, and the file stays."""
    (tmp_path / "taken").write_text("mine")

    done = winloss("sample", "taken", cwd=tmp_path)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "taken" in done.stderr
    assert (tmp_path / "taken").read_text() == "mine"


def test_usage_error(tmp_path: Path) -> None:
    """A wrong option is a usage error."""
    assert winloss("run", "--wek", "2026-W40", cwd=tmp_path).returncode == 2


def test_sandbox_serves(tmp_path: Path) -> None:
    """`winloss sandbox` serves a sample folder until it is stopped."""
    import urllib.error
    import urllib.request

    assert winloss("sample", "here", "--preset", "small", cwd=tmp_path).returncode == 0
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "winloss"), "sandbox", "here/typeform", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        line = ""
        deadline = time.monotonic() + 30
        while "http://127.0.0.1:" not in line and time.monotonic() < deadline:
            line = process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http://")).rstrip("./,)")
        request = urllib.request.Request(
            f"{url}/forms", headers={"Authorization": f"Bearer {sample.TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            body = answer.read().decode()
    finally:
        process.terminate()
        process.communicate(timeout=20)

    assert sample.FORM_IDS["lost_deal"] in body
