"""What Typeform sent, kept as files: whole or absent, under names that stay in their folder."""

import gzip
import os
from pathlib import Path
from urllib.parse import quote

from winloss.errors import WinLossError

# Level 9 takes four times as long for a tenth fewer bytes (measured on pages of real responses).
_LEVEL = 1


def folder_of(pulls: Path, form_id: str) -> Path:
    """Where a form's answers are kept, whatever its id: a folder of its own right below `pulls`."""
    return pulls / quote(form_id, safe="").replace(".", "%2E")


def keep(path: Path, body: bytes) -> Path:
    """Write the body compressed: under a temporary name, flushed to disk, renamed.

    Raises WinLossError when it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(part, path, gzip.compress(body, _LEVEL, mtime=0))
    except OSError as error:
        raise WinLossError(
            f"{path} could not be written ({error.strerror}). Make room or mend the folder, "
            "then pull again."
        ) from error
    return path


def _write(part: Path, path: Path, content: bytes) -> None:
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
