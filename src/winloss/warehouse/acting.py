"""What we said we would do: stated once, never rewritten, read as it stands at an instant."""

from datetime import datetime

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame
from winloss.warehouse.load import load_records

STATED = pl.Schema(
    {
        "action_id": pl.String(),
        "event": pl.String(),
        "action_kind": pl.String(),
        "action_text": pl.String(),
        "owner": pl.String(),
        "reason": pl.String(),
        "measure": pl.String(),
        "action_due_on": pl.Date(),
        "outcome_text": pl.String(),
    }
)


def actions(connection: duckdb.DuckDBPyConnection, *, now: datetime) -> pl.DataFrame:
    """One row per action on record, with its status at `now`: `staging.actions`, in its order.

    Reads raw itself, so that what was stated a moment ago is there before the next build.
    """
    connection.execute("set variable as_of = ?", [now])
    found = frame(connection, models.sql("staging/actions"))
    return found.sort("added_at", "action_id")


def state(connection: duckdb.DuckDBPyConnection, said: pl.DataFrame, *, now: datetime) -> int:
    """Append statements about actions, with the columns of `STATED`; returns how many are new."""
    return load_records(connection, "actions", said, key="action_id", now=now)
