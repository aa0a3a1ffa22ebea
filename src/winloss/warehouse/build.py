"""Builds everything above raw, in one transaction: unfold, code, marts, checks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from winloss.errors import CheckFailed
from winloss.warehouse import coding, labels, models
from winloss.warehouse.database import frame
from winloss.warehouse.staging import Recipe, stage


@dataclass(frozen=True)
class Built:
    """What a build did."""

    unfolded_count: int
    coded_count: int
    warnings: tuple[tuple[str, int], ...]
    """Checks of sql/checks/warn that found rows, and how many."""
    coded_by: tuple[tuple[str, int], ...] = ()
    """By whom the words have their reasons, and how many answers: `sql/steps/coded.sql`."""


def build(
    connection: duckdb.DuckDBPyConnection,
    recipe: Recipe,
    *,
    as_of: datetime,
    is_full: bool = False,
    is_past: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Bring staging and marts up to raw, as one transaction.

    `is_full` drops staging first. `is_past` makes anew what an old edition read: a codebook taken
    up since then codes, and is no change that was known. Raises CheckFailed, leaving everything as
    it was, when a check in sql/checks/stop finds a row.
    """
    connection.execute("begin")
    try:
        connection.execute("set variable as_of = ?", [as_of])
        built = _build(connection, recipe, as_of, progress, is_full=is_full, is_past=is_past)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    return built


def _build(
    connection: duckdb.DuckDBPyConnection,
    recipe: Recipe,
    as_of: datetime,
    progress: Callable[[str], None],
    *,
    is_full: bool,
    is_past: bool,
) -> Built:
    models.seed(connection, recipe.seeds)
    progress("unfolding responses")
    unfolded = stage(connection, recipe, as_of, is_full=is_full)
    progress("coding words")
    coder = recipe.taught(labels.standing(connection))
    coded = coding.bring_up(connection, coder, as_of=as_of, is_full=is_full, is_past=is_past)
    progress("building marts")
    _judge(connection, recipe)
    for name in models.MARTS:
        models.replace(connection, "marts", name)
    models.comment(connection, ("staging", "marts"))
    progress("checking")
    warnings = _check(connection)
    connection.execute("delete from ops.runs where as_of = ?", [as_of])
    connection.execute(
        "insert into ops.runs values (?, ?, ?, ?, ?)",
        [as_of, coder.codebook_version, unfolded, coded, coder.model_version],
    )
    coded_by = tuple(frame(connection, models.sql("steps/coded")).iter_rows())
    return Built(unfolded, coded, warnings, coded_by)


def _judge(connection: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    """Say how far people agree with one another and with the coder."""
    judged = recipe.agreement(frame(connection, models.sql("steps/agreement_counts")))
    connection.register("judged", judged.to_arrow())
    connection.execute("create or replace table staging.agreement as from judged")
    connection.unregister("judged")


def _check(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    for path in models.check_files("stop"):
        count = _offending(connection, path)
        if count:
            raise CheckFailed(
                f"The check sql/checks/stop/{path.name} found {count} rows; nothing was published "
                "or sent. Run its query on the work file to see them."
            )
    counted = [(path.stem, _offending(connection, path)) for path in models.check_files("warn")]
    return tuple((name, count) for name, count in counted if count)


def _offending(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    rows = connection.execute(f"select count(*) from (\n{text}\n)").fetchall()
    return int(rows[0][0])
