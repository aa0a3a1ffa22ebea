"""Lets one push at a time work on a programme, so that no two make a form for one kind.

The lock is the operating system's own, on `.push/lock`: it ends with its process, however that
ends. The file says who holds it, and stays.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from io import FileIO
from pathlib import Path

from winloss.errors import FormError, SettingsError
from winloss.files import take

PATIENCE_SECONDS = 10.0
_BETWEEN_SECONDS = 0.1


@contextmanager
def alone(home: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the programme's folder for one push.

    Raises FormError, saying who holds it, after waiting `patience` seconds; SettingsError
    where there can be no lock.
    """
    with ExitStack() as held:
        path = home / ".push" / "lock"
        try:
            path.parent.mkdir(exist_ok=True)
            file = held.enter_context(path.open("a+b", buffering=0))
            _wait(file, patience)
            file.truncate(0)
            file.write(f"process {os.getpid()}, since {_now()}".encode())
        except OSError as error:
            raise SettingsError(
                f"{path} cannot be locked: {error.strerror}. Allow it, then push again."
            ) from error
        yield


def _wait(file: FileIO, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            take(file)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() < until:
                time.sleep(_BETWEEN_SECONDS)
                continue
            file.seek(0)
            holder = file.read(100).decode("utf-8", "replace")
            raise FormError(
                f"Another push of this programme is under way ({holder or 'just begun'}). Wait "
                "until it has ended, then push again."
            ) from error
        return


def _now() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
