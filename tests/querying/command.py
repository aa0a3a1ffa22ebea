"""Runs `winloss` in a process of its own, as an analyst does."""

import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-c", "from winloss.cli import main; main()"]


def winloss(*words: str, home: Path, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """What a command printed, without a terminal."""
    return subprocess.run(
        [*COMMAND, *words, "--home", str(home)],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
