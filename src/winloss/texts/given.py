"""The texts to be coded, as their file has them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from winloss.coding.rules.codes import Stance
from winloss.errors import CodingError
from winloss.texts.sheets import Sheet

ID, TEXT, STANCE, LANGUAGE = "id", "text", "stance", "language"

_BATCH_TEXTS = 2_000
_BATCH_LETTERS = 4_000_000
_DEFAULT_STANCE = "none"
_DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Columns:
    """What a file calls its columns."""

    id: str = ID
    text: str = TEXT


@dataclass(frozen=True)
class Text:
    """One text of a file."""

    id: str
    text: str
    stance: Stance = "none"
    language: str = _DEFAULT_LANGUAGE

    @property
    def text_hash(self) -> str:
        """The same as the warehouse's of these words."""
        return hashlib.md5(self.text.encode(), usedforsecurity=False).hexdigest()


class Given:
    """The texts of one file, proved once and then read in batches."""

    def __init__(self, path: Path, columns: Columns) -> None:
        """Read the whole file once.

        Raises CodingError for a missing column, an empty or repeated id, and an unknown stance.
        """
        self._sheet = Sheet(path)
        self._names = (*named(self._sheet, columns), STANCE, LANGUAGE)
        for name in (STANCE, LANGUAGE):
            if name in self._sheet.header:
                self._sheet.column(name)
        self.count = self._proved()

    def batches(self) -> Iterator[list[Text]]:
        """The texts in their order, as many at once as fit in little memory."""
        batch: list[Text] = []
        letters = 0
        for _, text in self._texts():
            batch.append(text)
            letters += len(text.text)
            if len(batch) >= _BATCH_TEXTS or letters >= _BATCH_LETTERS:
                yield batch
                batch, letters = [], 0
        if batch:
            yield batch

    def _proved(self) -> int:
        """How many texts there are; every id but once."""
        seen: set[bytes] = set()
        for row, text in self._texts():
            key = hashlib.md5(text.id.encode(), usedforsecurity=False).digest()
            if key in seen:
                raise CodingError(
                    f"{self._sheet.path} row {row} has the id {text.id!r} again; give each text"
                    " an id of its own."
                )
            seen.add(key)
        return len(seen)

    def _texts(self) -> Iterator[tuple[int, Text]]:
        for row, cells in self._sheet.rows(*self._names):
            where = f"{self._sheet.path} row {row}"
            given_id, text, stance, language = cells
            if not given_id:
                raise CodingError(f"{where} has no id; give each text an id of its own.")
            yield row, Text(given_id, text, stance_of(stance, where), _language(language, where))


def named(sheet: Sheet, columns: Columns) -> tuple[str, str]:
    """The columns of ids and texts, called the same in every file of a job.

    Raises CodingError where one is missing.
    """
    return sheet.column(columns.id, "--id-column"), sheet.column(columns.text, "--text-column")


def stance_of(cell: str, where: str) -> Stance:
    """A cell as a stance; raises CodingError for another word."""
    stance = cell.strip().lower() or _DEFAULT_STANCE
    if stance not in get_args(Stance):
        raise CodingError(f"{where} has the stance {cell!r}; use against, for or none.")
    return cast("Stance", stance)


def _language(cell: str, where: str) -> str:
    language = cell.strip().lower() or _DEFAULT_LANGUAGE
    if len(language) != len(_DEFAULT_LANGUAGE) or not language.isalpha():
        raise CodingError(
            f"{where} has the language {cell!r}; write two letters such as en, or leave it empty."
        )
    return language
