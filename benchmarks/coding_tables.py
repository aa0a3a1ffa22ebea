"""What `benchmarks/coding.py` prints: scores, codes, coverage, speed, and what was to be beaten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from coding_contestants import DEFAULT, SEMANTIC
from coding_scores import COVERAGES, Score, Spread
from coding_speed import Speed
from rich.table import Table

MEGABYTE = 1_000_000
EVERY = "all"
Runs = Mapping[tuple[str, str, str], Sequence[Score]]
"""(set, contestant, labels) -> one score per draw."""

_LEFT = {"set", "contestant", "labels", "code", "tier", "what", "result"}


@dataclass(frozen=True)
class Target:
    """What is to be beaten: a figure measured elsewhere on the same kind of division."""

    task: str
    contestant: str
    labels: str
    measure: str
    least: float


TARGETS = (
    Target("feedback", DEFAULT, "0", "micro", 0.66),
    Target("feedback", DEFAULT, "200", "micro", 0.69),
    Target("feedback", DEFAULT, "500", "micro", 0.72),
    Target("feedback", SEMANTIC, "200", "micro", 0.71),
    Target("feedback", SEMANTIC, "500", "micro", 0.73),
    Target("airline", DEFAULT, "0", "accuracy", 0.62),
    Target("airline", DEFAULT, "500", "accuracy", 0.65),
    Target("airline", SEMANTIC, "500", "accuracy", 0.67),
)
RULES_PER_SECOND = 20_000
"""Short texts a second a core, by rules alone."""

READING = """\
How to read this. F1 is 1 where machine and people name the same codes of every text; micro counts
every code given once, macro every code of the codebook once. Accuracy: is the first code one that
people gave. Each figure is the mean over draws, with its standard deviation behind the ±; texts
to learn from and texts asked never overlap. The codebooks were written by reading one half of
each set; only texts of the other half are asked. alpha is Krippendorff's, machine against people,
one code at a time: 0 is chance, from .667 on a code may be called reliable. Coverage: the
accuracy among the surest part of the texts, the rest left to a person. People disagree as well:
on a set like airline much of what is missing to 1 is theirs."""


def scores(runs: Runs) -> Table:
    """One row per set, contestant and number of labels."""
    table = _table(
        "Machine against people", "set", "contestant", "labels", "micro F1", "macro F1", "accuracy"
    )
    for (task, contestant, labels), each in runs.items():
        table.add_row(
            task,
            contestant,
            labels,
            *(
                _spread([getattr(one, name) for one in each])
                for name in ("micro", "macro", "accuracy")
            ),
        )
    return table


def coverage(runs: Runs) -> Table:
    """The same, by how much of the texts is left to a person."""
    titles = [f"{share:.0%}" for share in COVERAGES]
    table = _table("Accuracy among the surest", "set", "contestant", "labels", *titles)
    for (task, contestant, labels), each in runs.items():
        shares = [_spread([one.selective[share] for one in each]) for share in COVERAGES]
        table.add_row(task, contestant, labels, *shares)
    return table


def codes(runs: Runs, task: str) -> Table | None:
    """One row per code: F1 and alpha of our coder, with no labels and with the most it had."""
    ours = {
        labels: each for (name, who, labels), each in runs.items() if (name, who) == (task, DEFAULT)
    }
    if not ours:
        return None
    shown = list(dict.fromkeys([next(iter(ours)), list(ours)[-1]]))
    titles = [f"{what}, {labels} labels" for labels in shown for what in ("F1", "alpha")]
    table = _table(f"{task}, code by code", "code", *titles)
    for code in sorted(ours[shown[0]][0].alphas):
        table.add_row(code, *(cell for labels in shown for cell in _code(ours[labels], code)))
    return table


def speeds(measured: Sequence[Speed]) -> Table:
    """One row per tier, on one core."""
    table = _table(
        "Speed on one core", "tier", "texts", "characters", "texts/s", "ready after s", "peak MB"
    )
    for each in measured:
        table.add_row(
            each.tier,
            f"{each.text_count:,}",
            f"{each.characters:.0f}",
            f"{each.texts_per_second:,.0f}",
            f"{each.training:.1f}",
            f"{each.peak / MEGABYTE:,.0f}",
        )
    return table


def targets(runs: Runs, measured: Sequence[Speed]) -> Table:
    """What was to be beaten, and by how much it was, or was not."""
    table = _table("To beat", "what", "at least", "found", "result")
    for target in TARGETS:
        each = runs.get((target.task, target.contestant, target.labels))
        if each:
            found = fmean(getattr(one, target.measure) for one in each)
            what = f"{target.task}, {target.contestant}, {target.labels} labels: {target.measure}"
            table.add_row(
                what, f"{target.least:.2f}", f"{found:.3f}", _result(found - target.least)
            )
    for speed in measured:
        if speed.tier.startswith("rules"):
            missing = speed.texts_per_second - RULES_PER_SECOND
            result = f"{'reached' if missing >= 0 else 'missed'} by {abs(missing):,.0f}"
            what = f"{speed.tier}: texts a second a core"
            found_per_second = f"{speed.texts_per_second:,.0f}"
            table.add_row(what, f"{RULES_PER_SECOND:,}", found_per_second, result)
    return table


def _result(difference: float) -> str:
    return f"{'reached' if difference >= 0 else 'missed'} by {abs(difference):.3f}"


def _code(each: Sequence[Score], code: str) -> tuple[str, str]:
    found = [one.f1[code] for one in each if code in one.f1]
    alphas = [one.alphas[code].value for one in each]
    said = [value for value in alphas if value is not None]
    return _spread(found), _spread(said)


def _spread(figures: Sequence[float]) -> str:
    if not figures:
        return "too few"
    spread = Spread.of(figures)
    behind = "" if spread.deviation is None else f" ±{spread.deviation:.3f}"
    return f"{spread.mean:.3f}{behind}"


def _table(title: str, *headings: str) -> Table:
    """A table of figures; names stand to the left."""
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, justify="left" if heading in _LEFT else "right")
    return table
