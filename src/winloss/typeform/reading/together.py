"""Reads several forms at once, and ends them all soon when there is no use in going on."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from winloss.typeform.api.client import Client

Given = TypeVar("Given")
Made = TypeVar("Made")

_TELL_SECONDS = 0.25


def at_once(
    client: Client,
    work: Callable[[Given], Made],
    given: Sequence[Given],
    *,
    threads: int,
    tell: Callable[[], None],
) -> list[Made]:
    """What `work` makes of each, in the given order, in so many threads that share the client.

    `tell` is called in the caller's own thread: at the beginning, four times a second and at
    the end. What `work` or `tell` raises, a Ctrl-C included, stops the client in all threads
    and is raised once they have ended.
    """
    tell()
    with ThreadPoolExecutor(threads, thread_name_prefix="typeform") as pool:
        futures = [pool.submit(work, each) for each in given]
        try:
            _watch(futures, tell)
        except BaseException:
            client.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    tell()
    return [future.result() for future in futures]


def _watch(futures: Iterable[Future[Made]], tell: Callable[[], None]) -> None:
    pending = set(futures)
    while pending:
        done, pending = wait(pending, _TELL_SECONDS, FIRST_EXCEPTION)
        for future in done:
            future.result()
        tell()
