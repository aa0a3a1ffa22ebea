"""Turns what Typeform sent into immutable lines, one response each, losing none.

A line is `{form_id, form_kind, source, fetched_at, item, oddities?}`: the item as compact JSON
with sorted keys, and what had to be mended in it. Files land under a temporary name, are flushed
to disk and renamed, so that a cut leaves either the whole file or none.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from winloss import files
from winloss.warehouse import mending


@dataclass(frozen=True)
class Reject:
    """One input set aside, or used with a reservation; `detail` holds no customer's words."""

    source: str
    entity: str
    record_id: str | None
    reason: str
    detail: str
    at_line: int | None = None


def land_pages(
    folder: Path,
    pages: Iterable[Path],
    *,
    form_id: str,
    form_kind: str,
    source: str,
    fetched_at: datetime,
) -> tuple[list[Path], list[Reject]]:
    """Write each page's responses as one landing file; a page already landed is left alone.

    Returns the files and what could not land: pages that are none, and items that are none. What
    landed with a reservation says so in its line.
    """
    files, rejects = [], []
    head = _head(form_id, form_kind, source, fetched_at)
    for page in pages:
        try:
            found = list(mending.items(gzip.decompress(page.read_bytes())))
        except (ValueError, OSError, EOFError):
            rejects.append(Reject("typeform", "page", page.name, "unreadable page", form_id))
            continue
        lines = [_line(head, item) for item in found if item.text]
        rejects += [
            Reject("typeform", "response", None, item.oddities[0], form_id, number)
            for number, item in enumerate(found, 1)
            if not item.text
        ]
        if lines:
            files.append(write_lines(folder, form_id, b"".join(lines)))
    return files, rejects


def land_item(
    folder: Path,
    body: bytes,
    *,
    form_id: str,
    form_kind: str,
    source: str,
    received_at: datetime,
) -> Path:
    """Write one item as a landing file of its own; the same item again writes nothing.

    Its name comes from the form, the source and the item, not from the instant. Raises ValueError
    where the body is no JSON object, OSError where it cannot be written.
    """
    item = mending.read(body)
    if not item.text:
        raise ValueError(item.oddities[0])
    name = hashlib.sha256(b"\n".join((form_id.encode(), source.encode(), item.text)))
    line = _line(_head(form_id, form_kind, source, received_at), item)
    return write_lines(folder, form_id, line, name=name.hexdigest())


def land_definition(
    folder: Path, definition: Path, *, form_id: str, form_kind: str, fetched_at: datetime
) -> tuple[list[Path], list[Reject]]:
    """Write a form's definition as a landing line of its own, unless it is none.

    A translation has fields without types and is no definition; titles are those of the base form.
    """
    try:
        item = mending.read(gzip.decompress(definition.read_bytes()))
    except (OSError, EOFError):
        item = mending.Item(b"", (mending.UNREADABLE,))
    if not item.text or _is_translation(item.text):
        return [], [Reject("typeform", "definition", None, "unreadable definition", form_id)]
    line = _line(_head(form_id, form_kind, "definition", fetched_at), item)
    return [write_lines(folder, form_id, line)], []


def _is_translation(definition: bytes) -> bool:
    fields = json.loads(definition).get("fields")
    if not isinstance(fields, list) or not fields:
        return False
    return not any(isinstance(field, dict) and field.get("type") for field in fields)


def _head(form_id: str, form_kind: str, source: str, fetched_at: datetime) -> dict[str, str]:
    return {
        "form_id": form_id,
        "form_kind": form_kind,
        "source": source,
        "fetched_at": fetched_at.isoformat(),
    }


def _line(head: dict[str, str], item: mending.Item) -> bytes:
    odd = {"oddities": item.oddities} if item.oddities else {}
    return msgspec.json.encode({**head, "item": msgspec.Raw(item.text), **odd}) + b"\n"


def write_lines(folder: Path, form_id: str, content: bytes, *, name: str | None = None) -> Path:
    """Write a landing file of a form, named by its content or as given, unless it is there.

    Raises OSError where it cannot be written; a cut leaves either the whole file or none.
    """
    home = folder / files.safe_name(form_id)
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{(name or hashlib.sha256(content).hexdigest())[:24]}.ndjson"
    if not path.exists():
        files.write(path, content)
    return path
