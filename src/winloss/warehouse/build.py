"""Builds everything above raw, in one transaction: unfold, code, marts, checks."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import duckdb
import polars as pl

from winloss import resources
from winloss.errors import CheckFailed
from winloss.warehouse import models, unfolding
from winloss.warehouse.database import frame
from winloss.warehouse.load import load_rejects


class Coder(Protocol):
    """Finds reasons in words; made elsewhere and handed to the build."""

    @property
    def version(self) -> str:
        """Changes whenever the same words could be coded otherwise."""

    def code(self, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the codings and the codes of `texts` (`text_hash`, `text`, `stance`).

        Codings: one row per text and stance (`language`, `needs_review`). Codes: one row per
        reason found (`reason`, `is_primary`, `polarity`, `span_start`, `span_end`, `coder`,
        `confidence`), with `text_hash` and `stance` in both.
        """


@dataclass(frozen=True)
class Recipe:
    """What a build needs beside raw; the same recipe on the same raw gives the same marts."""

    coder: Coder
    seeds: dict[str, pl.DataFrame]
    signatures: Callable[[pl.DataFrame], pl.DataFrame]
    """Hidden fields (`form_id`, `response_id`, `hidden` as JSON) -> the same keys with
    `signature`: valid, invalid, missing or not_required."""
    fingerprint: str
    """Changes when responses must be unfolded anew, as after a change of mapping."""


@dataclass(frozen=True)
class Built:
    """What a build did."""

    unfolded_count: int
    coded_count: int
    warnings: tuple[tuple[str, int], ...]
    """Checks of sql/checks/warn that found rows, and how many."""


def build(
    connection: duckdb.DuckDBPyConnection,
    recipe: Recipe,
    *,
    as_of: datetime,
    is_full: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Bring staging and marts up to raw, as one transaction.

    `is_full` drops staging first. Raises CheckFailed, leaving everything as it was, when a
    check in sql/checks/stop finds a row.
    """
    connection.execute("begin")
    try:
        connection.execute("set variable as_of = ?", [as_of])
        built = _build(connection, recipe, as_of, progress, is_full=is_full)
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
) -> Built:
    models.seed(connection, recipe.seeds)
    progress("unfolding responses")
    unfolded = _stage(connection, recipe, as_of, is_full=is_full)
    progress("coding words")
    coded = code_new(connection, recipe.coder)
    progress("building marts")
    for name in models.MARTS:
        models.replace(connection, "marts", name)
    models.comment(connection, ("staging", "marts"))
    progress("checking")
    warnings = _check(connection)
    connection.execute("delete from ops.runs where as_of = ?", [as_of])
    connection.execute(
        "insert into ops.runs values (?, ?, ?, ?)", [as_of, recipe.coder.version, unfolded, coded]
    )
    return Built(unfolded, coded, warnings)


def _stage(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, as_of: datetime, *, is_full: bool
) -> int:
    fingerprint = _fingerprint(recipe)
    last = connection.execute("select unfolded_with from ops.programme").fetchall()[0][0]
    if is_full or last != fingerprint:
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'staging'"
            " and database_name = current_database()"
        ).fetchall():
            connection.execute(f"drop table staging.{name}")
        connection.execute("update ops.programme set unfolded_with = ?", [fingerprint])
    for name in models.STAGING_BEFORE:
        models.replace(connection, "staging", name)
    count = unfolding.unfold(connection, recipe.signatures)
    load_rejects(connection, frame(connection, models.sql("steps/odd_responses")), now=as_of)
    for name in models.STAGING_AFTER:
        models.replace(connection, "staging", name)
    return count


def code_new(connection: duckdb.DuckDBPyConnection, coder: Coder) -> int:
    """Code the words this coder has not coded yet; returns how many texts that were."""
    connection.execute(
        "create table if not exists staging.codings (text_hash varchar, stance varchar,"
        " language varchar, needs_review boolean, codebook_version varchar)"
    )
    connection.execute(
        "create table if not exists staging.codes (text_hash varchar, stance varchar,"
        " reason varchar, is_primary boolean, polarity varchar, span_start bigint,"
        " span_end bigint, coder varchar, confidence double, codebook_version varchar)"
    )
    connection.execute(
        "comment on table staging.codings is 'One row per text and stance that was coded.'"
    )
    connection.execute(
        "comment on table staging.codes is 'One row per reason found in a text and stance.'"
    )
    for name in ("codings", "codes"):
        connection.execute(
            f"delete from staging.{name} where codebook_version <> ?",
            [coder.version],
        )
    texts = frame(
        connection,
        "select distinct text_hash, text, stance from staging.verbatims"
        " where (text_hash, stance) not in (select (text_hash, stance) from staging.codings)"
        " order by text_hash, stance",
    )
    if texts.is_empty():
        return 0
    codings, codes = coder.code(texts)
    for name, found in (("codings", codings), ("codes", codes)):
        versioned = found.with_columns(codebook_version=pl.lit(coder.version))
        connection.register("coded", versioned.to_arrow())
        connection.execute(f"insert into staging.{name} by name from coded")
        connection.unregister("coded")
    return texts.height


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


def _fingerprint(recipe: Recipe) -> str:
    digest = hashlib.sha256(recipe.fingerprint.encode())
    folder = resources.folder("sql")
    names = [*unfolding.STEPS, *(f"staging/{name}" for name in unfolding.UNFOLDED)]
    for name in [*names, "staging/questions"]:
        digest.update((folder / f"{name}.sql").read_bytes())
    return digest.hexdigest()
