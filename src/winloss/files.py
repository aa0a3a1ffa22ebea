"""Writes files whole or not at all, under names that stay in their folder."""

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from winloss.errors import WinLossError

_OF_THE_DISK = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.EIO, errno.ENOTDIR, errno.EEXIST),
)

if sys.platform == "win32":
    import msvcrt

    # There a locked byte cannot be read, so it lies far behind what a file says.
    _BYTE = 1 << 30

    def take(file: FileIO) -> None:
        """Lock an open file for this process alone; raises OSError while another has it."""
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(file: FileIO) -> None:
        """Lock an open file for this process alone; raises OSError while another has it."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write piece by piece: under a temporary name, flushed to disk, and renamed.

    A cut leaves either the whole file or what was there before; of several writers at once the
    last rename decides. Raises OSError, and then leaves nothing behind.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file at once, as `writing` does."""
    with writing(path) as file:
        file.write(content)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Raise WinLossError where the disk is full, fails, or lets nobody write below `folder`."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            raise
        raise WinLossError(
            f"{error.filename or folder} cannot be written ({error.strerror}). What was there is "
            "as it was; make room, or see who may write there, then run this again."
        ) from error


def safe_name(text: str) -> str:
    """A name for a file or folder made of any text: never a way out of its folder."""
    return quote(text, safe="").replace(".", "%2E")


def flush(path: Path) -> None:
    """Have a file's bytes on disk, or a folder's names: only then is a rename there for good.

    Raises OSError, also where the file system cannot flush a folder.
    """
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
