"""The codebook: reasons and the terms that speak for them, read and proved to agree.

Both files lie in sql/seeds; `patterns` says how a term is written.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from winloss import resources
from winloss.coding.codebook import patterns
from winloss.errors import CodebookError

Polarity = Literal["ours_good", "ours_bad", "theirs_good", "theirs_bad", "neutral"]

REASON_COLUMNS = (
    "reason,parent,label,definition,include,exclude,example,valid_from,valid_to".split(",")  # noqa: SIM905
)
TERM_COLUMNS = ["reason", "pattern", "weight", "polarity", "note"]
WEIGHTS = (1, 2, 3)
_CODE = re.compile(r"[a-z][a-z_]*")


@dataclass(frozen=True)
class Reason:
    """One code; a top-level one has no parent and is never given to a text."""

    reason: str
    parent: str | None
    label: str
    definition: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Term:
    """One way of saying a reason.

    `weight` 1 names the subject only, 2 says something of it, 3 leaves no doubt. `polarity` is
    None for a subject whose words around it decide.
    """

    reason: str
    pattern: str
    weight: int
    polarity: Polarity | None


@dataclass(frozen=True)
class Codebook:
    """Reasons and terms of one version; the version is a hash of both files' content."""

    version: str
    reasons: dict[str, Reason]
    terms: tuple[Term, ...]


def read(folder: Path | None = None) -> Codebook:
    """The codebook in `folder` (reasons.csv, reasons.terms.csv); by default the one we ship.

    Raises CodebookError for a missing column or file, an unknown or repeated reason, a missing
    parent, a term nobody can read, or a weight or polarity that does not exist.
    """
    seeds = folder or resources.folder("sql") / "seeds"
    reason_rows = _rows(seeds / "reasons.csv", REASON_COLUMNS)
    term_rows = _rows(seeds / "reasons.terms.csv", TERM_COLUMNS)
    reasons = _reasons(reason_rows)
    terms = tuple(_term(row, line, reasons) for line, row in enumerate(term_rows, start=2))
    _refuse_repeats((f"{t.reason}: {t.pattern}" for t in terms), "reasons.terms.csv")
    return Codebook(_version(reason_rows, term_rows), reasons, terms)


def _rows(path: Path, columns: list[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(f"{path.name} cannot be read: {error}; mend the file.") from error
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise CodebookError(f"{path.name} lacks the column {missing[0]}; add it to the header.")
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise CodebookError(f"{path.name} row {line} has too few or many cells; quote commas.")
    return rows


def _reasons(rows: list[dict[str, str]]) -> dict[str, Reason]:
    _refuse_repeats((row["reason"] for row in rows), "reasons.csv")
    tops = {row["reason"] for row in rows if not row["parent"]}
    for row in rows:
        if not _CODE.fullmatch(row["reason"]):
            raise CodebookError(f"reasons.csv: {row['reason']!r} is no code; use a-z and _.")
        if row["parent"] and row["parent"] not in tops:
            raise CodebookError(
                f"reasons.csv: {row['reason']} has the parent {row['parent']!r}, which is not a"
                " top-level reason; add it or mend the name."
            )
        if not row["label"]:
            raise CodebookError(f"reasons.csv: {row['reason']} has no label; write one.")
    return {row["reason"]: _reason(row) for row in rows}


def _reason(row: dict[str, str]) -> Reason:
    try:
        valid_from = date.fromisoformat(row["valid_from"])
        valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    except ValueError as error:
        raise CodebookError(
            f"reasons.csv: {row['reason']} has a date that is none; write it as 2026-01-01."
        ) from error
    parent = row["parent"] or None
    return Reason(row["reason"], parent, row["label"], row["definition"], valid_from, valid_to)


def _term(row: dict[str, str], line: int, reasons: dict[str, Reason]) -> Term:
    reason = reasons.get(row["reason"])
    where = f"reasons.terms.csv row {line} ({row['pattern']!r})"
    if reason is None or reason.parent is None:
        raise CodebookError(f"{where} names {row['reason']!r}, which is no reason of the codebook.")
    if row["weight"] not in map(str, WEIGHTS):
        raise CodebookError(f"{where} has the weight {row['weight']!r}; use 1, 2 or 3.")
    if row["polarity"] and row["polarity"] not in get_args(Polarity):
        raise CodebookError(f"{where} has an unknown polarity {row['polarity']!r}.")
    patterns.read(row["pattern"])
    polarity = cast("Polarity", row["polarity"]) if row["polarity"] else None
    return Term(row["reason"], row["pattern"], int(row["weight"]), polarity)


def _refuse_repeats(keys: Iterable[str], file_name: str) -> None:
    repeated = [key for key, times in Counter(keys).items() if times > 1]
    if repeated:
        raise CodebookError(f"{file_name}: {repeated[0]!r} is there twice; remove one.")


def _version(*files: list[dict[str, str]]) -> str:
    """The first eight digits of a hash over every cell, so that line ends do not matter."""
    cells = "\x1e".join("\x1f".join(row.values()) for rows in files for row in rows)
    return hashlib.sha256(cells.encode()).hexdigest()[:8]
