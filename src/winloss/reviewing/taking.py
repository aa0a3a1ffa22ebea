"""Filled sheets, judged as a whole: each row taken or refused, and none against another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from winloss.coding.codebook import Codebook
from winloss.errors import ReviewError
from winloss.reviewing import ids
from winloss.reviewing.ids import Key, RowName
from winloss.reviewing.judging import Judge, Judged
from winloss.reviewing.refusing import RowError
from winloss.reviewing.spreadsheets import Filled
from winloss.warehouse.reviewing import Known
from winloss.wording import listed

Sheets = Mapping[Path, Sequence[Filled]]
_MOST_ROWS_NAMED = 6


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken: `cause` in a few words of ours, `what` to do."""

    file: str
    line: int
    name: str
    """The row's name where it is one of ours, else empty: a cell may hold anything."""
    cause: str
    what: str


@dataclass(frozen=True)
class _Row:
    file: str
    filled: Filled
    judged: Judged


def judged(known: Known, codebook: Codebook, sheets: Sheets) -> tuple[list[Judged], list[Refusal]]:
    """Every row that is filled in, taken or refused.

    Raises ReviewError for a file of which no row was made by this programme.
    """
    named = {name for rows in sheets.values() for name in _names(known, rows)}
    for path, rows in sheets.items():
        if rows and not any(_names(known, rows)):
            raise ReviewError(
                f"{path} was not made by this programme, or its first column was changed; "
                "import it where it was exported."
            )
    judge = _judge(known, codebook, named)
    taken, refusals = [], []
    for path, rows in sheets.items():
        for filled in rows:
            if filled.is_empty:
                continue
            name = ids.read(known.salt, filled.name)
            try:
                each = judge.judge(filled, name)
            except RowError as refused:
                refusal = _refusal(path.name, filled, refused.cause, str(refused))
                refusals.append(refusal if name else replace(refusal, name=""))
            else:
                taken.append(_Row(path.name, filled, each))
    return _agreeing(taken, refusals)


def _names(known: Known, rows: Sequence[Filled]) -> Iterator[RowName]:
    """The names of those rows that this programme made."""
    return (name for each in rows if (name := ids.read(known.salt, each.name)))


def _judge(known: Known, codebook: Codebook, named: set[RowName]) -> Judge:
    texts = {(row["text_hash"], row["stance"]): row["text"] for row in known.texts.to_dicts()}
    rows = ids.meant(known.salt, named, texts)
    return Judge(codebook, known.names, texts, rows, known.called)


def _agreeing(rows: list[_Row], refusals: list[Refusal]) -> tuple[list[Judged], list[Refusal]]:
    """Rows that code one text alike count once; those that do not are all refused."""
    by_text: dict[Key, list[_Row]] = {}
    kept = [row.judged for row in rows if row.judged.coding is None]
    for row in rows:
        if row.judged.coding is not None:
            by_text.setdefault(row.judged.coding.key, []).append(row)
    for same in by_text.values():
        if len({row.judged.coding and row.judged.coding.codes for row in same}) == 1:
            kept.append(same[0].judged)
            continue
        lines = listed([f"{row.file} row {row.filled.line}" for row in same], most=_MOST_ROWS_NAMED)
        what = f"{lines} code the same text differently; keep one of them"
        refusals += [_refusal(row.file, row.filled, "coded twice", what) for row in same]
    return kept, sorted(refusals, key=lambda one: (one.file, one.line))


def _refusal(file: str, filled: Filled, cause: str, what: str) -> Refusal:
    return Refusal(file, filled.line, filled.name, cause, what)
