"""Fills the loopback Typeform from a folder, recorded or invented."""

import json
from pathlib import Path

from winloss.errors import TypeformError
from winloss.typeform.sandbox.items import Json, token_of
from winloss.typeform.sandbox.store import Store

_NEVER = "0002"
"""Typeform stamps what was never submitted with a day of the year 1."""


def load(folder: Path) -> Store:
    """A store filled from a recorded or invented folder.

    Two layouts: `forms/<id>.json` with `responses/<id>/*.json`, or one `form.json` with
    `responses/*.json`; every file of responses is a page of any size.
    Raises TypeformError when the folder has neither or a file is not JSON.
    """
    store = Store()
    for path in sorted((folder / "forms").glob("*.json")):
        _fill(store, _read(path), path.stem, folder / "responses" / path.stem)
    single = folder / "form.json"
    if single.is_file():
        definition = _read(single)
        _fill(store, definition, str(definition.get("id", "form")), folder / "responses")
    if not store.forms():
        raise TypeformError(
            f"{folder} holds no forms: neither forms/*.json nor form.json. "
            "`winloss sample` writes a folder that does."
        )
    return store


def _fill(store: Store, definition: Json, form_id: str, pages: Path) -> None:
    store.put_form(form_id, definition)
    items = [item for path in pages.glob("*.json") for item in _read(path).get("items", [])]
    for item in sorted(items, key=_state):
        store.put(form_id, item)


def _state(item: Json) -> tuple[bool, str, str]:
    """What comes later stands for a response: a finished one, then the newer one."""
    stamps = [str(item.get(name) or "") for name in ("submitted_at", "staged_at", "landed_at")]
    told = [stamp for stamp in stamps if stamp > _NEVER]
    return stamps[0] > _NEVER, next(iter(told), ""), token_of(item)


def _read(path: Path) -> Json:
    try:
        found = json.loads(path.read_text("utf-8"), strict=False)
    except (OSError, ValueError) as error:
        raise TypeformError(f"{path} cannot be read as JSON; record it again.") from error
    if not isinstance(found, dict):
        raise TypeformError(f"{path} is not a JSON object; record it again.")
    return found
