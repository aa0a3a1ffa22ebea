"""Alerts: tells at once, and once only, what must not wait for the weekly edition."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from winloss import editing, settings, steps, warehouse
from winloss.errors import DeliveryError
from winloss.reporting import Edition
from winloss.settings import Settings
from winloss.weeks import Week

log = logging.getLogger("winloss")

_SHORT = 12


@dataclass(frozen=True)
class Alerted:
    """What a run alerted to: new cases, and the mails that went out for them or earlier ones."""

    case_count: int
    mail_count: int
    folders: tuple[Path, ...]


def alert(home: Path, now: datetime) -> Alerted:
    """Mail the cases nobody was told of yet, and finish what an earlier run had begun.

    A case belongs to one edition from before that is made, so a run cut off anywhere neither
    loses it nor tells it twice. DeliveryError names every alert that did not surely go out.
    """
    programme = settings.read(home)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        cases = warehouse.Reader(connection).report("alert_new", as_of=now)
        if cases.height:
            warehouse.open_alert(connection, _edition(programme, cases, now), cases)
        waiting = warehouse.untold(connection)
    sent, troubles = 0, []
    for edition in waiting:
        try:
            sent += _tell(home, programme, edition, now)
        except DeliveryError as error:
            troubles.append(f"{edition.edition_id}: {error}")
    if troubles:
        raise DeliveryError(" ".join(troubles))
    folders = tuple(programme.editions / edition.edition_id for edition in waiting)
    return Alerted(cases.height, sent, folders)


def _tell(home: Path, programme: Settings, edition: Edition, now: datetime) -> int:
    """Make one alert and deliver it; returns how many readers were mailed now."""
    log.info("alerting")
    editing.make(home, edition)
    delivered = steps.deliver(home, edition, now)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        warehouse.told(connection, edition, now)
    return len(delivered.sent)


def _edition(programme: Settings, cases: pl.DataFrame, now: datetime) -> Edition:
    """An edition that is named for its cases, so that no two alerts share a name."""
    told = "\n".join("|".join(row) for row in cases.iter_rows())
    name = hashlib.sha256(told.encode()).hexdigest()[:_SHORT]
    return Edition("alert", Week.before(now, programme.zone).minus(-1), name, now)
