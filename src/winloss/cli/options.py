"""The options several commands take."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path, typer.Option(help="The programme's folder; it holds winloss.toml.", file_okay=False)
]
Instant = Annotated[
    datetime | None,
    typer.Option(help="The run's instant in UTC, for rehearsals; default: the clock."),
]


def instant(now: datetime | None) -> datetime:
    """The instant asked for, or the clock's."""
    return now.replace(tzinfo=UTC) if now else datetime.now(UTC)
