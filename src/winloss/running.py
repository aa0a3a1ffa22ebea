"""Runs flows and steps for a person at a terminal: progress while it works, then where to look."""

import atexit
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from winloss import resources, settings
from winloss.errors import SettingsError

_out = Console(soft_wrap=True, highlight=False)
_progress = Console(stderr=True, highlight=False)


class _Shown(logging.Handler):
    """Shows each step's word on the status line, or as a line where there is no terminal."""

    def __init__(self, status: Status) -> None:
        super().__init__(logging.INFO)
        self._status = status

    def emit(self, record: logging.LogRecord) -> None:
        text = escape(record.getMessage())
        if _progress.is_terminal:
            self._status.update(f"{text} …")
        else:
            _progress.print(text)


@contextmanager
def progress(first: str) -> Iterator[None]:
    """Show what is being done, from `first` on, until the block ends."""
    log = logging.getLogger("winloss")
    with _progress.status(f"{first} …") as status:
        handler = _Shown(status)
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
        log.info(first)
        try:
            yield
        finally:
            log.removeHandler(handler)
            log.setLevel(logging.NOTSET)
            log.propagate = True


def weekly(home: Path, week: str | None, now: datetime | None) -> None:
    """Run the weekly flow in this process, on Prefect's own temporary server."""
    settings.read(home)
    settings.prepare_prefect(home)
    atexit.register(_hush)
    with progress("starting the flow"):
        flow = resources.load("flows", "weekly").weekly
        made, delivered, published = flow(home=home.resolve(), week=week, now=now, retries=0)
    show(made, delivered, published)


def _hush() -> None:
    """Drop what DuckDB's binding says of itself when Prefect's threads outlive it.

    Exit handlers run in reverse order, so this one, registered before Prefect's, is the last:
    by then everything anybody had to say has been said.
    """
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def show(made: Any, delivered: Any, published: Path) -> None:  # noqa: ANN401 (the flow's values)
    """Print where the mail, its text twin and the database lie, and the headline figures."""
    _out.print(f"\n[bold]{escape(made.subject)}[/bold]\n")
    for line in made.headlines:
        _out.print(f"  {escape(line)}")
    _out.print(f"\nthe e-mail     {escape(str(made.folder / 'weekly.html'))}")
    _out.print(f"its text twin  {escape(str(made.folder / 'weekly.txt'))}")
    _out.print(f"full report    {escape(str(made.folder / 'full.html'))}")
    _out.print(f"for analysts   {escape(str(published))}")
    if delivered.outbox:
        _out.print(f"the outbox     {escape(str(delivered.outbox))}")
    for reader in delivered.sent:
        _out.print(f"delivered to   {escape(reader)}")
    for reader in delivered.skipped:
        _out.print(f"had it already {escape(reader)}")


def rebuild(home: Path, *, is_full: bool) -> None:
    """Build and publish from what has landed."""
    from winloss import steps

    now = datetime.now(UTC)
    with progress("building"):
        built = steps.build(home, now, is_full=is_full)
        published = steps.publish(home, now)
    _out.print(
        f"{built.unfolded_count} responses unfolded, {built.coded_count} texts coded: {published}"
    )


def resend(home: Path, edition_id: str) -> None:
    """Send an edition again where its delivery failed or is in doubt."""
    from winloss import steps, warehouse

    programme = settings.read(home)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        edition = warehouse.find(connection, edition_id)
    if edition is None:
        raise SettingsError(f"There is no edition {edition_id}; see {programme.editions}.")
    delivered = steps.deliver(home, edition, datetime.now(UTC), is_resend=True)
    _out.print(f"sent to {', '.join(delivered.sent) or 'nobody: every reader has it'}")
