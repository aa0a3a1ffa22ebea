"""Codes the words: each once with the present codebook and models, and what was said is kept.

`staging.codings` and `staging.codes` hold what one codebook and one model said; a re-coding that
is on its way writes to the same names with `_ahead`, and the next build takes that over.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

import duckdb
import polars as pl

from winloss import workers
from winloss.warehouse import codebooks, models, pending
from winloss.warehouse.database import one_thread
from winloss.warehouse.lending import lending

BATCH = 2_000
"""Texts coded in one go, and in one transaction where it may be cut off."""

ALONE = 20_000
"""Texts that one process codes: a worker takes seconds to start, and a week has fewer."""

Coded = tuple[pl.DataFrame, pl.DataFrame]
"""Codings and codes of some texts."""

Progress = Callable[[int, int], object]
"""Told how many texts are coded, and of how many."""

MOST_NAMED = 100_000
"""Texts that are named as recoded; more are said to be all, since names alone take memory."""

AHEAD = "_ahead"
_TABLES = ("codings", "codes")
TABLES = (*_TABLES, *(f"{table}{AHEAD}" for table in _TABLES))
"""What `staging` holds that follows from words alone."""

_AHEAD_OF_IT = "from staging.codings_ahead"
_EITHER = f"from staging.codings union all by name {_AHEAD_OF_IT}"

# Coded anew though the present versions had coded it: only a re-coding of all of it does that.
_TWICE = """
select count(*) > 0 from staging.codings
semi join staging.codings_ahead
    using (text_hash, stance, survey_language, codebook_version, model_version)
"""

_REDONE = """
delete from staging.{table}
where (text_hash, stance) in (select (text_hash, stance) from staging.codings_ahead)
"""

_OTHER = """
delete from staging.{table}
where codebook_version is distinct from $codebook or model_version is distinct from $model
"""

# Their words are gone, or are in another language: with what was found in them.
_STALE = """
create or replace temp table stale_texts as
select codings.text_hash, codings.stance from staging.codings
semi join reworded using (text_hash, stance)
anti join ({texts}) as texts
    on codings.text_hash = texts.text_hash and codings.stance = texts.stance
    and codings.survey_language = texts.survey_language
"""

_DROP_STALE = """
delete from staging.{table}
where (text_hash, stance) in (select (text_hash, stance) from stale_texts)
"""

_NONE_RECODED = """
create or replace temp table recoded_texts (text_hash varchar, stance varchar)
"""


class Coder(Protocol):
    """Finds reasons in words; made elsewhere and handed to the build."""

    @property
    def codebook_version(self) -> str:
        """Changes whenever the codebook does."""

    @property
    def model_version(self) -> str:
        """Changes whenever the same words could be coded otherwise with the same codebook."""

    def code(self, texts: pl.DataFrame, progress: Progress | None = None) -> Coded:
        """Return the codings and the codes of `texts`.

        Texts: text_hash, text, stance, survey_language. Codings: one row per text and stance
        (`language`, `needs_review`). Codes: one row per reason found (`reason`, `is_primary`,
        `polarity`, `span_start`, `span_end`, `coder`, `confidence`, `is_suggested`), with
        `text_hash` and `stance` in both.
        """


def bring_up(
    connection: duckdb.DuckDBPyConnection,
    coder: Coder,
    *,
    as_of: datetime,
    progress: Progress = lambda _done, _count: None,
    is_full: bool = False,
    is_past: bool = False,
) -> int:
    """Have every text of `staging.verbatims` coded by `coder`; returns how many were coded now.

    Where any are to be coded, `progress` is first told before the first.
    `is_full` codes all of them anew. A codebook that is new is taken up and what the one before
    said is kept, unless `is_past`: then it came later than all that is to be known.
    Leaves the temp table `recoded_texts` (text_hash, stance): every text under a stance of which
    `staging.codings` or `staging.codes` hold other rows than before, and a row of nulls where
    that may be any.
    """
    make_tables(connection)
    connection.execute(_NONE_RECODED)
    if not is_past:
        codebooks.take_up(connection, coder.codebook_version, as_of)
    _drop_outdated(connection, coder, is_full=is_full)
    _take_over(connection)
    if pending.look_at_changed(connection):
        _drop_stale(connection)
    count = pending.find(connection, "from staging.codings", _versions(coder))
    _note_recoded(connection, "pending_texts")
    done = 0
    for batch, found in _coded(connection, coder, count, progress):
        _keep(connection, coder, batch, found)
        done += batch.height
    pending.drop(connection)
    return done


def code_ahead(
    connection: duckdb.DuckDBPyConnection, coder: Coder, progress: Progress, *, is_all: bool
) -> int:
    """Code what is not coded yet, each batch in a transaction of its own, for the next build.

    `is_all` codes also what is; once begun, that goes on whether it is said again or not. Until
    the build takes over, what was coded before stays. Returns how many texts were coded now;
    `progress` is first told before the first.
    """
    for table in _TABLES:
        _drop_other(connection, coder, f"{table}{AHEAD}")
    is_anew = is_all or connection.execute(_TWICE).fetchall() == [(True,)]
    coded, done = _AHEAD_OF_IT if is_anew else _EITHER, 0
    pending.look_at_all(connection)
    while count := pending.find(connection, coded, _versions(coder)):
        further = _further(progress, done, done + count)
        for batch, found in _coded(connection, coder, count, further):
            connection.execute("begin")
            _keep(connection, coder, batch, found, AHEAD)
            connection.execute("commit")
            done += batch.height
    if not done:
        progress(0, 0)
    pending.drop(connection)
    return done


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the tables of codings in place, each with what one row is."""
    connection.execute(models.sql("steps/coding_tables"))
    for suffix, whose in (("", ""), (AHEAD, ", by a re-coding that is not taken over yet")):
        for table, row in (
            ("codings", "text and stance that was coded"),
            ("codes", "reason found in a text and stance"),
        ):
            said = models.quoted(f"One row per {row}{whose}.")
            connection.execute(f"comment on table staging.{table}{suffix} is {said}")


def _drop_outdated(connection: duckdb.DuckDBPyConnection, coder: Coder, *, is_full: bool) -> None:
    """Drop what other versions coded, or all of it."""
    for table in TABLES if is_full else ():
        connection.execute(f"delete from staging.{table}")
    dropped = [_drop_other(connection, coder, table) for table in TABLES]
    if is_full or any(dropped[: len(_TABLES)]):
        connection.execute("insert into recoded_texts values (null, null)")


def _drop_other(connection: duckdb.DuckDBPyConnection, coder: Coder, table: str) -> int:
    dropped = connection.execute(_OTHER.format(table=table), _versions(coder)).fetchall()
    return int(dropped[0][0])


def _take_over(connection: duckdb.DuckDBPyConnection) -> None:
    _note_recoded(connection, f"staging.codings{AHEAD}")
    for table in _TABLES:
        connection.execute(_REDONE.format(table=table))
    for table in _TABLES:
        with one_thread(connection):
            connection.execute(f"insert into staging.{table} by name from staging.{table}{AHEAD}")
        connection.execute(f"delete from staging.{table}{AHEAD}")


def _drop_stale(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(_STALE.format(texts=models.sql("steps/texts")))
    _note_recoded(connection, "stale_texts")
    for table in _TABLES:
        connection.execute(_DROP_STALE.format(table=table))
    connection.execute("drop table temp.stale_texts")


def _note_recoded(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Note that what coders said of the texts in a relation is not what it was."""
    counts = connection.execute(f"select count(*) from {relation}").fetchall()
    is_named = counts[0][0] <= MOST_NAMED
    texts = f"select text_hash, stance from {relation}" if is_named else "values (null, null)"
    connection.execute(f"insert into recoded_texts {texts}")


def _versions(coder: Coder) -> dict[str, str]:
    return {"codebook": coder.codebook_version, "model": coder.model_version}


def _coded(
    connection: duckdb.DuckDBPyConnection, coder: Coder, count: int, progress: Progress
) -> Iterator[tuple[pl.DataFrame, Coded]]:
    """The pending texts, some at a time, with what the coder finds; several processes where many.

    `progress` is told before the first of `count`, and then how far it is.
    """
    batches = (batch for share in pending.shares(connection) for batch in share.iter_slices(BATCH))
    done = 0
    if count <= ALONE or workers.cores() == 1:
        for batch in batches:
            progress(done, count)
            yield batch, coder.code(batch, _further(progress, done, count))
            done += batch.height
        return
    progress(done, count)
    for batch, found in workers.shared(coder.code, batches, processes=workers.cores()):
        yield batch, found
        done += batch.height
        progress(done, count)


def _further(progress: Progress, before: int, count: int) -> Progress:
    """Told how far a part is, says how far all of it is."""
    return lambda done, _: progress(before + done, count)


def _keep(
    connection: duckdb.DuckDBPyConnection,
    coder: Coder,
    texts: pl.DataFrame,
    found: Coded,
    suffix: str = "",
) -> None:
    codings, codes = found
    keys = ["text_hash", "stance"]
    counts = codes.group_by(keys).agg(code_count=pl.len().cast(pl.Int32))
    spoken = (
        codings.join(texts.select(*keys, "survey_language"), on=keys)
        .join(counts, on=keys, how="left")
        .with_columns(pl.col("code_count").fill_null(0))
    )
    versions = pl.lit(coder.codebook_version), pl.lit(coder.model_version)
    for table, rows in zip(_TABLES, (spoken, codes), strict=True):
        versioned = rows.with_columns(codebook_version=versions[0], model_version=versions[1])
        with lending(connection, "coded", versioned), one_thread(connection):
            connection.execute(f"insert into staging.{table}{suffix} by name from coded")
