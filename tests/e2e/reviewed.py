"""A programme whose words people look over: export, fill in, take back, look."""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.reviewing import filling

from winloss import reviewing, sample, warehouse
from winloss.reviewing import Taken, Wanted

Fill = Callable[[filling.Cells], filling.Cells]


def exported(home: Path, folder: Path, wanted: Wanted | None = None) -> Path:
    """The table of a new sheet."""
    return reviewing.export(home, folder, wanted or Wanted(), now=sample.NOW).table


def sent_back(
    home: Path, sheet: Path, fill: Fill, reviewer: str = "Ann", *, now: datetime = sample.NOW
) -> Taken:
    """What came of a sheet that somebody filled in."""
    saved = filling.filled(sheet, sheet.with_name(f"{sheet.stem}-filled.csv"), fill)
    return reviewing.take(home, [saved], reviewer, now=now)


def coded(home: Path, sheet: Path, reasons: str, reviewer: str = "Ann") -> Taken:
    """Every row of a sheet coded alike."""
    return sent_back(home, sheet, lambda _: {"reasons": reasons}, reviewer)


def asked(home: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the work file."""
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        return connection.execute(query).fetchall()


def ordered(home: Path, query: str) -> None:
    """Change the work file behind everybody's back."""
    with warehouse.writing(home / "warehouse.duckdb") as connection:
        connection.execute(query)


def table(path: Path) -> list[list[str]]:
    """Every cell of a sheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
