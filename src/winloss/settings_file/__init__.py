"""Writes a form into `winloss.toml` in place: comments and everything else stay as they are."""

import contextlib
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from winloss import files, settings
from winloss.errors import SettingsError
from winloss.settings_file.editing import edited, identity, table

__all__ = ["add_form", "table"]


def add_form(
    path: Path,
    *,
    form_id: str,
    kind: str,
    signed: bool | None = None,
    questions: Mapping[str, str] = {},
    choices: Mapping[str, Mapping[str, str]] = {},
    notes: Mapping[str, str] = {},
) -> None:
    """Add the form to the settings file, or bring the one table of that id up to date.

    What is not given stays as the file has it: `signed` alone, `questions` and `choices`
    together, since a mapping is replaced whole. `notes` become comments beside the questions,
    by their refs. The new text takes the file's place only once
    it reads as Settings and says nothing else new; a crash leaves the old file.
    Raises SettingsError, and leaves the file untouched, when it is not valid TOML, when it
    holds the id twice, when the result would not read, and when it cannot be written.
    """
    target = path.resolve()
    wanted: dict[str, Any] = {"id": form_id, "kind": kind}
    if signed is not None:
        wanted["signed"] = signed
    if questions or choices:
        wanted["questions"] = dict(questions)
        wanted["choices"] = {ref: dict(known) for ref, known in choices.items()}
    old = _text(target)
    new = edited(old, wanted, target, notes)
    _is_only_this(old, new, wanted, target)
    if new != old:
        _replace(target, new)


def _text(target: Path) -> str:
    try:
        return target.read_bytes().decode().removeprefix("\ufeff")
    except FileNotFoundError as error:
        raise SettingsError(
            f"There is no {target}; write one first, or try `winloss sample {target.parent}`."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"{target} could not be read: {error.strerror}. Allow it, and run the command again."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{target} is not UTF-8; save it as UTF-8 and try again.") from error


def _is_only_this(old: str, new: str, wanted: Mapping[str, Any], target: Path) -> None:
    """Read both with another reader: nothing but the form may differ."""
    try:
        is_same = _others(old, wanted["id"]) == _others(new, wanted["id"])
        found = [form for form in _forms(tomllib.loads(new)) if identity(form) == wanted["id"]]
        has_form = len(found) == 1 and all(
            found[0].get(name, {}) == value for name, value in wanted.items()
        )
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{target} is not valid TOML: {error}.") from error
    if not (is_same and has_form):
        raise SettingsError(
            f"{target} is laid out in a way that cannot be edited safely; put all its "
            f"[[typeform.forms]] tables together, or add the form {wanted['id']} by hand."
        )


def _others(text: str, form_id: str) -> dict[str, Any]:
    """Everything the settings say but for the one form."""
    values = tomllib.loads(text)
    parent = values.get("typeform", {})
    rest = [form for form in _forms(values) if identity(form) != form_id]
    return values | {"typeform": parent | {"forms": rest}}


def _forms(values: Mapping[str, Any]) -> list[Any]:
    return list(values.get("typeform", {}).get("forms", []))


def _replace(target: Path, text: str) -> None:
    """Write beside the file, read it as Settings, and rename it into its place."""
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            draft = Path(folder) / settings.FILE
            files.write(draft, text.encode())
            _must_read(draft, target)
            draft.chmod(target.stat().st_mode & 0o777)
            draft.replace(target)
            # Some file systems cannot flush a folder; the rename holds without it.
            with contextlib.suppress(OSError):
                files.flush(target.parent)
    except OSError as error:
        raise SettingsError(
            f"{target} could not be written: {error.strerror}. Make room or allow writing to "
            f"{target.parent}, and run the command again; the file is as it was."
        ) from error


def _must_read(draft: Path, target: Path) -> None:
    try:
        settings.read(draft.parent)
    except SettingsError as error:
        said = str(error).replace(str(draft), str(target))
        raise SettingsError(f"The form was not written, the settings would not read: {said}") from (
            error
        )
