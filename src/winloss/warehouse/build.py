"""Builds everything above raw, in one transaction: unfold, code, marts, checks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import duckdb

from winloss.warehouse import checking, coding, labels, models, renewing
from winloss.warehouse.database import frame
from winloss.warehouse.lending import lending
from winloss.warehouse.staging import Recipe, stage


@dataclass(frozen=True)
class Built:
    """What a build did."""

    unfolded_count: int
    coded_count: int
    warnings: tuple[tuple[str, int], ...]
    """What checks that only warn found, in words, and how many rows."""
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
    pace: coding.Progress = lambda _done, _count: None,
) -> Built:
    """Bring staging and marts up to raw, as one transaction.

    `is_full` drops staging first. `is_past` makes anew what an old edition read: a codebook taken
    up since then codes, and is no change that was known. `progress` is told what is done next, and
    `pace` how far the coding is, where there is any. Raises CheckFailed, leaving everything as it
    was, when a check in sql/checks/stop finds a row.
    """
    code = partial(coding.bring_up, progress=pace, is_full=is_full, is_past=is_past)
    connection.execute("begin")
    try:
        connection.execute("set variable as_of = ?", [as_of])
        built = _build(connection, recipe, as_of, progress, code, is_full=is_full)
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
    code: Callable[..., int],
    *,
    is_full: bool,
) -> Built:
    models.seed(connection, recipe.seeds)
    progress("unfolding responses")
    unfolded = stage(connection, recipe, as_of, is_full=is_full)
    progress("coding words")
    coder = recipe.taught(labels.standing(connection))
    coded = code(connection, coder, as_of=as_of)
    progress("building marts")
    _judge(connection, recipe)
    for name in models.MARTS_BEFORE:
        models.replace(connection, "marts", name)
    with renewing.renewal(connection) as renewal:
        for name in models.MARTS_AFTER:
            renewal.make(name)
        progress("checking")
        warnings = checking.run(connection)
    models.comment(connection, ("staging", "marts"))
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
    with lending(connection, "judged", judged):
        connection.execute("create or replace table staging.agreement as from judged")
