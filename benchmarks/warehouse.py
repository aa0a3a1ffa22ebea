"""How fast the warehouse is, from pages that were pulled to the analysts' questions.

At each size, on invented responses of about twelve answers, each act in a process of its own that
counts from after its imports:

  land           pages to lines (land), lines into raw (load), raw to typed answers (unfold)
  duckdb-lines   DuckDB alone reads and unfolds the same lines
  duckdb-pages   the same from the pages as they were served
  dlt-parquet    dlt from the same pages into DuckDB, by the fastest format it has
  full           everything above raw from nothing: words coded, marts, checks
  week           1,000 new responses on top: landed, loaded, unfolded, coded, built
  publish        the analysts' copy, after that week
  ask            five questions of an analyst on the copy

Those that bring in responses must end with what was invented, or the run fails. Aims are printed
with what was reached. What takes very long can be left out with --acts.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from pull import (
    HERE,
    INDEX,
    WIDTH,
    Bounds,
    Place,
    Stopped,
    Unequal,
    clear,
    compare,
    console,
    dlt_python,
    memory,
    pages_of,
    tell,
)
from pull_tables import Result
from rich.console import Console
from warehouse_tables import show

WORK = HERE.parent / "build" / "warehouse"
WEEK = 1_000
PEERS = ("duckdb-lines", "duckdb-pages")
DLT = "dlt-parquet"
OURS = ("full", "week", "publish", "ask")


def main() -> int:
    """Measure what was asked for and print it; 1 where somebody lost or invented data."""
    wanted = _arguments()
    environment = wanted.environment or wanted.work / "dlt-environment"
    python = dlt_python(wanted.acts, environment)
    bounds = Bounds(wanted.minutes * 60, int(wanted.gigabytes * 10**9))
    coming = pages_of(wanted.work / "week", WEEK, "week") / INDEX.parent
    results: list[Result] = []
    try:
        for size in wanted.sizes:
            place = Place(pages_of(wanted.work / str(size), size), size, "")
            results += _measured(place, coming, wanted.acts, python, bounds)
    except (Stopped, Unequal) as reason:
        console.print(f"[bold]{reason}[/bold]")
        return 1
    finally:
        show(Console(highlight=False, width=max(console.width, WIDTH)), results)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=[10_000, 100_000], help="how many responses"
    )
    acts = (*PEERS, DLT, *OURS)
    parser.add_argument(
        "--acts", nargs="+", choices=acts, default=acts, help="what runs; land always does"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="folder for pages and results")
    parser.add_argument("--environment", type=Path, help="where dlt's environment is kept")
    parser.add_argument(
        "--gigabytes", type=float, default=memory(), help="memory one contestant may take"
    )
    parser.add_argument("--minutes", type=float, default=60, help="time one contestant may take")
    wanted = parser.parse_args()
    wanted.work = wanted.work.resolve()
    return wanted


def _measured(
    place: Place, coming: Path, acts: list[str], python: Path | None, bounds: Bounds
) -> list[Result]:
    """Every act at one size, in the order in which they need one another."""
    pages = place.folder / INDEX.parent
    shutil.rmtree(place.folder / "winloss", ignore_errors=True)
    _ours("prepare", place, pages, bounds)
    results = [_ours("land", place, pages, bounds, is_compared=True)]
    for peer in (each for each in PEERS if each in acts):
        command = [sys.executable, str(HERE / "pull_contestants.py"), peer]
        results.append(_ran(peer, command, place, bounds, is_compared=True))
    if DLT in acts and python:
        command = [str(python), str(HERE / "warehouse_dlt.py"), "parquet"]
        clear(place.folder, "parquet")
        results.append(_ran(DLT, command, place, bounds, is_compared=True))
    if set(OURS) & set(acts):
        _ours("decide", place, pages, bounds)
    for act in (each for each in OURS if each in acts):
        if act == "week":
            _ours("prepare", place, coming, bounds)
        source = coming if act == "week" else pages
        results.append(_ours(act, place, source, bounds, is_compared=act == "full"))
    return results


def _ours(
    act: str, place: Place, source: Path, bounds: Bounds, *, is_compared: bool = False
) -> Result:
    command = [sys.executable, str(HERE / "warehouse_contestants.py"), act]
    from_there = Place(place.folder, place.size, str(source))
    return _ran(act, command, from_there, bounds, is_compared=is_compared)


def _ran(
    name: str, command: list[str], place: Place, bounds: Bounds, *, is_compared: bool
) -> Result:
    console.print(f"{place.size:,} responses: {name}")
    told: dict[str, Any] = tell(command, place, bounds, name)
    found = told.pop("found")
    invented = json.loads((place.folder / INDEX).read_text("utf-8"))["totals"]
    if is_compared:
        compare(name, found, invented)
    return Result(name, place.size, invented["answers"], 0, 0, **told)


if __name__ == "__main__":
    sys.exit(main())
