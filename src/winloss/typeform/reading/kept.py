"""What Typeform sent, kept as files, compressed."""

import gzip
from pathlib import Path

from winloss import files
from winloss.errors import WinLossError

# Level 9 takes four times as long for a tenth fewer bytes (measured on pages of real responses).
_LEVEL = 1


def folder_of(pulls: Path, form_id: str) -> Path:
    """Where a form's answers are kept: a folder of its own right below `pulls`."""
    return pulls / files.safe_name(form_id)


def keep(path: Path, body: bytes) -> Path:
    """Write the body compressed, whole or not at all.

    Raises WinLossError when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, gzip.compress(body, _LEVEL, mtime=0))
    except OSError as error:
        raise WinLossError(
            f"{path} could not be written ({error.strerror}). Make room or mend the folder, "
            "then pull again."
        ) from error
    return path
