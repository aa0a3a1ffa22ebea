"""Brings rows of our own systems into raw, append-only; keeps rejects and cursors."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import duckdb
import polars as pl

from winloss.warehouse import database
from winloss.warehouse.landing import Reject
from winloss.warehouse.lending import lending

REJECTS = {
    "source": pl.String,
    "entity": pl.String,
    "record_id": pl.String,
    "reason": pl.String,
    "detail": pl.String,
    "at_line": pl.Int64,
}

_SAME_REJECT = """
known.source = rejects.source and known.entity = rejects.entity
and known.record_id is not distinct from rejects.record_id and known.reason = rejects.reason
and known.detail is not distinct from rejects.detail
"""


def learned_at(connection: duckdb.DuckDBPyConnection, now: datetime) -> datetime:
    """The instant at which what comes in now is learned.

    That is `now`, or just after the last edition that was opened: where the clock jumped back,
    no edition may come to know what it did not.
    """
    rows = connection.execute(
        "select greatest(cast(? as timestamptz), max(as_of) + interval 1 microsecond)"
        " from ops.editions",
        [now],
    ).fetchall()
    learned: datetime = rows[0][0]
    return learned


def load_records(
    connection: duckdb.DuckDBPyConnection,
    entity: str,
    frame: pl.DataFrame,
    *,
    key: str,
    now: datetime,
) -> int:
    """Append to `raw.<entity>` the rows that differ from what was last known of them.

    A row known before is appended again only when another version of its key came after it and
    is gone, so that the last export counts; one key may have several rows at once.
    `frame` has the entity's canonical columns; of rates it is the whole file, and a rate that left
    it is withdrawn. Returns how many rows were appended.
    """
    if entity == "rates":
        frame = _with_withdrawn(connection, frame)
    with lending(connection, "records", frame):
        names = ", ".join(f'"{name}"' for name in frame.columns)
        result = connection.execute(
            f"""
            insert into raw.{entity} by name
            with hashed as (
                select *, md5(cast(to_json(records) as varchar)) as row_hash from records
            ), gone as (
                select "{key}", max(fetched_at) as fetched_at
                from raw.{entity} as known
                where not exists (
                    select 1 from hashed
                    where hashed."{key}" = known."{key}" and hashed.row_hash = known.row_hash
                )
                group by "{key}"
            )
            select {names}, row_hash, cast($now as timestamptz) as fetched_at
            from hashed
            where not exists (
                select 1 from raw.{entity} as known
                left join gone on known."{key}" = gone."{key}"
                where known."{key}" = hashed."{key}" and known.row_hash = hashed.row_hash
                    and (gone.fetched_at is null or known.fetched_at >= gone.fetched_at)
            )
            """,
            {"now": now},
        ).fetchall()
    return int(result[0][0])


def _with_withdrawn(connection: duckdb.DuckDBPyConnection, rates: pl.DataFrame) -> pl.DataFrame:
    """The rates read, and with 0 those that stood before and were not read again."""
    known = database.frame(
        connection,
        "select currency, valid_from from raw.rates group by all"
        " having max_by(usd, fetched_at) > 0 order by all",
    )
    gone = known.join(rates, on=["currency", "valid_from"], how="anti")
    withdrawn = gone.with_columns(usd=pl.lit(0.0)).select(rates.columns)
    return pl.concat([rates, withdrawn])


def load_rejects(
    connection: duckdb.DuckDBPyConnection, rejects: pl.DataFrame, *, now: datetime
) -> None:
    """Set aside each reject once, and remember that it was met; columns as in `REJECTS`."""
    if rejects.is_empty():
        return
    with lending(connection, "rejects", rejects.select(list(REJECTS))):
        connection.execute(
            f"update ops.rejects as known set seen_at = $now from rejects where {_SAME_REJECT}",
            {"now": now},
        )
        connection.execute(
            f"""
            insert into ops.rejects by name
            select distinct *, cast($now as timestamptz) as rejected_at,
                cast($now as timestamptz) as seen_at
            from rejects
            where not exists (select 1 from ops.rejects as known where {_SAME_REJECT})
            """,
            {"now": now},
        )


def frame_of(rejects: Iterable[Reject]) -> pl.DataFrame:
    """Rejects as a frame with the columns of `REJECTS`."""
    rows = [
        (each.source, each.entity, each.record_id, each.reason, each.detail, each.at_line)
        for each in rejects
    ]
    return pl.DataFrame(rows, schema=REJECTS, orient="row")


def cursors(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], datetime]:
    """Up to when each form and response type has been pulled and landed."""
    rows = connection.execute(
        "select form_id, response_type, pulled_until from ops.cursors"
    ).fetchall()
    return {(form_id, kind): until for form_id, kind, until in rows}


def move_cursors(
    connection: duckdb.DuckDBPyConnection, moved: Mapping[tuple[str, str], datetime]
) -> None:
    """Remember up to when forms were pulled; inside the transaction that loads them."""
    for (form_id, kind), until in moved.items():
        connection.execute(
            "delete from ops.cursors where form_id = ? and response_type = ?", [form_id, kind]
        )
        connection.execute("insert into ops.cursors values (?, ?, ?)", [form_id, kind, until])


def forget_cursors(connection: duckdb.DuckDBPyConnection, form_ids: Iterable[str]) -> None:
    """Have the next pull read these forms from their beginning."""
    for form_id in form_ids:
        connection.execute("delete from ops.cursors where form_id = ?", [form_id])
