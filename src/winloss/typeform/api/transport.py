"""One bounded loop around every request: paced, retried where waiting may help, translated.

The loop is our own because urllib3's Retry ends at the headers: it sees neither a body that
breaks off nor one that is not JSON.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

from winloss.errors import TypeformError, TypeformUnreachable
from winloss.settings import TypeformSettings
from winloss.typeform.api.judging import READING, AccountUnreachable, Passing, Question, judge
from winloss.typeform.api.pace import Pace
from winloss.typeform.api.parsing import Unreadable, as_utf8
from winloss.typeform.api.wire import Bearer, Wire

Read = TypeVar("Read")

_LONGEST_BACKOFF = 60.0
_LONGEST_OBEYED_WAIT = 300.0
_MOST_FRUITLESS = 3
"""So many questions in a row without any answer, and it is not for a single form any more."""


class Transport:
    """Asks one account; safe to share between threads, each of which has its own connections."""

    def __init__(
        self,
        settings: TypeformSettings,
        token: str,
        waiting: Callable[[str], None],
        scopes: str = "",
    ) -> None:
        """`waiting` is told, from any thread, what is waited for, and "" when it is over.

        `scopes` are all that the token needs; nothing: what each question says.
        Raises SettingsError when the token cannot be one.
        """
        self._settings = settings
        self._waiting = waiting
        self._base = settings.base_url.rstrip("/")
        self._pace = Pace(settings.requests_per_second)
        self._bearer = Bearer(token, scopes or READING)
        self._scopes = scopes
        self._own = threading.local()
        self._wires: list[Wire] = []
        self._fruitless_count = 0
        self._lock = threading.Lock()

    def stop(self) -> None:
        """End every wait and every request under way, in all threads: they raise Stopped."""
        self._pace.stop()
        with self._lock:
            for wire in self._wires:
                wire.end()

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            for wire in self._wires:
                wire.close()

    def ask(self, question: Question, read: Callable[[bytes], Read]) -> Read:
        """What `read` makes of the answer's body; where it raises Unreadable, ask again.

        Only a question that may be repeated is sent again when it may have arrived. Raises
        BadRequest, TypeformRefused, TypeformMissing, SettingsError for an address that
        cannot be one, TypeformUnreachable after `retries` more tries (AccountUnreachable
        where other questions would fare no better), and Stopped.
        """
        tries = self._settings.retries + 1
        last = Passing("nothing tried")
        for attempt in range(tries):
            self._pace.wait()
            self._waiting("")
            try:
                found = self._try(question, read)
            except Passing as passing:
                last = passing
            except TypeformError:
                self._fruitless_count = 0
                raise
            else:
                self._fruitless_count = 0
                return found
            self._check_may_go_on(question, last)
            self._hold(attempt, last)
        raise self._unreachable(last)(
            f"{self._base} gave no useful answer about {question.about} in "
            f"{tries} {'try' if tries == 1 else 'tries'} (last: {last}). "
            "Check typeform.base_url in winloss.toml and the network."
        ) from last

    def _unreachable(self, last: Passing) -> type[TypeformUnreachable]:
        """Whether it was for this question only: a limit and a dead host are for all."""
        with self._lock:
            self._fruitless_count += 1
            is_for_all = last.never_arrived or self._fruitless_count >= _MOST_FRUITLESS
        return AccountUnreachable if is_for_all else TypeformUnreachable

    def _try(self, question: Question, read: Callable[[bytes], Read]) -> Read:
        answer = self._wire().send(question)
        judge(answer, question, self._base, self._scopes)
        try:
            return read(as_utf8(answer.body))
        except Unreadable as error:
            raise Passing(str(error)) from error

    def _check_may_go_on(self, question: Question, passing: Passing) -> None:
        if not question.may_repeat and not passing.never_arrived:
            raise TypeformUnreachable(
                f"{self._base} gave no useful answer about {question.about} ({passing}), and it "
                "may have been made all the same. Look in Typeform before you run this again."
            ) from passing
        if passing.wait > _LONGEST_OBEYED_WAIT:
            raise AccountUnreachable(
                f"{self._base} asks us to wait {passing.wait:,.0f} seconds ({passing}). "
                "Run this again after that."
            ) from passing

    def _hold(self, attempt: int, passing: Passing) -> None:
        """Wait before the next try, and say so."""
        backoff = min(self._settings.backoff_seconds * 2.0**attempt, _LONGEST_BACKOFF)
        seconds = max(backoff, passing.wait)
        tries = self._settings.retries + 1
        self._pace.hold(seconds, is_limit=passing.is_limit)
        if attempt + 1 == tries:
            return
        said = f"{passing}, try {attempt + 2} of {tries} in {seconds:.0f} s"
        self._waiting(f"Typeform asks us to wait {seconds:.0f} s" if passing.wait else said)

    def _wire(self) -> Wire:
        wire: Wire | None = getattr(self._own, "wire", None)
        if wire is None:
            wire = self._own.wire = Wire(self._settings, self._bearer)
            with self._lock:
                self._wires.append(wire)
        return wire
