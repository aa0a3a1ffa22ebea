"""One account's pace, kept by all threads together: Typeform counts requests by account."""

import threading
import time

from winloss.errors import TypeformError

_SLOWEST = 8.0
_EASING = 0.9


class Stopped(TypeformError):  # noqa: N818 (nothing went wrong)
    """The reading was ended from outside."""


class Pace:
    """Hands out moments to send, evenly spaced over all threads.

    A limit that is met although we keep our pace means that somebody else uses the same
    account: each such answer doubles the spacing (to eight times at most), and each moment
    handed out eases it by a tenth, so that two programmes come to share the budget.
    """

    def __init__(self, per_second: float) -> None:
        """`per_second` is the pace when nobody else asks."""
        self._least = self._interval = 1 / per_second
        self._next = time.monotonic()
        self._is_stopped = False
        self._changed = threading.Condition()

    def wait(self) -> None:
        """Sleep until it is this caller's turn; raises Stopped when there is none any more."""
        with self._changed:
            while not self._is_stopped and (left := self._next - time.monotonic()) > 0:
                self._changed.wait(left)
            if self._is_stopped:
                raise Stopped("The reading was ended; run it again to complete it.")
            self._next = time.monotonic() + self._interval
            self._interval = max(self._least, self._interval * _EASING)

    def hold(self, seconds: float, *, is_limit: bool = False) -> None:
        """Let nobody send for a while: the limit is the account's, not the caller's."""
        with self._changed:
            self._next = max(self._next, time.monotonic() + seconds)
            if is_limit:
                self._interval = min(self._interval * 2, self._least * _SLOWEST)

    def stop(self) -> None:
        """End every wait, now and from now on."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
