"""Whatever lands in whatever order, loaded at once or bit by bit: raw is the same."""

import tempfile
from contextlib import nullcontext
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from tests.warehouse.histories import contents
from tests.warehouse.histories.contents import Contents
from tests.warehouse.histories.drawing import LANDINGS
from tests.warehouse.histories.programme import Programme
from tests.warehouse.histories.steps import Again, Came, Loaded, Set, Step, Swept

from winloss import warehouse


def raw(history: list[Step]) -> Contents:
    """All of raw after a history."""
    with tempfile.TemporaryDirectory() as folder, warehouse.in_memory() as connection:
        list(Programme(Path(folder), lambda: nullcontext(connection)).live(history))
        return contents.of(connection, ("raw",))


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=LANDINGS)
@example(history=[Came("r1"), Loaded(), Again(lag=4)])
@example(history=[Came("r1"), Swept("r1"), Loaded(), Came("r1", words=1, lag=4, age=9), Again()])
def test_loaded_bit_by_bit_is_loaded_at_once(history: list[Step]) -> None:
    """Nothing that is kept of a line follows from what was loaded before it."""
    at_once = [Set() if isinstance(step, Loaded) else step for step in history]

    contents.compare(raw([*history, Loaded()]), raw([*at_once, Loaded()]), "bit by bit", "at once")
