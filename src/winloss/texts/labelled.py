"""Texts that people have coded, as the learner wants them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from winloss.coding.codebook import Codebook
from winloss.coding.codebook.tables import near
from winloss.errors import CodingError
from winloss.texts.given import STANCE, Columns, Text, named, stance_of
from winloss.texts.sheets import Sheet

REASONS, REASON = "reasons", "reason"

LABELS = pl.Schema(
    {
        "text_hash": pl.String(),
        "text": pl.String(),
        "stance": pl.String(),
        "reason": pl.String(),
        "is_primary": pl.Boolean(),
        "polarity": pl.String(),
    }
)


@dataclass(frozen=True)
class Labelled:
    """What people said of texts, in the codes of one codebook."""

    frame: pl.DataFrame
    """LABELS: one row per reason of a text and stance; without a reason where none applies."""
    text_count: int
    left_out_count: int
    """Texts whose reasons were all given up, or one of whose reasons was split: nobody knows."""
    repeated_count: int = 0
    """Texts left out because another id has the same words under the same stance."""
    contrary_count: int = 0
    """Of those, the ones that were coded otherwise."""


@dataclass
class _Coded:
    """One text of the file with its codes; in one cell the first is the primary."""

    text: Text
    is_ordered: bool
    codes: dict[str, None]


def read(path: Path, columns: Columns, reasons: str, codebook: Codebook) -> Labelled:
    """The labels of a file; `reasons` names its column of codes, empty: reasons or reason.

    Rows of one id are joined. Where one text has several ids, the first id in order of the
    alphabet counts. Raises CodingError for a missing column, for another text under the same
    id, and for a code that the codebook does not have or gives to no text.
    """
    sheet = Sheet(path)
    column = _reasons_column(sheet, reasons)
    coded: dict[str, _Coded] = {}
    names = (*named(sheet, columns), STANCE, column)
    for row, (given_id, words, stance, cell) in sheet.rows(*names):
        where = f"{path} row {row}"
        text = Text(given_id, words, stance_of(stance, where))
        codes = dict.fromkeys(_codes(cell, where, codebook))
        _join(coded, _Coded(text, column != REASON, codes), where)
    return _labelled(coded, codebook)


def _join(coded: dict[str, _Coded], more: _Coded, where: str) -> None:
    """Add a row to those of its id; of several rows none comes first."""
    known = coded.setdefault(more.text.id, more)
    if known is more:
        return
    if known.text != more.text:
        raise CodingError(
            f"{where} has the id {more.text.id!r} with another text or stance; give each text an"
            " id of its own."
        )
    known.is_ordered = False
    known.codes |= more.codes


def _reasons_column(sheet: Sheet, reasons: str) -> str:
    if not reasons:
        reasons = REASON if REASON in sheet.header and REASONS not in sheet.header else REASONS
    return sheet.column(reasons, "--reasons-column")


def _codes(cell: str, where: str, codebook: Codebook) -> Iterable[str]:
    """The codes of a cell; a family is none, for no text is given one."""
    families = {each.parent for each in codebook.reasons.values()}
    for code in (part.strip() for part in cell.split(";")):
        if code and (code not in codebook.reasons or code in families):
            known = [each for each in codebook.reasons if each not in families]
            raise CodingError(
                f"{where} has the reason {code!r}{near(code, known)}, which the codebook gives to"
                " no text; mend the row or the codebook."
            )
        if code:
            yield code


def _labelled(coded: dict[str, _Coded], codebook: Codebook) -> Labelled:
    """One coding a text and stance, whatever the order of the rows."""
    rows: dict[tuple[str, str], list[tuple[object, ...]] | None] = {}
    contrary_count = 0
    for _, each in sorted(coded.items()):
        key = each.text.text_hash, each.text.stance
        found = _rows(each, codebook)
        contrary_count += found != rows.setdefault(key, found)
    kept = [row for found in rows.values() for row in found or ()]
    frame = pl.DataFrame(kept, schema=LABELS, orient="row").sort("text_hash", "stance", "reason")
    left_out_count = sum(found is None for found in rows.values())
    text_count, repeated_count = len(rows) - left_out_count, len(coded) - len(rows)
    return Labelled(frame, text_count, left_out_count, repeated_count, contrary_count)


def _rows(coded: _Coded, codebook: Codebook) -> list[tuple[object, ...]] | None:
    """A text's rows; None where its codes leave open what it says today."""
    text = coded.text
    key = text.text_hash, text.text, text.stance
    if not coded.codes:
        return [(*key, None, None, None)]
    today = _today(coded.codes, codebook)
    if not today:
        return None
    is_known = coded.is_ordered or len(today) == 1
    return [
        (*key, code, place == 0 if is_known else None, None) for place, code in enumerate(today)
    ]


def _today(codes: Iterable[str], codebook: Codebook) -> list[str]:
    """The codes as reasons in force; none where one of them was split or all were given up."""
    today: dict[str, None] = {}
    for code in codes:
        if codebook.reasons[code].valid_to is None:
            today[code] = None
        else:
            successors = codebook.successors(code)
            if len(successors) > 1:
                return []
            today |= dict.fromkeys(successors)
    return list(today)
