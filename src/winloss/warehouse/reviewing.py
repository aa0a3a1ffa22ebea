"""What people may look over, and what they said of it: texts, codings and names, in and out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import polars as pl

from winloss.errors import ReviewError
from winloss.quotes import Names
from winloss.quotes.printing import is_unchecked
from winloss.settings import Settings
from winloss.warehouse import models
from winloss.warehouse.database import frame
from winloss.warehouse.load import learned_at, load_records, load_rejects
from winloss.warehouse.reader import Reader

LABELS = pl.Schema(
    {
        "label_id": pl.String(),
        "text_hash": pl.String(),
        "stance": pl.String(),
        "reviewer": pl.String(),
        "labelled_at": pl.Datetime("us", "UTC"),
        "sample": pl.String(),
        "is_blind": pl.Boolean(),
        "reason": pl.String(),
        "is_primary": pl.Boolean(),
        "polarity": pl.String(),
        "span_start": pl.Int64(),
        "span_end": pl.Int64(),
        "codebook_version": pl.String(),
    }
)
NAMES = pl.Schema(
    {
        "word": pl.String(),
        "is_person": pl.Boolean(),
        "reviewer": pl.String(),
        "said_at": pl.Datetime("us", "UTC"),
    }
)


@dataclass(frozen=True)
class Known:
    """What a sheet is made of, and judged by when it comes back."""

    texts: pl.DataFrame
    """One row per text of a customer and its stance: `text_hash`, `stance`, `text`,
    `question_title`, `form_kind`, `decision_kind`, `language`, `needs_review`, `confidence` (of
    the coder's main reason), `is_held_back` (may be quoted but for a name nobody has looked at),
    `is_printed`, `is_verdict` and `draw`."""
    codes: pl.DataFrame
    """One row per reason the coder found in a text and stance, guesses included."""
    people: pl.DataFrame
    """One row per reason of each person's latest coding of a text: as `people` gives it."""
    names: Names
    """Every name to mask in a sheet, and those that stay."""
    called: frozenset[tuple[str, ...]]
    """What reviewers have called a person's name, folded, whatever the last build knew of."""
    salt: str
    """What the programme's opaque names are made with."""


def known(connection: duckdb.DuckDBPyConnection, programme: Settings) -> Known:
    """Everything there is to review, and what was made of it; ReviewError before any build."""
    if "verdicts" not in _marts(connection):
        raise ReviewError("There is nothing to review yet; run `winloss run` first.")
    names = Reader(connection, programme).names()
    return Known(
        texts=_held_back(open_texts(connection), names),
        codes=frame(
            connection, "from staging.codes order by text_hash, stance, span_start, reason"
        ),
        people=people(connection),
        names=names,
        called=_called(connection),
        salt=connection.execute("select salt from ops.programme").fetchall()[0][0],
    )


def open_texts(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per text of a customer and its stance, whoever has coded it.

    As `Known.texts`, with `may_quote` in place of `is_held_back`.
    """
    return frame(connection, models.sql("steps/review_texts"))


def _held_back(texts: pl.DataFrame, names: Names) -> pl.DataFrame:
    """`texts` with `is_held_back` in place of `may_quote`."""
    is_held_back = [
        may_quote and is_unchecked(text, 0, len(text), names)
        for text, may_quote in texts.select("text", "may_quote").iter_rows()
    ]
    held = pl.Series("is_held_back", is_held_back, dtype=pl.Boolean)
    return texts.drop("may_quote").with_columns(held)


def _called(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, ...]]:
    said = frame(connection, f"from ({models.sql('staging/cleared_names')}) where is_person")
    return frozenset(tuple(word.split()) for word in said["word"])


def people(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per reason of each person's latest coding of a text: as `staging.labels`.

    Reads raw itself, so that what was said a moment ago is there before the next build. Codings
    with a reason that was split since are left out: those texts are to be looked at again.
    """
    return frame(connection, f"from ({models.sql('staging/labels')}) where not is_outdated")


def statement_at(connection: duckdb.DuckDBPyConnection, now: datetime) -> datetime:
    """The instant of what is stated now: `now`, or just after what was stated or sent before.

    Otherwise a clock that jumped back would let an older coding stand.
    """
    last = connection.execute(
        "select greatest("
        "(select max(labelled_at) from raw.labels), (select max(said_at) from raw.names))"
    ).fetchall()[0][0]
    learned = learned_at(connection, now)
    return learned if last is None else max(learned, last + timedelta(microseconds=1))


def state(
    connection: duckdb.DuckDBPyConnection,
    labels: pl.DataFrame,
    names: pl.DataFrame,
    rejects: pl.DataFrame,
    *,
    now: datetime,
) -> int:
    """Keep codings (`LABELS`), what is a name (`NAMES`) and rejects, all or nothing.

    Of names only what differs from the last word on them is new; returns how many were.
    """
    connection.execute("begin")
    try:
        load_records(connection, "labels", labels, key="label_id", now=now)
        new_names = load_records(connection, "names", _new(connection, names), key="word", now=now)
        load_rejects(connection, rejects, now=now)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    return new_names


def _new(connection: duckdb.DuckDBPyConnection, names: pl.DataFrame) -> pl.DataFrame:
    last = frame(
        connection,
        "select word, arg_max(is_person, said_at) as was_person from raw.names group by word",
    )
    changed = pl.col("is_person").ne_missing(pl.col("was_person"))
    return names.join(last, on="word", how="left").filter(changed).select(NAMES.names())


def _marts(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts'"
    ).fetchall()
    return {name for (name,) in rows}
