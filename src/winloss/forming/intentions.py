"""Notes, before a form is made, that it is to be, so that a push that was cut off knows its own.

Between Typeform making a form and winloss.toml naming it anything may end the push. So it first
writes a random mark into `.push/` in the programme's folder, and makes the form with the mark in
its title; once winloss.toml names the form, the right title is sent and the note thrown away.
A form with the noted mark is therefore this programme's own and is used without asking. Any
other form that asks the same may be another programme's, and is used on a person's word alone.
"""

import re
import secrets
from pathlib import Path

from winloss import files
from winloss.errors import SettingsError

_MARK = re.compile(r"[0-9a-f]{12}")


def noted(home: Path, kind: str) -> str:
    """The mark of a push that did not come to its end, or nothing."""
    try:
        found = _path(home, kind).read_text("utf-8", "replace").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _unusable(_path(home, kind), error) from error
    return found if _MARK.fullmatch(found) else ""


def note(home: Path, kind: str) -> str:
    """The mark to make a form with, on disk before anything is sent; an earlier one is kept.

    Raises SettingsError when it cannot be written.
    """
    mark, path = noted(home, kind), _path(home, kind)
    if mark:
        return mark
    mark = secrets.token_hex(6)
    try:
        path.parent.mkdir(exist_ok=True)
        files.write(path, mark.encode())
    except OSError as error:
        raise _unusable(path, error) from error
    return mark


def forget(home: Path, kind: str) -> None:
    """Throw the note away: winloss.toml names the form."""
    _path(home, kind).unlink(missing_ok=True)


def _path(home: Path, kind: str) -> Path:
    return home / ".push" / kind


def _unusable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(f"{path} cannot be used: {error.strerror}. Allow it, then push again.")
