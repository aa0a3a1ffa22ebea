"""A prompt on a pseudo-terminal, as a person sits at one."""

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.querying.command import COMMAND


class Terminal:
    """A prompt on a pseudo-terminal: what is typed, and what is on the screen since."""

    def __init__(self, process: "subprocess.Popen[bytes]", screen: int) -> None:
        self.process = process
        self._screen = screen

    def type(self, keys: str, until: str) -> str:
        """What appears after `keys`, up to and with `until`."""
        os.write(self._screen, keys.encode())
        return self.read(until)

    def interrupt(self) -> str:
        """What appears once Ctrl-C is pressed, up to and with the prompt.

        Pressed in the instant before the editor waits for a key, it is heard at the next key only:
        a person presses again.
        """
        seen = ""
        for _ in range(10):
            os.killpg(self.process.pid, signal.SIGINT)
            seen += self._read("winloss> ", seconds=3)
            if "winloss> " in seen:
                return seen
        raise AssertionError(seen)

    def read(self, until: str) -> str:
        seen = self._read(until, seconds=30)
        assert until in seen, seen
        return seen

    def _read(self, until: str, *, seconds: float) -> str:
        seen, deadline = "", time.monotonic() + seconds
        while until not in seen and time.monotonic() < deadline:
            if select.select([self._screen], [], [], 0.1)[0]:
                with suppress(OSError):  # the far end is closed
                    seen += os.read(self._screen, 65536).decode()
        return seen


@contextmanager
def terminal(home: Path, person: Path) -> Iterator[Terminal]:
    """A prompt that waits for its first line; `person` is the home of who sits there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "sql", "--home", str(home)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "80", "LINES": "40", "TERM": "dumb", "HOME": str(person)},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        found = Terminal(process, ours)
        found.read("winloss> ")
        yield found
    finally:
        process.kill()
        process.wait()
        os.close(ours)
