"""Writes what a coder found, one row per text and code, in the order of the texts."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from winloss.coding.codebook import Codebook
from winloss.texts.given import Text

COLUMNS = (
    *("id", "reason", "parent", "is_primary", "polarity", "span_start", "span_end", "evidence"),
    *("coder", "confidence", "is_suggested", "needs_review", "language"),
)

Row = dict[str, Any]


@dataclass
class Counts:
    """How many texts there were, and of what kind."""

    text_count: int = 0
    coded_count: int = 0
    """With a code that is more than a suggestion."""
    review_count: int = 0
    foreign_count: int = 0
    """In another language than English."""


class Results:
    """One file of codes."""

    def __init__(self, file: BinaryIO, codebook: Codebook) -> None:
        """Write the header."""
        self._file = file
        self._parents = {code: each.parent for code, each in codebook.reasons.items()}
        self.counts = Counts()
        self._write([COLUMNS])

    def add(self, text: Text, coding: Row, codes: Sequence[Row]) -> None:
        """Write the rows of a text: its CODES, or one with an empty reason."""
        self.counts.text_count += 1
        self.counts.coded_count += any(not code["is_suggested"] for code in codes)
        self.counts.review_count += coding["needs_review"]
        self.counts.foreign_count += coding["language"] != "en"
        self._write(self._rows(text, coding, codes))

    def _rows(self, text: Text, coding: Row, codes: Sequence[Row]) -> Iterator[tuple[object, ...]]:
        ending = _cell(coding["needs_review"]), coding["language"]
        if not codes:
            yield text.id, *[""] * (len(COLUMNS) - len(ending) - 1), *ending
        for code in codes:
            start, end = code["span_start"], code["span_end"]
            yield (
                *(text.id, code["reason"], self._parents[code["reason"]] or ""),
                *(_cell(code["is_primary"]), code["polarity"], start, end, text.text[start:end]),
                *(code["coder"], code["confidence"], _cell(code["is_suggested"]), *ending),
            )

    def _write(self, rows: Iterable[tuple[object, ...]]) -> None:
        lines = io.StringIO(newline="")
        csv.writer(lines).writerows(rows)
        self._file.write(lines.getvalue().encode())


def _cell(is_so: bool) -> str:  # noqa: FBT001 (a cell's value)
    return "true" if is_so else "false"
