"""Writes what a person asked for by name."""

from pathlib import Path

from winloss import files
from winloss.errors import FormError


def write_whole(path: Path, text: str) -> None:
    """Write the file whole or not at all; raises FormError when that cannot be done."""
    try:
        files.write(path, text.encode())
    except OSError as error:
        raise FormError(
            f"{path} could not be written: {error.strerror}. Make room or name another file."
        ) from error
