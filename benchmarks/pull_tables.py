"""What `benchmarks/pull.py` prints: figures, ratios, memory and where the time went."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

OURS = "winloss"
_MEGABYTE = 1_000_000
_NAMES = {"contestant", "stage"}


@dataclass(frozen=True)
class Result:
    """What one contestant used for one size: seconds and bytes."""

    name: str
    size: int
    answer_count: int
    page_count: int
    served_bytes: int
    wall: float
    processor: float
    peak: int
    stages: dict[str, tuple[float, float, int]]


def show(console: Console, results: list[Result]) -> None:
    """Print the quickest run of each contestant and size, and what follows from it."""
    best = _quickest(results)
    console.print(
        f"\nPython {platform.python_version()}, DuckDB {version('duckdb')}, "
        f"{os.cpu_count()} processors"
    )
    for tabled in (_figures(best), _ratios(best), _memory(best), _stages(best)):
        if tabled.rows:
            console.print(tabled)


def _quickest(results: list[Result]) -> list[Result]:
    best: dict[tuple[int, str], Result] = {}
    for each in results:
        key = (each.size, each.name)
        if key not in best or each.wall < best[key].wall:
            best[key] = each
    return list(best.values())


def _figures(results: list[Result]) -> Table:
    table = blank_table(
        "From HTTP (or disk) to typed rows",
        "responses", "contestant", "pages", "MB of JSON", "responses/s", "answers/s",
        "wall s", "CPU s", "peak MB",
    )  # fmt: skip
    for each in results:
        table.add_row(
            f"{each.size:,}",
            each.name,
            f"{each.page_count:,}",
            f"{each.served_bytes / _MEGABYTE:,.0f}",
            f"{each.size / each.wall:,.0f}",
            f"{each.answer_count / each.wall:,.0f}",
            f"{each.wall:,.2f}",
            f"{each.processor:,.2f}",
            f"{each.peak / _MEGABYTE:,.0f}",
        )
    return table


def _ratios(results: list[Result]) -> Table:
    """Above 1 ours is the lesser use."""
    table = blank_table(
        "What the others use, over what we use",
        "responses", "contestant", "wall", "CPU", "peak",
    )  # fmt: skip
    for ours, other in _beside_ours(results):
        table.add_row(
            f"{other.size:,}",
            other.name,
            f"{other.wall / ours.wall:.1f}",
            f"{other.processor / ours.processor:.1f}",
            f"{other.peak / ours.peak:.1f}",
        )
    return table


def _beside_ours(results: list[Result]) -> Iterator[tuple[Result, Result]]:
    ours = {each.size: each for each in results if each.name == OURS}
    for each in results:
        if each.name != OURS:
            yield ours[each.size], each


def _memory(results: list[Result]) -> Table:
    """The same contestant at its smallest and its largest size."""
    table = blank_table(
        "Peak memory, smallest against largest size",
        "contestant", "pages", "peak MB", "pages ", "peak MB ", "times the pages", "times the peak",
    )  # fmt: skip
    for name in dict.fromkeys(each.name for each in results):
        same = sorted((each for each in results if each.name == name), key=lambda one: one.size)
        least, most = same[0], same[-1]
        if least is not most:
            table.add_row(
                name,
                f"{least.page_count:,}",
                f"{least.peak / _MEGABYTE:,.0f}",
                f"{most.page_count:,}",
                f"{most.peak / _MEGABYTE:,.0f}",
                f"{most.page_count / least.page_count:.1f}",
                f"{most.peak / least.peak:.1f}",
            )
    return table


def _stages(results: list[Result]) -> Table:
    table = blank_table(
        "Where the time went",
        "responses", "contestant", "stage", "wall s", "CPU s", "share of wall", "peak MB by then",
    )  # fmt: skip
    for each in (one for one in results if one.stages):
        for stage, (wall, processor, peak) in {**each.stages, "the rest": _rest(each)}.items():
            table.add_row(
                f"{each.size:,}",
                each.name,
                stage,
                f"{wall:,.2f}",
                f"{processor:,.2f}",
                f"{wall / each.wall:.0%}",
                f"{peak / _MEGABYTE:,.0f}",
            )
    return table


def _rest(result: Result) -> tuple[float, float, int]:
    """What no stage counts: opening, committing, writing the file out, closing."""
    spent = list(result.stages.values())
    return (
        result.wall - sum(stage[0] for stage in spent),
        result.processor - sum(stage[1] for stage in spent),
        result.peak,
    )


def blank_table(title: str, *headings: str) -> Table:
    """A table of figures; names stand to the left."""
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, justify="left" if heading in _NAMES else "right")
    return table
