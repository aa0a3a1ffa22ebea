"""Writes the published copy as Parquet, for tools that do not read DuckDB files.

The same tables with the same consents and masks: nothing is read but the copy itself.
"""

import glob
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from winloss import files, settings
from winloss.errors import WarehouseError
from winloss.warehouse.analysing import Analyst, Relation, analysing

MANIFEST = "manifest.json"
_MADE_BY = "winloss export"
_SHAPE_VERSION = 1
_LOCK = ".lock"


def export(home: Path, folder: Path) -> tuple[Path, ...]:
    """Write every table of the programme's published copy into `folder`, and a manifest.

    An earlier export there is replaced as a whole. Cut off anywhere, either the one before or
    the new one is there; only between two renames neither, until this is run again. Raises
    WarehouseError where nothing is published, where `folder` holds something else, and where
    it cannot be written; then it stays as it was.
    """
    programme = settings.read(home)
    folder = folder.resolve()
    _refuse_others(folder)
    try:
        with _beside(folder) as (part, before):
            with analysing(programme.published, zone="UTC") as analyst:
                written = _write(analyst, part)
            _swap(part, folder, before)
        _clear(folder)
    except OSError as error:
        raise WarehouseError(
            f"{folder} cannot be written ({error.strerror}); name another folder, or free the disk."
        ) from error
    return tuple(folder / name for name in written)


@contextmanager
def _beside(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A new folder to write, and a name for the one before, both ours while this process lives."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    name = f".{folder.name}.{secrets.token_hex(4)}"
    lock = folder.with_name(f"{name}{_LOCK}")
    try:
        with lock.open("xb", buffering=0) as file:
            files.take(file)
            part, before = _left_by(lock)
            try:
                part.mkdir()
                yield part, before
            finally:
                _discard(lock, folder)
    finally:
        _release(lock)


def _left_by(lock: Path) -> tuple[Path, Path]:
    """The folders that the holder of a lock writes: the new one, and the one before."""
    return lock.with_suffix(".part"), lock.with_suffix(".before")


def _discard(lock: Path, folder: Path) -> None:
    """Remove what the holder of a lock wrote; the one before only where another took its place."""
    part, before = _left_by(lock)
    shutil.rmtree(part, ignore_errors=True)
    if folder.exists():
        shutil.rmtree(before, ignore_errors=True)


def _release(lock: Path) -> None:
    """Remove a lock, but where something is left that the next export finds by it."""
    if not any(left.exists() for left in _left_by(lock)):
        lock.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Remove what exports into `folder` left that were killed: their lock has ended with them."""
    for lock in folder.parent.glob(f".{glob.escape(folder.name)}.*{_LOCK}"):
        with suppress(OSError):
            with lock.open("r+b", buffering=0) as file:
                files.take(file)
                _discard(lock, folder)
            _release(lock)


def _refuse_others(folder: Path) -> None:
    """Never replace a folder that an export did not make."""
    if not folder.exists():
        return
    with suppress(OSError, ValueError, AttributeError):
        if not folder.is_dir() or not any(folder.iterdir()):
            if folder.is_dir():
                return
        elif json.loads((folder / MANIFEST).read_bytes()).get("made_by") == _MADE_BY:
            return
    raise WarehouseError(
        f"{folder} holds something other than an export; nothing was changed. Name a new folder."
    )


def _write(analyst: Analyst, part: Path) -> list[str]:
    described = [_table(analyst, each, part) for each in analyst.relations()]
    manifest = {
        "made_by": _MADE_BY,
        "shape_version": _SHAPE_VERSION,
        **analyst.published(),
        "tables": described,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    files.write(part / MANIFEST, f"{text}\n".encode())
    for schema in sorted({each.parent for each in part.rglob("*.parquet")}):
        files.flush(schema)
    files.flush(part)
    return [each["file"] for each in described]


def _table(analyst: Analyst, relation: Relation, part: Path) -> dict[str, Any]:
    name = f"{relation.schema}/{relation.table}.parquet"
    path = part / name
    path.parent.mkdir(exist_ok=True)
    analyst.ask(f"from {relation.name}").save(path)
    files.flush(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "table": relation.name,
        "file": name,
        "grain": relation.grain,
        "row_count": analyst.count(relation.name),
        "byte_count": path.stat().st_size,
        "sha256": digest,
        "columns": [
            {"name": each.name, "type": each.data_type, "meaning": each.meaning}
            for each in relation.columns
        ],
    }


def _swap(part: Path, folder: Path, before: Path) -> None:
    """Put the new folder in the place of the one before, or else, even cut off, that one back."""
    try:
        if folder.exists():
            folder.rename(before)
        part.rename(folder)
    except BaseException:
        if before.exists() and not folder.exists():
            before.rename(folder)
        raise
    files.flush(folder.parent)
