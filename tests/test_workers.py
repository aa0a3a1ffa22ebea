"""Work shared among processes: in order, to its end, and nobody is left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from winloss import workers
from winloss.errors import WinLossError


def process_of(number: int) -> tuple[int, int]:
    """The number and who worked on it; the first takes longest."""
    time.sleep(0.3 if number == 0 else 0)
    return number, os.getpid()


def ended(number: int) -> int:
    """A process that is killed as it works, after a while."""
    if number == 8:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_in_order_and_elsewhere() -> None:
    """Each item has its own answer, in the order they were given, from other processes."""
    found = list(workers.shared(process_of, range(20), processes=2))

    assert [(item, number) for item, (number, _) in found] == [(item, item) for item in range(20)]
    assert os.getpid() not in {process for _, (_, process) in found}


def test_few_are_ahead() -> None:
    """However many items there are, few of them are asked for before they are needed."""
    asked: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    shared = workers.shared(process_of, items(), processes=1)
    next(shared)
    del shared

    assert len(asked) < 10


def test_a_worker_that_is_killed_is_said() -> None:
    """Where one of them is ended, it says so and what to do, and what was done before stays."""
    found: list[tuple[int, int]] = []

    with pytest.raises(WinLossError, match="run the same command again"):
        found.extend(workers.shared(ended, range(20), processes=2))

    assert found == [(number, number) for number in range(len(found))]
    assert 0 < len(found) <= 8


WORKS_UNGUARDED = """
from winloss import workers

def measured(words):
    return len(words)

words = (letter * 100_000 for letter in "abcdefghi")
print("".join(f"{word[0]}{size} " for word, size in workers.shared(measured, words, processes=2)))
"""


@pytest.mark.parametrize("is_piped", [False, True])
def test_without_other_processes(tmp_path: Path, *, is_piped: bool) -> None:
    """A script that runs again in its workers, or cannot, does it all itself and says so once."""
    script = tmp_path / "works.py"
    script.write_text(WORKS_UNGUARDED, encoding="utf-8")
    with script.open(encoding="utf-8") as piped:
        done = subprocess.run(
            [sys.executable, *([] if is_piped else [str(script)])],
            stdin=piped if is_piped else None,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert done.returncode == 0
    assert done.stdout == "".join(f"{letter}100000 " for letter in "abcdefghi") + "\n"
    assert done.stderr.count("this one does it alone") == 1


WORKS = """
import time
from winloss import workers

def work(number):
    time.sleep(0.2)
    return number

if __name__ == "__main__":
    for item, _ in workers.shared(work, range(10_000), processes=2):
        print(item, flush=True)
"""


def test_nobody_is_left_when_it_is_killed(tmp_path: Path) -> None:
    """The workers of a process that was killed end by themselves."""
    script = tmp_path / "works.py"
    script.write_text(WORKS, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n"
        theirs = children(process.pid)
        process.kill()
        process.communicate()

    deadline = time.monotonic() + 60
    while any(map(is_there, theirs)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(theirs) >= 2
    assert not [each for each in theirs if is_there(each)]


def children(process: int) -> list[int]:
    """The processes that a process started."""
    found = Path(f"/proc/{process}/task/{process}/children")
    if not found.exists():
        pytest.skip("this system does not say who started whom")
    return [int(each) for each in found.read_text(encoding="ascii").split()]


def is_there(process: int) -> bool:
    """Whether a process is still there, and has not ended already."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        return state.split()[0] != "Z"
    return False
