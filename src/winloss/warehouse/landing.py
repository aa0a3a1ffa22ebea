"""Turns pages as sent into immutable lines, one response each, losing none.

A line is `{form_id, form_kind, source, fetched_at, item}` with the item as compact JSON whose
keys are sorted, so that the same response lands as the same bytes however it was laid out.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

NOT_AN_OBJECT = "not an object"


@dataclass(frozen=True)
class Reject:
    """One input set aside, or used with a reservation; `detail` holds no customer's words."""

    source: str
    entity: str
    record_id: str | None
    reason: str
    detail: str
    at_line: int | None = None


class _Page(msgspec.Struct):
    items: list[msgspec.Raw]


@dataclass(frozen=True)
class Item:
    """One response as it will land, with what was odd about it."""

    text: bytes
    oddities: tuple[str, ...] = ()


def items(page: bytes) -> Iterator[Item]:
    """Every response on a page, tolerant of whatever the page holds.

    Raises ValueError when the page as a whole is no JSON object with a list of items.
    """
    try:
        strict = msgspec.json.decode(page, type=_Page).items
    except (msgspec.MsgspecError, UnicodeDecodeError):
        yield from _tolerant_items(page)
        return
    for raw in strict:
        yield _strict_item(bytes(raw))


def _strict_item(raw: bytes) -> Item:
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _tolerant_item(raw)
    text = msgspec.json.encode(found, order="sorted")
    # Only a duplicate key (or another spelling of the same value) changes the length.
    if len(text) != len(msgspec.json.format(raw, indent=-1)):
        return _tolerant_item(raw)
    return Item(text, () if isinstance(found, dict) else (NOT_AN_OBJECT,))


def _tolerant_item(raw: bytes) -> Item:
    return next(_tolerant_items(b'{"items":[' + raw + b"]}"))


def _tolerant_items(page: bytes) -> Iterator[Item]:
    repeated: list[dict[str, Any]] = []

    def keep_last(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        whole = dict(pairs)
        if len(whole) != len(pairs):
            repeated.append(whole)
        return whole

    text = page.decode("utf-8", errors="replace")
    found = json.loads(text, strict=False, object_pairs_hook=keep_last)
    listed = found.get("items") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no list of items")  # noqa: TRY004 (as JSON itself would say it)
    for item in listed:
        yield _mended(item, repeated)


def _mended(item: object, repeated: list[dict[str, Any]]) -> Item:
    escaped = json.dumps(item, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    mended = escaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    oddities = {
        "duplicate key": any(_holds(item, each) for each in repeated),
        "broken encoding": "\ufffd" in escaped,
        "lone surrogate": mended != escaped,
        NOT_AN_OBJECT: not isinstance(item, dict),
    }
    return Item(mended.encode(), tuple(name for name, is_so in oddities.items() if is_so))


def _holds(tree: object, part: object) -> bool:
    if tree is part:
        return True
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return any(_holds(each, part) for each in inner)


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

    Returns the files and what was odd. A page that is no page at all is set aside whole.
    """
    files, rejects = [], []
    for page in pages:
        head = {
            "form_id": form_id,
            "form_kind": form_kind,
            "source": source,
            "fetched_at": fetched_at.isoformat(),
        }
        try:
            lines, odd = _lines(gzip.decompress(page.read_bytes()), head)
        except (ValueError, OSError, EOFError):
            odd = [Reject("typeform", "page", page.name, "unreadable page", form_id)]
            lines = []
        rejects += odd
        if lines:
            files.append(_write(folder / form_id, b"".join(lines)))
    return files, rejects


def land_definition(
    folder: Path, definition: Path, *, form_id: str, form_kind: str, fetched_at: datetime
) -> Path:
    """Write a form's definition as a landing line of its own."""
    line = {
        "form_id": form_id,
        "form_kind": form_kind,
        "source": "definition",
        "fetched_at": fetched_at.isoformat(),
        "item": msgspec.Raw(_whole(gzip.decompress(definition.read_bytes()))),
    }
    return _write(folder / form_id, msgspec.json.encode(line, order="sorted") + b"\n")


def _whole(document: bytes) -> bytes:
    """A JSON document as it will land, as tolerantly read as a page."""
    found = json.loads(document.decode("utf-8", errors="replace"), strict=False)
    return _mended(found, []).text


def _lines(page: bytes, head: dict[str, str]) -> tuple[list[bytes], list[Reject]]:
    lines, rejects = [], []
    for number, item in enumerate(items(page), 1):
        if NOT_AN_OBJECT not in item.oddities:
            lines.append(msgspec.json.encode({**head, "item": msgspec.Raw(item.text)}) + b"\n")
        rejects += [
            Reject("typeform", "response", _identity(item.text), oddity, head["form_id"], number)
            for oddity in item.oddities
        ]
    return lines, rejects


def _identity(text: bytes) -> str | None:
    found = msgspec.json.decode(text)
    if not isinstance(found, dict):
        return None
    identity = found.get("response_id") or found.get("token") or found.get("landing_id")
    return str(identity) if identity else None


def _write(folder: Path, content: bytes) -> Path:
    """Write under a name made from the content: temporary name, flush to disk, rename."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:24]}.ndjson"
    if path.exists():
        return path
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return path
