"""Codebooks written to a folder."""

import csv
from pathlib import Path


def write(path: Path, header: str, *rows: str) -> Path:
    """A CSV file of cells apart by |, each row as written here."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split("|"))
        writer.writerows(row.split("|") for row in rows)
    return path


def add(path: Path, *cells: str) -> None:
    """One more row."""
    with path.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerow(cells)
