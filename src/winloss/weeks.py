"""Weeks, as a programme counts them: ISO weeks in its own time zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from winloss.errors import SettingsError

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, order=True)
class Week:
    """One ISO 8601 week, Monday to Sunday."""

    monday: date

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read `2026-W40`; raises SettingsError for anything else."""
        match = _WEEK.fullmatch(text)
        try:
            year, week = (int(part) for part in match.groups()) if match else (0, 0)
            return cls(date.fromisocalendar(year, week, 1))
        except ValueError as error:
            raise SettingsError(f"{text!r} is not an ISO week; write it as 2026-W40.") from error

    @classmethod
    def before(cls, instant: datetime, zone: ZoneInfo) -> "Week":
        """The last whole week that had ended at `instant`, seen from `zone`."""
        today = instant.astimezone(zone).date()
        return cls(today - timedelta(days=today.weekday() + 7))

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    def __str__(self) -> str:
        """`2026-W40`, as `parse` reads it."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def minus(self, weeks: int) -> "Week":
        """The week so many weeks earlier."""
        return Week(self.monday - timedelta(weeks=weeks))
