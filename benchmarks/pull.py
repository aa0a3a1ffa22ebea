"""How fast a pull is, from HTTP to typed rows, beside DuckDB alone and beside dlt.

Serves invented pages from loopback, without Typeform's limit of two requests a second, and lets
each contestant bring the same responses into a DuckDB file of its own, one after the other, each
in a fresh process that counts from after its imports:

  winloss        pull, land, load and unfold, by the functions of the weekly run
  duckdb-pages   DuckDB alone reads the served pages from disk into typed rows
  duckdb-lines   the same from our landed lines, one response a line: the form it likes best
  dlt            dlt's REST source with its DuckDB destination, everything at its default
  dlt-parquet    the same with the fastest file format dlt has for DuckDB

dlt at its default writes its rows as long INSERT statements, which take DuckDB gigabytes to read;
each contestant is therefore held to --gigabytes and --minutes, and one that needs more is named.

All must end with the same responses, answers, characters, numbers, dates and choices as were
invented, or the run fails. Of several repeats the quickest counts. dlt lives in an environment
of its own that is made once, below the work folder; where it cannot be made, the run says so.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pull_dlt_environment import NoEnvironment, python_with_dlt
from pull_pages import made_by
from pull_tables import Result, show
from rich.console import Console

HERE = Path(__file__).parent
WORK = HERE.parent / "build" / "pull"
INDEX = Path("pages", "index.json")
OURS = ("winloss", "duckdb-pages", "duckdb-lines")
DLT = {"dlt": "insert_values", "dlt-parquet": "parquet"}

WIDTH = 110
MOST_SAID = 300
MACHINE_SHARE = 0.75

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Place:
    """One size: where its pages lie, and where they are served."""

    folder: Path
    size: int
    address: str


@dataclass(frozen=True)
class Bounds:
    """What one contestant may take of the machine."""

    seconds: float
    most_bytes: int


class Unequal(Exception):  # noqa: N818 (a finding)
    """A contestant ended with other data than was invented."""


class Stopped(Exception):  # noqa: N818 (a finding)
    """A contestant did not end."""


def main() -> int:
    """Measure what was asked for and print it; 1 where somebody lost or invented data."""
    wanted = _arguments()
    python = dlt_python(wanted.contestants, wanted.environment or wanted.work / "dlt-environment")
    bounds = Bounds(wanted.minutes * 60, int(wanted.gigabytes * 10**9))
    results: list[Result] = []
    stopped: list[str] = []
    try:
        for size in wanted.sizes:
            folder = pages_of(wanted.work / str(size), size)
            with _served(folder / INDEX.parent) as address:
                place = Place(folder, size, address)
                for name in _ready(wanted, python) * wanted.repeat:
                    try:
                        results.append(_run(name, place, python, bounds))
                    except Stopped as reason:
                        stopped.append(str(reason))
    except Unequal as unequal:
        console.print(f"[bold]{unequal}[/bold]")
        return 1
    show(Console(highlight=False, width=max(console.width, WIDTH)), results)
    for line in stopped:
        console.print(line)
    return 1 if any(line.startswith(OURS) for line in stopped) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=[10_000, 100_000], help="how many responses"
    )
    parser.add_argument("--repeat", type=int, default=1, help="how often each runs")
    parser.add_argument(
        "--contestants",
        nargs="+",
        choices=[*OURS, *DLT],
        default=[*OURS, *DLT],
        help="who runs; winloss always does",
    )
    parser.add_argument("--work", type=Path, default=WORK, help="folder for pages and results")
    parser.add_argument(
        "--environment", type=Path, help="where dlt's environment is kept; default: in --work"
    )
    parser.add_argument(
        "--gigabytes",
        type=float,
        default=memory(),
        help="memory one contestant may take; default: three quarters of the machine's",
    )
    parser.add_argument("--minutes", type=float, default=20, help="time one contestant may take")
    wanted = parser.parse_args()
    wanted.work = wanted.work.resolve()
    return wanted


def memory() -> float:
    """The gigabytes a contestant may take unless told otherwise."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * MACHINE_SHARE / 10**9


def dlt_python(contestants: list[str], folder: Path) -> Path | None:
    """The interpreter that has dlt, where a contestant needs it and it can be had."""
    if not set(contestants) & set(DLT):
        return None
    try:
        return python_with_dlt(folder.resolve(), HERE / "requirements-dlt.txt")
    except NoEnvironment as missing:
        console.print(f"dlt is left out: {missing}")
        return None


def _ready(wanted: argparse.Namespace, python: Path | None) -> list[str]:
    """The contestants that can run, ours first: another one reads what it has landed."""
    asked = {"winloss", *wanted.contestants}
    return [name for name in (*OURS, *(DLT if python else ())) if name in asked]


def pages_of(folder: Path, size: int, week: str = "") -> Path:
    """The pages of one size, invented once: the index is written last."""
    index = folder / INDEX
    known = json.loads(index.read_text("utf-8")).get("made_by") if index.is_file() else ""
    if known != made_by():
        console.print(f"inventing {size:,} responses")
        command = [sys.executable, str(HERE / "pull_pages.py"), str(folder / INDEX.parent)]
        subprocess.run([*command, str(size), week], check=True)  # noqa: S603 (our own script)
    return folder


@contextmanager
def _served(pages: Path) -> Iterator[str]:
    """The address of a server of its own, for as long as the context lasts."""
    server = subprocess.Popen(  # noqa: S603 (our own script)
        [sys.executable, str(HERE / "pull_server.py"), str(pages)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        yield server.stdout.readline().strip()
    finally:
        server.kill()
        server.wait()


def _run(name: str, place: Place, python: Path | None, bounds: Bounds) -> Result:
    """Let one contestant run on an empty folder, and compare what it ends with."""
    console.print(f"{place.size:,} responses: {name}")
    script, argument = "pull_contestants.py", name
    interpreter = sys.executable
    if name in DLT:
        script, argument, interpreter = "pull_dlt.py", DLT[name], str(python)
    clear(place.folder, argument)
    told = tell([interpreter, str(HERE / script), argument], place, bounds, name)
    index = json.loads((place.folder / INDEX).read_text("utf-8"))
    compare(name, told.pop("found"), index["totals"])
    files = list((place.folder / INDEX.parent).glob("*/*_*.json"))
    served = sum(path.stat().st_size for path in files)
    return Result(
        name,
        index["totals"]["responses"],
        index["totals"]["answers"],
        len(files),
        served_bytes=served,
        **told,
    )


def tell(command: list[str], place: Place, bounds: Bounds, name: str) -> dict[str, Any]:
    """What a contestant says of itself; raises Stopped with the last it said where it fails."""
    try:
        ran = subprocess.run(  # noqa: S603 (our own scripts)
            [*command, str(place.folder), place.address, str(bounds.most_bytes)],
            check=False,
            capture_output=True,
            text=True,
            cwd=place.folder,
            env=quiet(place.folder) if name in DLT else None,
            timeout=bounds.seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise Stopped(
            f"{name} had not loaded {place.size:,} responses after {bounds.seconds:,.0f} seconds."
        ) from error
    if ran.returncode:
        raise Stopped(f"{name} did not load {place.size:,} responses: {_reason(ran.stderr)}")
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _reason(said: str) -> str:
    """The last line that names an error; memory that ran out shows in many ways."""
    lines = said.strip().splitlines() or ["it said nothing; perhaps it was killed"]
    telling = [line for line in lines if "Error" in line or "memory" in line]
    return (telling or lines)[-1][:MOST_SAID]


def quiet(folder: Path) -> dict[str, str]:
    """All that dlt is told from outside: by default it calls home and writes elsewhere."""
    return {
        "HOME": str(folder),
        "DLT_DATA_DIR": str(folder / "dlt-data"),
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        "RUNTIME__LOG_LEVEL": "ERROR",
    }


def clear(folder: Path, argument: str) -> None:
    """Remove what an earlier run of a contestant left."""
    for path in folder.glob(f"*{argument}*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def compare(name: str, found: dict[str, float], invented: dict[str, float]) -> None:
    """Raise Unequal where a contestant ended with other data than was invented."""
    wrong = [what for what, count in invented.items() if found.get(what) != count]
    if wrong:
        said = ", ".join(f"{what} {found.get(what)} of {invented[what]}" for what in wrong)
        raise Unequal(f"{name} did not end with what was invented: {said}.")


if __name__ == "__main__":
    sys.exit(main())
