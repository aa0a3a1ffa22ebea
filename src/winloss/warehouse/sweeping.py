"""What a sweep compares with and what it states: responses deleted at the source, or back."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb
import msgspec
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame
from winloss.warehouse.landing import write_lines

_ALL = """
create or replace temp table touched as
select distinct form_id, response_id, null as lines_hash from raw.responses
"""


def held(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per response ever received, by form and id: `sql/steps/held.sql`.

    `is_deleted` holds for those a sweep said are deleted at the source; `names` is empty where
    a response has none; `heard_at` is the last instant at which it came in or was given.
    """
    connection.execute(_ALL)
    for name in ("forms", "current"):
        text = models.sql(f"steps/{name}")
        connection.execute(f"create or replace temp table {name} as\n{text}")
    found = frame(connection, models.sql("steps/held"))
    for name in ("touched", "forms", "current"):
        connection.execute(f"drop table temp.{name}")
    return found


def land_swept(
    folder: Path,
    is_deleted: Mapping[str, bool],
    *,
    form_id: str,
    form_kind: str,
    swept_at: datetime,
) -> Path:
    """Write one line per response (id -> whether it is deleted at the source), all in one file."""
    head = {
        "form_id": form_id,
        "form_kind": form_kind,
        "source": "sweep",
        "fetched_at": swept_at.isoformat(),
    }
    lines = [
        msgspec.json.encode({**head, "item": {"is_deleted": said, "response_id": response_id}})
        for response_id, said in sorted(is_deleted.items())
    ]
    return write_lines(folder, form_id, b"".join(line + b"\n" for line in lines))
