"""Shares work among processes of our own, where there is so much that they are worth starting.

They are started anew, never forked: the process that starts them holds the database. Where that
one is killed they end by themselves.
"""

import logging
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

from winloss.errors import WinLossError

log = logging.getLogger("winloss")

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
    items are ahead of the one that is asked for, whatever their number. Where no other process
    comes to a first result, as when a script calls this without `if __name__ == "__main__"`, this
    one does all the work. Raises WinLossError where one is killed later.
    """
    coming = iter(items)
    taken: deque[Item] = deque()
    if not (yield from _by_others(work, coming, taken, processes)):
        log.warning("no other process could start to share the work; this one does it alone")
        for item in chain(taken, coming):
            yield item, work(item)


def _by_others(
    work: Callable[[Item], Found], items: Iterable[Item], taken: deque[Item], processes: int
) -> Generator[tuple[Item, Found], None, bool]:
    """As `shared`, by others alone; says whether they could, and `taken` holds what they have."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_begin)
    is_begun = False
    try:
        for future in _given(pool, work, items, taken, 2 * processes):
            found = future.result()
            is_begun = True
            yield taken.popleft(), found
    except BrokenProcessPool as error:
        if is_begun:
            raise WinLossError(
                f"One of {processes} processes that shared the work was ended from outside, most "
                "likely for want of memory; close other programs and run the same command again."
            ) from error
        return False
    finally:
        pool.shutdown(cancel_futures=True)
    return True


def _given(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Found],
    items: Iterable[Item],
    taken: deque[Item],
    most: int,
) -> Iterator[Future[Found]]:
    """What comes of each item, while so many at most that come after it are given already."""
    # With every item, and not as a worker starts: one that dies early would never be noticed.
    given = pickle.dumps(work)
    ahead: deque[Future[Found]] = deque()
    for item in items:
        taken.append(item)
        ahead.append(pool.submit(_do, given, item))
        if len(ahead) > most:
            yield ahead.popleft()
    yield from ahead


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
