"""Writes a file whole or not at all."""

import os
from pathlib import Path

from winloss.errors import FormError


def write_whole(path: Path, text: str) -> None:
    """Write under a temporary name, flush, rename; raises FormError when that cannot be done."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FormError(
            f"{path} could not be written: {error.strerror}. Make room or name another file."
        ) from error
