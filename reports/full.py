"""The full edition: every lens in one page, each figure with its query and the rows behind it."""

from datetime import date, datetime
from typing import Any

from winloss import resources, wording
from winloss.reporting import Edition, Full, Weekly
from winloss.settings import Settings


def make(_reader: object, edition: Edition, settings: Settings, weekly: Weekly) -> Full:
    """Everything the mail was chosen from; it reads nothing that the mail has not read."""
    room: Any = resources.load("reports", "sections")
    return Full(
        edition=edition,
        masthead=f"{settings.company} · the full report · {wording.period(edition.week)}",
        weekly=weekly,
        sections=weekly.sections,
        lenses=("drivers", "know_why", "prevention", *weekly.sections.ideas, "coverage"),
        queries=_queries(),
        parameters={
            f"${name}": _shown(value) for name, value in room.parameters(edition, settings).items()
        },
    )


def _queries() -> dict[str, str]:
    folder = resources.folder("sql") / "reports"
    return {
        f"sql/reports/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.sql"))
    }


def _shown(value: date | datetime | str | None) -> str:
    """As SQL takes it: a literal, typed where a string would not do."""
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return f"timestamptz '{value.isoformat()}'"
    return f"date '{value}'" if isinstance(value, date) else f"'{value}'"
