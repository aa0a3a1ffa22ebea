"""The published copy of a small programme, to be asked and taken elsewhere."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from winloss import settings, warehouse
from winloss.crm import shape
from winloss.quotes import Names

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
HOSTILE = "\x1b[2Jgone\u202e"


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory, recipe: warehouse.Recipe) -> Path:
    """The folder of a programme with three lost decisions; look, do not touch."""
    home = tmp_path_factory.mktemp("published")
    (home / settings.FILE).write_text(
        'company = "Harbourline"\ntime_zone = "Europe/Berlin"\n', encoding="utf-8"
    )
    programme = settings.read(home)
    rows = [
        {
            "decision_id": f"d{number}",
            "account_id": "a1",
            "decision_kind": "lost",
            "competitor": HOSTILE,
            "decided_on": date(2026, 5, number),
        }
        for number in (1, 2, 3)
    ]
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        frame = pl.DataFrame(rows, schema=shape.DECISIONS.columns)
        key = shape.DECISIONS.key
        warehouse.load_records(connection, "decisions", frame, key=key, now=AT)
        warehouse.build(connection, recipe, as_of=AT)
    warehouse.publish(
        programme.warehouse,
        programme.published,
        names=lambda _: Names.of(),
        as_of=AT,
        zone=programme.time_zone,
    )
    return home
