"""`winloss` as a person calls it: in a process of its own, on a programme's folder."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent / "winloss"


def winloss(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """What `winloss … --home HOME` says, in plain letters and unfolded lines."""
    return subprocess.run(
        [str(BIN), *arguments, "--home", str(home)],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
