"""Which words are to be coded, and the words themselves some at a time: all are too many.

The temp view `due_words` holds the answers in words that are looked at, `pending_texts` the texts
among them that are to be coded.
"""

from collections.abc import Iterator

import duckdb
import polars as pl

from winloss.warehouse import models
from winloss.warehouse.database import frame

SHARE = 50_000
"""Texts whose words are held in memory together."""

_DUE = """
create or replace temp view due_words as
select *, rowid as word_id from staging.verbatims {which}
"""

_REWORDED_ALONE = "semi join reworded using (text_hash, stance)"

_IS_ANY_CODED = "select count(*) > 0 from (from staging.codings limit 1)"

# Where they stand is known of the words that are there now: a checkpoint may move them.
_WORDS = """
select pending.text_hash, pending.stance, verbatims.text, pending.survey_language
from pending_texts as pending
inner join staging.verbatims
    on pending.word_id = verbatims.rowid and pending.text_hash = verbatims.text_hash
where pending.place >= $first and pending.place < $first + $share
order by pending.place
"""


def look_at_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Look at all words there are."""
    connection.execute(_DUE.format(which=""))


def look_at_changed(connection: duckdb.DuckDBPyConnection) -> bool:
    """Look at the words that came or went since they were coded: all of them while none is.

    False for all of them; otherwise the temp table `reworded` (text_hash, stance) names them.
    """
    if connection.execute(_IS_ANY_CODED).fetchall() == [(False,)]:
        look_at_all(connection)
        return False
    reworded = models.sql("steps/reworded")
    connection.execute(f"create or replace temp table reworded as\n{reworded}")
    connection.execute(_DUE.format(which=_REWORDED_ALONE))
    return True


def find(connection: duckdb.DuckDBPyConnection, coded: str, versions: dict[str, str]) -> int:
    """Find the texts to be coded among the words looked at; returns how many.

    `coded` is the query of what is, `versions` are those of codebook and model.
    """
    texts = models.sql("steps/texts")
    connection.execute(
        "create or replace temp table pending_texts as\n"
        f"with texts as ({texts}), coded as ({coded})\n{models.sql('steps/pending_texts')}",
        versions,
    )
    return _count(connection)


def shares(connection: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """The texts that `find` found, in order: text_hash, stance, text, survey_language.

    Where words have moved since, in a later transaction, it ends there; the rest is found again.
    """
    count = _count(connection)
    for first in range(0, count, SHARE):
        texts = frame(connection, _WORDS, {"first": first, "share": SHARE})
        yield texts
        if texts.height < min(SHARE, count - first):
            return


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget which words are due and pending."""
    for kind, name in (("table", "pending_texts"), ("view", "due_words"), ("table", "reworded")):
        connection.execute(f"drop {kind} if exists temp.{name}")


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select count(*) from pending_texts").fetchall()[0][0])
