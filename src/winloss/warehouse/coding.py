"""Codes the words: each once with the present codebook and models, and what was said is kept.

`staging.codings` and `staging.codes` hold what one codebook and one model said; a re-coding that
is on its way writes to the same names with `_ahead`, and the next build takes that over.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame, one_thread

BATCH = 2_000
"""Texts coded in one go, and in one transaction where it may be cut off."""

Progress = Callable[[int, int], object]
"""Told how many texts are coded, and of how many."""

AHEAD = "_ahead"
_TABLES = ("codings", "codes")
TABLES = (*_TABLES, *(f"{table}{AHEAD}" for table in _TABLES))
"""What `staging` holds that follows from words alone."""

_PENDING = """
from ({texts}) as texts
anti join ({coded}) as coded
    on texts.text_hash = coded.text_hash and texts.stance = coded.stance
    and texts.survey_language = coded.survey_language
    and coded.codebook_version = $codebook and coded.model_version = $model
order by texts.text_hash, texts.stance
"""

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

_GONE = """
delete from staging.codings where (text_hash, stance, survey_language) not in (
    select (text_hash, stance, survey_language) from ({texts})
)
"""

_LOOSE = """
delete from staging.codes
where (text_hash, stance) not in (select (text_hash, stance) from staging.codings)
"""

_LEFT = """
insert into ops.past_codes by name
select *, cast($as_of as timestamptz) as left_at from ({left_codes})
"""

_LAST = "select codebook_version from ops.codebooks order by taken_up_at desc, rowid desc limit 1"

# Of a programme that began before codebooks were kept, the one it was coded with last.
_FIRST = """
insert into ops.codebooks
select codebook_version, min(as_of), null from ops.runs
where codebook_version in (select codebook_version from staging.codings)
group by codebook_version
"""

_TAKEN_UP = """
insert into ops.codebooks
select $codebook, $as_of, list(distinct reason order by reason) from seeds.reasons
where nullif(valid_to, '') is null
"""


class Coder(Protocol):
    """Finds reasons in words; made elsewhere and handed to the build."""

    @property
    def codebook_version(self) -> str:
        """Changes whenever the codebook does."""

    @property
    def model_version(self) -> str:
        """Changes whenever the same words could be coded otherwise with the same codebook."""

    def code(
        self, texts: pl.DataFrame, progress: Progress | None = None
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
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
    """
    make_tables(connection)
    if not is_past:
        _take_up(connection, coder, as_of)
    for table in TABLES if is_full else ():
        connection.execute(f"delete from staging.{table}")
    for table in TABLES:
        _drop_other(connection, coder, table)
    _take_over(connection)
    connection.execute(_GONE.format(texts=models.sql("steps/texts")))
    connection.execute(_LOOSE)
    texts, done = _pending(connection, coder), 0
    for batch in texts.iter_slices(BATCH):
        progress(done, texts.height)
        _code(connection, coder, batch, progress=_further(progress, done, texts.height))
        done += batch.height
    return texts.height


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
    texts, done = _pending(connection, coder, _AHEAD_OF_IT if is_anew else _EITHER), 0
    progress(done, texts.height)
    for batch in texts.iter_slices(BATCH):
        connection.execute("begin")
        _code(connection, coder, batch, AHEAD, _further(progress, done, texts.height))
        connection.execute("commit")
        done += batch.height
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


def _take_up(connection: duckdb.DuckDBPyConnection, coder: Coder, as_of: datetime) -> None:
    """Keep what the codebook before said and note the new one, where `coder` has a new one."""
    if not connection.execute(_LAST).fetchall():
        connection.execute(_FIRST)
    if connection.execute(_LAST).fetchall() == [(coder.codebook_version,)]:
        return
    with one_thread(connection):
        left_codes = models.sql("steps/left_codes")
        connection.execute(_LEFT.format(left_codes=left_codes), {"as_of": as_of})
    connection.execute(_TAKEN_UP, {"codebook": coder.codebook_version, "as_of": as_of})


def _drop_other(connection: duckdb.DuckDBPyConnection, coder: Coder, table: str) -> None:
    connection.execute(_OTHER.format(table=table), _versions(coder))


def _take_over(connection: duckdb.DuckDBPyConnection) -> None:
    for table in _TABLES:
        connection.execute(_REDONE.format(table=table))
    for table in _TABLES:
        with one_thread(connection):
            connection.execute(f"insert into staging.{table} by name from staging.{table}{AHEAD}")
        connection.execute(f"delete from staging.{table}{AHEAD}")


def _pending(
    connection: duckdb.DuckDBPyConnection, coder: Coder, coded: str = _EITHER
) -> pl.DataFrame:
    query = _PENDING.format(texts=models.sql("steps/texts"), coded=coded)
    return frame(connection, query, _versions(coder))


def _versions(coder: Coder) -> dict[str, str]:
    return {"codebook": coder.codebook_version, "model": coder.model_version}


def _further(progress: Progress, before: int, count: int) -> Progress:
    """Told how far a batch is, says how far all of them are."""
    return lambda done, _: progress(before + done, count)


def _code(
    connection: duckdb.DuckDBPyConnection,
    coder: Coder,
    texts: pl.DataFrame,
    suffix: str = "",
    progress: Progress | None = None,
) -> None:
    codings, codes = coder.code(texts, progress)
    keys = ["text_hash", "stance"]
    spoken = codings.join(texts.select(*keys, "survey_language"), on=keys)
    versions = pl.lit(coder.codebook_version), pl.lit(coder.model_version)
    for table, found in zip(_TABLES, (spoken, codes), strict=True):
        versioned = found.with_columns(codebook_version=versions[0], model_version=versions[1])
        connection.register("coded", versioned.to_arrow())
        with one_thread(connection):
            connection.execute(f"insert into staging.{table}{suffix} by name from coded")
        connection.unregister("coded")
