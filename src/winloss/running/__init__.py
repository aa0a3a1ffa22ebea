"""Runs flows and steps for a person at a terminal: progress while it works, then where to look."""

import atexit
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from winloss import resources, settings, wording
from winloss.errors import SettingsError
from winloss.reporting import Edition
from winloss.running.showing import progress

if TYPE_CHECKING:
    from winloss import acting

__all__ = [
    "act",
    "acted",
    "actions",
    "listen",
    "progress",
    "rebuild",
    "recode",
    "resend",
    "say_rehearsed",
    "say_unread",
    "show",
    "weekly",
]

_STARTING = "starting Prefect, about 15 seconds"

_out = Console(soft_wrap=True, highlight=False)


def weekly(home: Path, week: str | None, now: datetime | None) -> None:
    """Run the weekly flow in this process, on Prefect's own temporary server."""
    with _prefect(home, week, now):
        flow = resources.load("flows", "weekly").weekly
        made, delivered, published = flow(home=home.resolve(), week=week, now=now, retries=0)
    show(made, delivered, published, settings.read(home).report.readers)


def listen(home: Path, now: datetime | None) -> None:
    """Run the listening flow in this process, and say what was alerted to."""
    with _prefect(home, None, now):
        alerted = resources.load("flows", "listen").listen(home=home.resolve(), now=now, retries=0)
    if not alerted.folders:
        _out.print("nothing urgent")
        return
    for folder in alerted.folders:
        _out.print(f"the alert      {escape(str(folder / 'alert.html'))}")
    _out.print(f"new cases      {alerted.case_count}\nmails sent     {alerted.mail_count}")


@contextmanager
def _prefect(home: Path, week: str | None, now: datetime | None) -> Iterator[None]:
    """Set Prefect up for a flow.

    Raises SettingsError first for a setting, key, token or week that can be none: Prefect takes
    its time to start.
    """
    _check(home, week, now or datetime.now(UTC))
    settings.prepare_prefect(home)
    atexit.register(_hush)
    with progress(_STARTING):
        yield


def _check(home: Path, week: str | None, now: datetime) -> None:
    from winloss import steps
    from winloss.typeform import Client

    programme = settings.read(home)
    steps.week_of(home, week, now)
    steps.check_keys(programme)
    if programme.typeform.forms:
        Client(programme.typeform, programme.typeform_token.get_secret_value()).close()


def say_rehearsed(now: datetime | None) -> None:
    """Say what a run as of another instant than the clock's leaves out."""
    if now:
        _out.print(f"as of          {now:%Y-%m-%d %H:%M} UTC; what came in later is left out")


def say_unread(home: Path) -> None:
    """Say that a build did not look at the CRM, where there is one."""
    if settings.read(home).crm.sources:
        _out.print("the CRM        not read by a build; winloss run reads it")


def _hush() -> None:
    """Drop what DuckDB's binding says of itself when Prefect's threads outlive it.

    Exit handlers run in reverse order, so this one, registered before Prefect's, is the last:
    by then everything anybody had to say has been said.
    """
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def show(  # made and delivered are the flow's values
    made: Any,  # noqa: ANN401
    delivered: Any,  # noqa: ANN401
    published: Path,
    readers: tuple[str, ...],
) -> None:
    """Print where the mail, its text twin and the database lie, and the headline figures."""
    _out.print(f"\n[bold]{escape(made.subject)}[/bold]\n")
    for line in made.headlines:
        _out.print(f"  {escape(line)}")
    _out.print(f"\nthe e-mail     {escape(str(made.folder / 'weekly.html'))}")
    _out.print(f"its text twin  {escape(str(made.folder / 'weekly.txt'))}")
    _out.print(f"full report    {escape(str(made.folder / 'full.html'))}")
    _out.print(f"for analysts   {escape(str(published))}")
    if made.others:
        _out.print(f"and with it    {_others(made.others)}")
    if delivered.outbox:
        said = "written to    " if delivered.sent else "already in    "
        folder = escape(str(delivered.outbox.parent))
        _out.print(f"{said} {folder} (no mail server is set)")
    if delivered.outbox and not readers:
        return  # what the mail is addressed to then is nobody's address
    for reader in delivered.sent:
        said = "addressed to  " if delivered.outbox else "delivered to  "
        _out.print(f"{said} {escape(reader)}")
    for reader in delivered.skipped:
        _out.print(f"had it already {escape(reader)}")


def _others(others: tuple[Edition, ...]) -> str:
    kinds = Counter(each.report for each in others)
    named = (
        ("team", "team edition", "team editions"),
        ("seller_card", "seller card", "seller cards"),
    )
    parts = [wording.counted(kinds[kind], one, many) for kind, one, many in named if kinds[kind]]
    return wording.listed(parts)


def rebuild(
    home: Path, *, is_full: bool, coded_before: int = 0, now: datetime | None = None
) -> None:
    """Build and publish from what has landed; `coded_before` texts were coded for it just now.

    `now` is the instant to build as of; left out, the clock's.
    """
    from winloss import steps

    at, began = now or datetime.now(UTC), time.monotonic()
    with progress("building"):
        built = steps.build(home, at, is_full=is_full)
        published = steps.publish(home, at)
    coded = built.coded_count + coded_before
    if is_full:
        _out.print("dropped everything above what was received, and built it anew:")
    _out.print(
        f"{built.unfolded_count} responses unfolded, {coded} texts coded, "
        f"{time.monotonic() - began:.0f} s: {escape(str(published))}"
    )
    if now:
        _out.print(f"as of          {at:%Y-%m-%d %H:%M} UTC")
    for said, count in (*built.coded_by, *built.warnings):
        _out.print(f"{said}: {count:,}")


def recode(home: Path, now: datetime, *, is_all: bool) -> None:
    """Code what is to be coded in steps that can be cut off, then build and publish."""
    from winloss import recoding

    with progress("starting"):
        count = recoding.recode(home, now, is_all=is_all)
    rebuild(home, is_full=False, coded_before=count)


def act(home: Path, wanted: "acting.Wanted", now: datetime) -> None:
    """Put an action on record and say under which name."""
    from winloss import acting

    action_id, is_new = acting.add(home, wanted, now=now)
    said = "on record, and in the next edition" if is_new else "on record already"
    _out.print(f"[bold]{action_id}[/bold] {said}")


def acted(home: Path, action_id: str, outcome: str | None, now: datetime) -> None:
    """Say that an action is done."""
    from winloss import acting

    acting.finish(home, action_id, outcome, now=now)
    _out.print("done, and in the next edition")


def actions(home: Path, now: datetime, *, is_all: bool) -> None:
    """Print what is on record, without what is done unless `is_all`."""
    from winloss import acting

    found = [
        row for row in acting.listed(home, now=now).to_dicts() if is_all or row["status"] != "done"
    ]
    if not found:
        what = "" if is_all else "open "
        _out.print(f'No {what}action is on record. Add one: winloss action add "…" --owner …')
        return
    table = Table("id", "what", "who", "due", "where it stands", box=None)
    for row in found:
        due = row["action_due_on"] or "always"
        stands = ": ".join(each for each in (row["status"], row["outcome_text"]) if each)
        cells = (row["action_id"], row["action_text"], row["owner"], str(due), stands)
        table.add_row(*(escape(each) for each in cells))
    _out.print(table)


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
