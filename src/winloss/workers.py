"""Shares work among processes of our own, where there is so much that they are worth starting.

They are started anew, never forked: the process that starts them holds the database. Where that
one is killed they end by themselves.
"""

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import Any, TypeVar

from winloss.errors import WinLossError

Item = TypeVar("Item")
Found = TypeVar("Found")

MOST = 4
"""Processes at most: each holds what it works with in memory of its own."""


def cores() -> int:
    """How many processes this one may share work among, itself included."""
    return min(MOST, os.cpu_count() or 1)


def shared(
    work: Callable[[Item], Found], items: Iterable[Item], *, processes: int
) -> Iterator[tuple[Item, Found]]:
    """Each item with what `work` makes of it, in the order of the items.

    `work` goes to the other processes, so it can be pickled, and is learned once by each. A few
    items are ahead of the one that is asked for, whatever their number. Raises WinLossError where
    a process was killed.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_begin)
    # With every item, and not as a worker starts: one that dies early would never be noticed.
    given = pickle.dumps(work)
    ahead: deque[tuple[Item, Future[Found]]] = deque()
    try:
        for item in items:
            ahead.append((item, pool.submit(_do, given, item)))
            if len(ahead) > 2 * processes:
                yield _next(ahead)
        while ahead:
            yield _next(ahead)
    finally:
        pool.shutdown(cancel_futures=True)


def _next(ahead: "deque[tuple[Item, Future[Found]]]") -> tuple[Item, Found]:
    item, future = ahead.popleft()
    try:
        return item, future.result()
    except BrokenProcessPool as error:
        raise WinLossError(
            f"One of {cores()} processes that shared the work was ended from outside, most likely "
            "for want of memory; close other programs and run the same command again."
        ) from error


def _begin() -> None:
    """Leave it to the parent when to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(given: bytes, item: Any) -> Any:  # noqa: ANN401 (whatever the work is done on)
    return _work(given)(item)


@lru_cache(maxsize=1)
def _work(given: bytes) -> Callable[[Any], Any]:
    """What is to be done, learned once."""
    work: Callable[[Any], Any] = pickle.loads(given)  # noqa: S301 (our own parent's)
    return work
