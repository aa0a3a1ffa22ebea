"""What a contestant used: wall time, processor time, peak memory, and how much it ended with.

Only the standard library: one contestant runs in an environment without ours.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_KIBI = 1024


def hold_back(most_bytes: int) -> None:
    """Let this process fail before it takes the machine's memory from everybody else."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


class Meter:
    """Runs from its making on; what was imported before does not count."""

    def __init__(self) -> None:
        """Start measuring."""
        self._started = _clocks()
        self._stages: dict[str, tuple[float, float, int]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the block under a name, together with other blocks of that name."""
        before = _clocks()
        try:
            yield
        finally:
            self.add(name, *_spent(before))

    def add(self, name: str, wall: float, processor: float) -> None:
        """Count seconds spent under a name, together with others of that name."""
        so_far = self._stages.get(name, (0.0, 0.0, 0))
        self._stages[name] = (so_far[0] + wall, so_far[1] + processor, _peak())

    def stop(self) -> dict[str, object]:
        """What was used, in all and by each stage: seconds, and the peak in bytes so far."""
        wall, processor = _spent(self._started)
        return {
            "wall": wall,
            "processor": processor,
            "peak": _peak(),
            "stages": {name: list(spent) for name, spent in self._stages.items()},
        }


def tell(used: dict[str, object], found: dict[str, float]) -> None:
    """Hand the result to whoever started this process: the last line of its output."""
    print(json.dumps({**used, "found": found}))


def _clocks() -> tuple[float, float]:
    times = os.times()
    children = times.children_user + times.children_system
    return time.perf_counter(), time.process_time() + children


def _spent(before: tuple[float, float]) -> tuple[float, float]:
    now = _clocks()
    return now[0] - before[0], now[1] - before[1]


def _peak() -> int:
    """Bytes held at most.

    Linux counts in `ru_maxrss` what the starting process held too, so its own account is read
    where there is one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIBI
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KIBI
