"""What the loopback Typeform knows: forms and responses, from a folder and from tests."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winloss.errors import TypeformError

Json = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """One response: its text as it is served, and the same read once for filtering."""

    text: str
    item: Json

    @property
    def token(self) -> str:
        """What names it."""
        return token_of(self.item)


_NEVER = "0002"
"""Typeform stamps what was never submitted with a day of the year 1."""


class Store:
    """Forms and responses in memory; every method may be called from any thread."""

    def __init__(self) -> None:
        """An account without forms."""
        self._forms: dict[str, Json] = {}
        self._responses: dict[str, dict[str, Stored]] = {}
        self._lock = threading.RLock()

    def forms(self) -> list[Json]:
        """Every form's definition."""
        with self._lock:
            return list(self._forms.values())

    def form(self, form_id: str) -> Json | None:
        """One definition, or nothing when there is no such form (any more)."""
        with self._lock:
            return self._forms.get(form_id)

    def responses(self, form_id: str) -> list[Stored]:
        """Every response of a form, in no order."""
        with self._lock:
            return list(self._responses.get(form_id, {}).values())

    def put_form(self, form_id: str, definition: Json) -> None:
        """Create or replace a form; questions left out lose their answers, as at Typeform."""
        with self._lock:
            kept = set(field_ids(definition.get("fields", [])))
            gone = set(field_ids(self._forms.get(form_id, {}).get("fields", []))) - kept
            self._forms[form_id] = definition
            for stored in self.responses(form_id) if gone else []:
                self.put(form_id, _without(stored.item, gone))

    def new_id(self) -> str:
        """An id no form has yet."""
        with self._lock:
            return _id("form", str(len(self._forms)), *self._forms)[:8]

    def drop_form(self, form_id: str) -> None:
        """Delete a form with its responses."""
        with self._lock:
            self._forms.pop(form_id, None)
            self._responses.pop(form_id, None)

    def put(self, form_id: str, response: Json | str) -> None:
        """Add or replace a response; text is served as it stands, readable or not."""
        text = response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
        stored = Stored(text, json.loads(text, strict=False))
        with self._lock:
            self._responses.setdefault(form_id, {})[stored.token] = stored

    def drop(self, form_id: str, token: str) -> None:
        """Delete a response; an unknown one is ignored, as at Typeform."""
        with self._lock:
            self._responses.get(form_id, {}).pop(token, None)


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


def token_of(item: Json) -> str:
    """The name of a response; old items have only a token or a landing_id."""
    keys = ("token", "response_id", "landing_id")
    return next((str(item[key]) for key in keys if item.get(key)), "")


def field_ids(fields: list[Json]) -> Iterator[str]:
    """The ids of all questions, those inside groups included."""
    for field in fields:
        yield str(field.get("id", ""))
        yield from field_ids(field.get("properties", {}).get("fields", []))


def complete(form_id: str, definition: Json) -> Json:
    """The definition with what Typeform adds: ids, refs and links."""
    links = {
        "display": f"https://form.typeform.com/to/{form_id}",
        "responses": f"https://api.typeform.com/forms/{form_id}/responses",
    }
    fields = [_named(form_id, f"{i}", f) for i, f in enumerate(definition.get("fields", []))]
    return {"type": "quiz", "_links": links} | definition | {"id": form_id, "fields": fields}


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


def _without(item: Json, gone: set[str]) -> Json:
    answers = item.get("answers") or []
    kept = [a for a in answers if a.get("field", {}).get("id") not in gone]
    return item | {"answers": kept} if answers else item


def _named(form_id: str, place: str, part: Json) -> Json:
    """A field or choice with an id and a ref, and so on inside it."""
    named = {"id": _id(form_id, place), "ref": _id("ref", form_id, place)} | part
    inside = dict(part.get("properties", {}))
    for key in ("fields", "choices"):
        if key in inside:
            parts = enumerate(inside[key])
            inside[key] = [_named(form_id, f"{place}.{key}.{i}", each) for i, each in parts]
    return named | ({"properties": inside} if "properties" in part else {})


def _id(*parts: str) -> str:
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:12]
