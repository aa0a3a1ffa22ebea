"""Editions: opened once with an `as_of` that never moves, kept as sent, delivered once."""

from datetime import UTC, datetime

import duckdb
import polars as pl

from winloss.reporting import Edition
from winloss.warehouse import checking, models
from winloss.warehouse.lending import lending
from winloss.weeks import Week

# A claim without an outcome was cut off: nobody knows whether the mail went out.
CLAIMED = "unknown"
FAILED = "failed"


def opened(connection: duckdb.DuckDBPyConnection, edition: Edition) -> Edition:
    """The edition as first opened: `edition` itself, or the one of an earlier run."""
    known = find(connection, edition.edition_id)
    if known:
        return known
    connection.execute(
        "insert into ops.editions values (?, ?, ?, ?, ?, null)",
        [
            edition.edition_id,
            edition.report,
            str(edition.week),
            edition.audience,
            edition.as_of,
        ],
    )
    return edition


def find(connection: duckdb.DuckDBPyConnection, edition_id: str) -> Edition | None:
    """The edition of that name; None where none was opened."""
    rows = connection.execute(
        "select report, week, audience, as_of from ops.editions where edition_id = ?", [edition_id]
    ).fetchall()
    if not rows:
        return None
    report, week, audience, as_of = rows[0]
    return Edition(report, Week.parse(week), audience, as_of.astimezone(UTC))


def keep(
    connection: duckdb.DuckDBPyConnection,
    edition: Edition,
    findings: pl.DataFrame,
    quotes: pl.DataFrame,
    *,
    body_hash: str,
) -> None:
    """Keep what an edition said; keeping it again replaces it.

    `findings` has the columns of `ops.findings` from `lens` to `attribution`; `quotes` those of
    `ops.printed_quotes` from `form_id` to `span_end`. Raises CheckFailed, keeping what was kept
    before, for a quote of words that may only be counted, or that nobody said.
    """
    version = connection.execute(
        "select arg_max(codebook_version, as_of) from ops.runs"
    ).fetchall()[0][0]
    stamped = findings.with_columns(
        edition_id=pl.lit(edition.edition_id),
        codebook_version=pl.lit(version),
        as_of=pl.lit(edition.as_of),
    )
    printed = quotes.with_columns(
        edition_id=pl.lit(edition.edition_id), as_of=pl.lit(edition.as_of)
    )
    connection.execute("begin")
    try:
        for table, frame in (("findings", stamped), ("printed_quotes", printed)):
            _replace(connection, table, edition.edition_id, frame)
        connection.execute(
            "update ops.editions set body_hash = ? where edition_id = ?",
            [body_hash, edition.edition_id],
        )
        models.replace(connection, "marts", "findings")
        models.comment(connection, ("marts",), "findings")
        # One made of the past is of other words than those that the marts hold now.
        if built_as_of(connection) == edition.as_of:
            checking.printed(connection, edition.edition_id)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _replace(
    connection: duckdb.DuckDBPyConnection, table: str, edition_id: str, frame: pl.DataFrame
) -> None:
    connection.execute(f"delete from ops.{table} where edition_id = ?", [edition_id])
    with lending(connection, "kept", frame):
        connection.execute(f"insert into ops.{table} by name from kept")


def claim(
    connection: duckdb.DuckDBPyConnection,
    edition_id: str,
    reader: str,
    *,
    message_id: str,
    now: datetime,
    is_resend: bool = False,
) -> bool:
    """Claim one delivery before it is made; False when it was claimed before.

    A delivery that certainly failed may be claimed again; one whose outcome is unknown only
    with `is_resend`.
    """
    may_repeat = (FAILED, CLAIMED) if is_resend else (FAILED,)
    connection.execute(
        "delete from ops.deliveries where edition_id = ? and reader = ?"
        " and outcome in (select unnest(?))",
        [edition_id, reader, list(may_repeat)],
    )
    rows = connection.execute(
        "select outcome from ops.deliveries where edition_id = ? and reader = ?",
        [edition_id, reader],
    ).fetchall()
    if rows:
        return False
    connection.execute(
        "insert into ops.deliveries values (?, ?, ?, ?, null, ?, null)",
        [edition_id, reader, message_id, CLAIMED, now],
    )
    return True


def record(
    connection: duckdb.DuckDBPyConnection,
    edition_id: str,
    reader: str,
    *,
    outcome: str,
    detail: str,
    now: datetime,
) -> None:
    """Record how a claimed delivery ended: sent, failed or unknown."""
    connection.execute(
        "update ops.deliveries set outcome = ?, detail = ?, ended_at = ?"
        " where edition_id = ? and reader = ?",
        [outcome, detail, now, edition_id, reader],
    )


def kept_hash(connection: duckdb.DuckDBPyConnection, edition: Edition) -> str | None:
    """The fingerprint of the edition as kept; None when it has not been made whole yet."""
    rows = connection.execute(
        "select body_hash from ops.editions where edition_id = ?", [edition.edition_id]
    ).fetchall()
    return rows[0][0] if rows else None


def built_as_of(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """The instant of the build that made the present marts; None before the first."""
    rows = connection.execute("select as_of from ops.runs order by rowid desc limit 1").fetchall()
    return rows[0][0] if rows else None


def built_with(connection: duckdb.DuckDBPyConnection) -> str:
    """The codebook of the build that made the present marts; empty before the first."""
    rows = connection.execute(
        "select codebook_version from ops.runs order by rowid desc limit 1"
    ).fetchall()
    return str(rows[0][0]) if rows else ""
