"""How many texts a second one core codes, and in how much memory; each tier in a fresh process.

`python benchmarks/coding_speed.py TIER FOLDER` measures one tier and tells it as a line of JSON;
`measured` starts such a process. Training and coding are timed apart.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coding_sets import LabelledSet, as_labels, as_texts, read_sets
from pull_meter import Meter, tell

LABELS = 500
_SHORT = 200
"""Characters up to which a text is a short one: what most people write into a box."""
_ASKED = 4_000
_ASKED_SLOWLY = 1_000
_TOO_LONG = 1_800


@dataclass(frozen=True)
class Speed:
    """What one tier used: processor seconds, which do not grow when others use the machine."""

    tier: str
    text_count: int
    characters: float
    """Mean length of a text."""
    texts_per_second: float
    training: float
    """Seconds until the first text could be coded, learning included."""
    peak: int
    """Bytes held at most."""


def tiers(*, is_semantic: bool) -> list[str]:
    """What is measured; the sentence model where it is installed."""
    return [name for name in _TIERS if is_semantic or "sentence" not in name]


def measured(tier: str, folder: Path) -> Speed:
    """One tier, in a process of its own on one thread; RuntimeError where it fails."""
    ran = subprocess.run(  # noqa: S603 (this very script)
        [sys.executable, __file__, tier, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=_TOO_LONG,
    )
    if ran.returncode:
        raise RuntimeError(f"{tier} could not be measured: {ran.stderr.strip()[-300:]}")
    told = json.loads(ran.stdout.splitlines()[-1])
    first, coding = told["stages"]["first"], told["stages"]["code"]
    found = told["found"]
    return Speed(
        tier,
        found["texts"],
        found["characters"] / found["texts"],
        found["texts"] / coding[1],
        first[1],
        told["peak"],
    )


def main() -> None:
    """Measure the tier asked for on one thread, and tell."""
    _one_thread()
    tier, folder = sys.argv[1], Path(sys.argv[2])
    make, task, count = _TIERS[tier](read_sets(folder, None))
    short = [each for each in task.texts if len(each.text) <= _SHORT]
    asked = as_texts(short[LABELS : LABELS + count])
    meter = Meter()
    with meter.stage("first"):
        coder = make()
        coder.code(asked.head(1))
    with meter.stage("code"):
        coder.code(asked)
    characters = int(asked["text"].str.len_chars().sum())
    tell(meter.stop(), {"texts": asked.height, "characters": characters})


Made = tuple[Callable[[], Any], LabelledSet, int]


def _one_thread() -> None:
    """Numerical libraries take every core they find, unless told otherwise before they load."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


def _ours(sets: list[LabelledSet]) -> Made:
    """Our own codebook, which has the most terms."""
    from winloss import coding

    return lambda: coding.coder(sentence_model=False), sets[0], _ASKED


def _of(place: int, *, is_taught: bool, is_semantic: bool) -> Callable[[list[LabelledSet]], Made]:
    def made(sets: list[LabelledSet]) -> Made:
        from winloss import coding
        from winloss.coding.codebook import read

        task = sets[place]
        taught = as_labels(task.texts[:LABELS], has_one_code=task.has_one_code)
        return (
            lambda: coding.coder(
                read(task.codebook), taught if is_taught else None, sentence_model=is_semantic
            ),
            task,
            _ASKED_SLOWLY if is_semantic else _ASKED,
        )

    return made


_TIERS: dict[str, Callable[[list[LabelledSet]], Made]] = {
    "rules, our codebook": _ours,
    "rules, feedback": _of(0, is_taught=False, is_semantic=False),
    "rules, airline": _of(1, is_taught=False, is_semantic=False),
    f"learner, feedback, {LABELS} labels": _of(0, is_taught=True, is_semantic=False),
    f"sentence model, feedback, {LABELS} labels": _of(0, is_taught=True, is_semantic=True),
}


if __name__ == "__main__":
    main()
