"""`winloss serve` as a process of its own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.typeform.receiver.sender import SECRET, Running

WINLOSS = str(Path(sys.executable).parent / "winloss")


@dataclass(frozen=True)
class Served(Running):
    """A receiver in a process; `stderr` is where its log goes."""

    process: "subprocess.Popen[bytes]"
    introduction: str

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it, and give its exit code and its log."""
        self.process.send_signal(by)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said.decode()


@contextmanager
def serve(home: Path, *before: str, **limits: object) -> Iterator[Served]:
    """A receiver that has said that it listens; `before` stands before its command."""
    environment = {
        **os.environ,
        "WINLOSS_WEBHOOK_SECRET": SECRET.decode(),
        **{f"WINLOSS_RECEIVER__{name.upper()}": str(value) for name, value in limits.items()},
    }
    process = subprocess.Popen(
        [*before, WINLOSS, "serve", "--home", str(home), "--port", "0"],
        env=environment,
        stderr=subprocess.PIPE,
    )
    try:
        said = introduced(process)
        port = re.search(r"http://127\.0\.0\.1:(\d+)/typeform", said)
        assert port, said
        yield Served(home, int(port[1]), process, said)
    finally:
        process.kill()
        process.communicate()


def introduced(process: "subprocess.Popen[bytes]") -> str:
    """What it says before the first delivery."""
    assert process.stderr is not None
    said = ""
    while line := process.stderr.readline().decode().rstrip("\n"):
        said += line + "\n"
    return said
