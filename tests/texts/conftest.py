"""A codebook of three reasons, and files of texts that are coded with it."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from tests.texts.files import write

Row = dict[str, str]
Code = Callable[..., list[Row]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """One family of two reasons, and one that was split."""
    rows = [
        ("money", "", "money", "", ""),
        ("fee", "money", "the fee", "", ""),
        ("help", "", "help, support", "", ""),
        ("cost", "money", "the cost", "2026-01-01", "fee"),
        ("service", "", "service", "2026-01-01", "fee help"),
        ("gone", "", "gone", "2026-01-01", ""),
    ]
    return write(tmp_path / "book.csv", ("reason", "parent", "label", "valid_to", "becomes"), rows)


@pytest.fixture
def code(tmp_path: Path, book: Path) -> Code:
    """Codes rows of texts with the rules; gives the rows of the file that comes out."""
    from winloss import texts

    def coded(rows: Iterable[Sequence[str]], header: Sequence[str] = ("id", "text")) -> list[Row]:
        out = tmp_path / "codes.csv"
        texts.code(texts.Job(write(tmp_path / "texts.csv", header, rows), out, book))
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return coded
