"""Counts what several threads have read, as one progress."""

import threading
import time
from dataclasses import dataclass

from winloss.typeform.reading.progress import Progress


@dataclass
class _Walk:
    """One walk through the pages of a form's responses of one type."""

    told_count: int | None
    item_count: int = 0
    is_over: bool = False

    @property
    def expected_count(self) -> int | None:
        """What came where all came; else what was told, unless it was told wrongly."""
        if self.is_over:
            return self.item_count
        if self.told_count is None or self.told_count < self.item_count:
            return None
        return self.told_count


class Tally:
    """Every method may be called from any thread."""

    def __init__(self, form_count: int, *, walks_per_form: int) -> None:
        """A reading that begins now."""
        self._form_count = form_count
        self._walks_per_form = walks_per_form
        self._walks: dict[str, dict[str, _Walk]] = {}
        self._done: set[str] = set()
        self._waiting = ""
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def page_read(
        self, form_id: str, response_type: str, *, item_count: int, told_count: int | None
    ) -> None:
        """Count a page; of a walk's first one also what it tells of the whole."""
        with self._lock:
            walks = self._walks.setdefault(form_id, {})
            walks.setdefault(response_type, _Walk(told_count)).item_count += item_count

    def walk_over(self, form_id: str, response_type: str) -> None:
        """Nothing more comes of a walk."""
        with self._lock:
            self._walks.setdefault(form_id, {}).setdefault(response_type, _Walk(0)).is_over = True

    def form_done(self, form_id: str) -> None:
        """Nothing more comes of a form, read or set aside."""
        with self._lock:
            self._done.add(form_id)
            for walk in self._walks.get(form_id, {}).values():
                walk.is_over = True

    def wait_for(self, what: str) -> None:
        """Say what is waited for; nothing any more for ""."""
        with self._lock:
            self._waiting = what

    def progress(self) -> Progress:
        """How far it is now."""
        with self._lock:
            walks = [walk for form in self._walks.values() for walk in form.values()]
            return Progress(
                form_count=self._form_count,
                forms_done=len(self._done),
                response_count=sum(walk.item_count for walk in walks),
                expected_count=self._expected_count(),
                seconds=time.monotonic() - self._began,
                waiting=self._waiting,
            )

    def _expected_count(self) -> int | None:
        """Known once every walk has told, or is over."""
        begun = [form for form, walks in self._walks.items() if len(walks) == self._walks_per_form]
        if len(self._done.union(begun)) < self._form_count:
            return None
        expected = [walk.expected_count for each in self._walks.values() for walk in each.values()]
        known = [count for count in expected if count is not None]
        return sum(known) if len(known) == len(expected) else None
