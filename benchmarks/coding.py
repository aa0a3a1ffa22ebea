"""How well words are coded: our coder against people, beside plain TF-IDF with a linear model.

Run by `make coding`. Two public sets that people coded, each with a codebook of its own under
benchmarks/codebooks: reviews with twelve aspects, complaints to airlines with nine reasons. Our
coder is asked as installed and with the sentence model of the extra [semantic], after learning
from none, 64, 200, 500 and all of the texts that are not asked. Neither set is about lost deals.

A missed target is printed, never an error; where the data is absent, the run says so and stops.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import coding_speed
import coding_tables
from coding_contestants import DEFAULT, PLAIN, SEMANTIC, ask, has_sentence_model
from coding_scores import Score, score
from coding_sets import LabelledSet, Text, read_sets
from coding_tables import EVERY
from rich.console import Console
from rich.progress import track

from winloss.coding.codebook import read

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "labelled"
LABELS = ("0", "64", "200", "500", EVERY)
QUICK_LABELS = ("0", "64", "200", "500")
QUICK_ASKED = 600
SEEDS = 3
HALF = "rules, unread half"

WIDTH = 110

Job = tuple[LabelledSet, str, str, int]
console = Console(highlight=False)


def main() -> int:
    """Measure what was asked for and print it."""
    wanted = _arguments()
    try:
        sets = read_sets(wanted.folder, wanted.most)
    except FileNotFoundError as missing:
        console.print(f"Skipped: {missing.filename} is not there.")
        return 0
    sets = [task for task in sets if task.name in wanted.sets]
    is_semantic = has_sentence_model()
    if not is_semantic:
        console.print("The sentence model is left out: the extra [semantic] is not installed.")
    runs = {(task.name, HALF, "0"): [_half(task)] for task in sets}
    jobs = list(_jobs(sets, wanted, is_semantic=is_semantic))
    for task, contestant, labels, seed in track(jobs, "coding", console=Console(stderr=True)):
        found = _run(task, contestant, labels, seed, wanted.asked)
        runs.setdefault((task.name, contestant, labels), []).append(found)
    _show(
        runs, sets, [] if wanted.without_speed else _speeds(wanted.folder, is_semantic=is_semantic)
    )
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="the labelled sets")
    parser.add_argument("--quick", action="store_true", help="one draw, fewer texts asked")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many draws")
    parser.add_argument(
        "--labels", nargs="+", default=LABELS, help="how many to learn from, or all"
    )
    parser.add_argument("--sets", nargs="+", default=["feedback", "airline"])
    parser.add_argument("--contestants", nargs="+", default=[DEFAULT, SEMANTIC, PLAIN])
    parser.add_argument("--asked", type=int, help="most texts asked in one draw; default: all")
    parser.add_argument("--most", type=int, help="most texts of each set that are read at all")
    parser.add_argument("--without-speed", action="store_true", help="do not measure speed")
    wanted = parser.parse_args()
    if wanted.quick:
        wanted.seeds, wanted.labels, wanted.asked = 1, QUICK_LABELS, QUICK_ASKED
    return wanted


def _jobs(
    sets: Sequence[LabelledSet], wanted: argparse.Namespace, *, is_semantic: bool
) -> Iterator[Job]:
    """Every set, contestant, number of labels and draw; who cannot do without labels is not asked."""
    for task in sets:
        for contestant in wanted.contestants:
            for labels in wanted.labels:
                if contestant == SEMANTIC and not is_semantic:
                    continue
                if labels != "0" or contestant == DEFAULT:
                    yield from ((task, contestant, labels, seed) for seed in range(wanted.seeds))


def _run(task: LabelledSet, contestant: str, labels: str, seed: int, most: int | None) -> Score:
    """One contestant, taught by one draw of texts and asked the texts held out."""
    learned, asked = task.divided(seed, most)
    taught = learned if labels == EVERY else learned[: int(labels)]
    return _scored(task, contestant, taught, asked)


def _half(task: LabelledSet) -> Score:
    """The rules on the texts nobody looked at while writing them."""
    return _scored(task, DEFAULT, [], [each for each in task.texts if not each.was_read])


def _scored(
    task: LabelledSet, contestant: str, taught: Sequence[Text], asked: Sequence[Text]
) -> Score:
    return score(asked, ask(contestant, task, taught, asked), read(task.codebook).given)


def _speeds(folder: Path, *, is_semantic: bool) -> list[coding_speed.Speed]:
    tiers = coding_speed.tiers(is_semantic=is_semantic)
    watched = track(tiers, "speed", console=Console(stderr=True))
    return [coding_speed.measured(tier, folder) for tier in watched]


def _show(
    runs: coding_tables.Runs, sets: Sequence[LabelledSet], measured: list[coding_speed.Speed]
) -> None:
    wide = Console(highlight=False, width=max(console.width, WIDTH))
    by_code = [coding_tables.codes(runs, task.name) for task in sets]
    tables = [
        coding_tables.scores(runs),
        coding_tables.coverage(runs),
        *(table for table in by_code if table),
        coding_tables.speeds(measured),
        coding_tables.targets(runs, measured),
    ]
    for table in tables:
        if table.rows:
            wide.print(table)
    wide.print(coding_tables.READING)


if __name__ == "__main__":
    sys.exit(main())
