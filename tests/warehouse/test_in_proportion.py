"""A build does what is new: nothing is unfolded, and no text coded, a second time."""

from contextlib import nullcontext
from pathlib import Path

import duckdb
from tests.warehouse.histories.programme import Programme
from tests.warehouse.histories.steps import (
    Built,
    Came,
    Formed,
    Labelled,
    Recoded,
    Set,
    Step,
    Swept,
    decided,
)

# What happens between two builds -> the responses unfolded and the texts coded by the second.
LIFE: dict[str, tuple[list[Step], tuple[int, int]]] = {
    "the first two answers": ([Formed(age=3), Came("r1"), Came("r2", words=1)], (2, 2)),
    "nothing": ([], (0, 0)),
    "one changed to words known already": ([Came("r2", words=0)], (1, 0)),
    "one changed to new words": ([Came("r2", words=2)], (1, 1)),
    "an older line comes late": ([Came("r1", words=3, age=9, lag=9)], (0, 0)),
    "the form gets another title": ([Formed(version="retitled")], (0, 0)),
    "an answer to the form as it is now": ([Came("r2", words=2)], (1, 0)),
    "a person codes a text": ([Labelled(0, ("price",))], (0, 0)),
    "the decision is lost": ([decided("lost")], (0, 0)),
    "the decision is won after all": ([decided("won")], (0, 2)),
    "the codebook has a reason more": ([Set("one added")], (0, 2)),
    "the codebook changes, coded ahead": ([Set("one split"), Recoded()], (0, 0)),
    "cut off, and built again": ([Came("r1", words=1), Built(is_cut=True)], (1, 1)),
    "another question is mapped": ([Set("one split", is_mapped=True)], (2, 2)),
    "deleted at the source": ([Swept("r1")], (0, 0)),
    "a question turns out to ask for an address": (
        [Formed(version="asks for an address")],
        (1, 0),
    ),
}


def test_in_proportion(tmp_path: Path, built: duckdb.DuckDBPyConnection) -> None:
    """What each build reports it did, in one life of a programme."""
    programme = Programme(tmp_path, lambda: nullcontext(built))
    done = {}
    for what, (between, _) in LIFE.items():
        *_, (_, report) = programme.live([*between, Built()])
        done[what] = report.unfolded_count, report.coded_count
    *_, (_, whole) = programme.live([Built(is_full=True)])

    assert done == {what: expected for what, (_, expected) in LIFE.items()}
    assert (whole.unfolded_count, whole.coded_count) == (1, 1)
