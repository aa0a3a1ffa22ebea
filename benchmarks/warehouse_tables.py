"""What `benchmarks/warehouse.py` prints: figures, ratios and the aims beside them."""

from dataclasses import dataclass

from pull_tables import Result, blank_table
from rich.console import Console
from rich.table import Table

OURS = "winloss"
LAND_AND_UNFOLD = ("load", "unfold")
INCREMENT = ("land", "load", "unfolding responses", "coding words")
_MEGABYTE = 1_000_000

MOST_TIMES_DUCKDB = 1.5
MOST_TIMES_SMALLEST = 3.0
MOST_BUILD_SECONDS = 60.0
MOST_QUESTION_SECONDS = 1.0
MOST_BYTES = 2_000 * _MEGABYTE


@dataclass(frozen=True)
class Aim:
    """What was wanted of a figure, and what it is."""

    what: str
    most: float
    is_: float

    def __str__(self) -> str:
        """One line, with by how much it is missed."""
        verdict = "met" if self.is_ <= self.most else f"missed, {self.is_ / self.most:.1f} times"
        return f"{self.what}: {self.is_:,.2f}, at most {self.most:,.2f}: {verdict}"


def show(console: Console, results: list[Result]) -> None:
    """Print what each contestant and act used, the ratios between them, and each aim."""
    for table in (_figures(results), _stages(results)):
        console.print(table)
    for aim in aims(results):
        console.print(str(aim))


def aims(results: list[Result]) -> list[Aim]:
    """Every aim that the results say something about."""
    sizes = sorted({each.size for each in results})
    by_name = {(each.size, each.name): each for each in results}
    found = [aim for size in sizes for aim in _beside_duckdb(size, by_name)]
    weeks = [by_name[size, "week"] for size in sizes if (size, "week") in by_name]
    for each in weeks[1:]:
        for clock, place in (("wall", 0), ("CPU", 1)):
            ratio = _spent(each, INCREMENT, place) / _spent(weeks[0], INCREMENT, place)
            what = f"1,000 new on {each.size:,} over on {weeks[0].size:,}, {clock}"
            found.append(Aim(what, MOST_TIMES_SMALLEST, ratio))
    return found + [aim for each in results for aim in _alone(each, by_name)]


def _beside_duckdb(size: int, by_name: dict[tuple[int, str], Result]) -> list[Aim]:
    ours, plain = by_name.get((size, "land")), by_name.get((size, "duckdb-lines"))
    if ours is None or plain is None:
        return []
    return [
        Aim(f"load and unfold {size:,} over plain DuckDB, {clock}", MOST_TIMES_DUCKDB, ratio)
        for clock, ratio in (
            ("wall", _spent(ours, LAND_AND_UNFOLD, 0) / plain.wall),
            ("CPU", _spent(ours, LAND_AND_UNFOLD, 1) / plain.processor),
        )
    ]


def _alone(each: Result, by_name: dict[tuple[int, str], Result]) -> list[Aim]:
    """Aims for one act by itself."""
    said = f"at {each.size:,}"
    publish = by_name.get((each.size, "publish"))
    found = []
    if each.name == "week" and publish:
        total = each.wall + publish.wall
        found.append(Aim(f"weekly build and publish {said}, s", MOST_BUILD_SECONDS, total))
    if each.name == "ask":
        slowest = max(wall for wall, _, _ in each.stages.values())
        found.append(Aim(f"slowest question {said}, s", MOST_QUESTION_SECONDS, slowest))
    if each.name in ("land", "full", "week", "publish"):
        most = MOST_BYTES / _MEGABYTE
        found.append(Aim(f"peak memory of {each.name} {said}, MB", most, each.peak / _MEGABYTE))
    return found


def _spent(each: Result, stages: tuple[str, ...], place: int) -> float:
    return sum(each.stages[stage][place] for stage in stages)


def _figures(results: list[Result]) -> Table:
    table = blank_table(
        "What each used", "responses", "contestant", "responses/s", "wall s", "CPU s", "peak MB"
    )
    for each in results:
        table.add_row(
            f"{each.size:,}",
            each.name,
            f"{each.size / each.wall:,.0f}",
            f"{each.wall:,.2f}",
            f"{each.processor:,.2f}",
            f"{each.peak / _MEGABYTE:,.0f}",
        )
    return table


def _stages(results: list[Result]) -> Table:
    table = blank_table(
        "Where the time went", "responses", "contestant", "stage", "wall s", "CPU s"
    )
    for each in results:
        for stage, (wall, processor, _) in each.stages.items():
            table.add_row(f"{each.size:,}", each.name, stage, f"{wall:,.2f}", f"{processor:,.2f}")
    return table
