"""A person at a spreadsheet: fills a sheet in and saves it, their programme's way."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

Cells = Mapping[str, str]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a sheet as a spreadsheet shows them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def filled(
    path: Path,
    target: Path,
    fill: Callable[[Cells], Cells],
    *,
    separator: str = ",",
    encoding: str = "utf-8-sig",
    order: Callable[[list[str]], list[str]] = list,
) -> Path:
    """Save the sheet with what `fill` gives for each row, its columns in any order."""
    every = [{**row, **fill(row)} for row in rows(path)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, order(list(every[0])), delimiter=separator)
    writer.writeheader()
    writer.writerows(every)
    target.write_bytes(text.getvalue().encode(encoding, "replace"))
    return target
