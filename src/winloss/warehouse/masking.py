"""Masks what may be published, each text once: kept until a name in it changes, or how we mask.

What is kept follows from the words, the names and the code alone, so that it can be thrown away.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import quotes, workers
from winloss.quotes import Masked, Names, guarded, mask, spoken_words
from winloss.warehouse import models
from winloss.warehouse.database import frame
from winloss.warehouse.lending import lending

_BATCH = 5_000
_ALONE = 10_000
"""Texts below which it does not pay to start other processes, each of which takes a second."""

_MASKS: dict[str, Any] = {
    "text_key": pl.Binary,
    "is_guarded": pl.Boolean,
    "masked_text": pl.String,
    "marks": pl.List(pl.Struct({"span_start": pl.Int64, "span_end": pl.Int64, "mark": pl.String})),
    "spoken_words": pl.List(pl.String),
    "made_with": pl.String,
}
_TEXT = {"name_words": pl.String}

# By keys alone: the words of everybody at once would be most of memory.
_WANTED = """
create or replace temp table wanted as
select distinct text_key, is_guarded
from ({wanted})
"""
_LACKING_KEYS = """
create or replace temp table lacking_keys as
from wanted anti join ops.masks using (text_key, is_guarded)
"""
_LACKING = """
create or replace temp table lacking as
select row_number() over () as place, text_key, is_guarded, text
from (
    select text_key, is_guarded, any_value(text) as text
    from ({wanted}) semi join lacking_keys using (text_key, is_guarded)
    group by text_key, is_guarded
)
"""
_LEFT_OVER = """
delete from ops.masks where (text_key, is_guarded) not in (
    select (text_key, is_guarded) from wanted
)
"""


def bring_up(
    connection: duckdb.DuckDBPyConnection,
    names: Names,
    *,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> int:
    """Have `ops.masks` fit marts and names; returns how many texts were masked just now.

    Cut off anywhere, what is masked stays and the next call goes on. What is no longer in
    marts, or was masked with other names in it or by other code, is made anew or dropped.
    """
    _drop_unfit(connection, names)
    wanted = models.sql("steps/masks_wanted")
    connection.execute(_WANTED.format(wanted=wanted))
    connection.execute(_LEFT_OVER)
    connection.execute(_LACKING_KEYS)
    connection.execute("drop table wanted")
    ((count,),) = connection.execute("select count(*) from lacking_keys").fetchall()
    if count:
        connection.execute(_LACKING.format(wanted=wanted))
        _mask_lacking(connection, names, int(count), progress)
        connection.execute("drop table lacking")
    connection.execute("drop table lacking_keys")
    return int(count)


def _drop_unfit(connection: duckdb.DuckDBPyConnection, names: Names) -> None:
    """Drop masks that may differ now, and remember the names that the others fit."""
    with lending(connection, "names_now", _frame_of(names)):
        connection.execute("begin")
        try:
            connection.execute("delete from ops.masks where made_with != ?", [_made_with(names)])
            connection.execute(
                "delete from ops.masks where (text_key, is_guarded) in ("
                f" select (text_key, is_guarded) from ({models.sql('steps/masks_unfit')}))"
            )
            connection.execute("delete from ops.masked_names")
            connection.execute("insert into ops.masked_names from names_now")
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise


def _mask_lacking(
    connection: duckdb.DuckDBPyConnection,
    names: Names,
    count: int,
    progress: Callable[[int, int], None],
) -> None:
    done = 0
    progress(done, count)
    for made in _made(connection, names, count):
        with lending(connection, "masks_made", made):
            connection.execute("insert into ops.masks by name from masks_made")
        done += made.height
        if done < count:
            progress(done, count)


def _made(
    connection: duckdb.DuckDBPyConnection, names: Names, count: int
) -> Iterator[pl.DataFrame]:
    """Rows of `ops.masks` for what is lacking, by other processes too where that is much."""
    work = partial(_rows, names=names, made_with=_made_with(names))
    batches = (_lacking(connection, done) for done in range(0, count, _BATCH))
    if count <= _ALONE or workers.cores() == 1:
        return map(work, batches)
    return (made for _, made in workers.shared(work, batches, processes=workers.cores()))


def _lacking(connection: duckdb.DuckDBPyConnection, done: int) -> pl.DataFrame:
    return frame(
        connection,
        "select text_key, is_guarded, text from lacking"
        " where place > $done and place <= $done + $batch",
        {"done": done, "batch": _BATCH},
    )


def _rows(texts: pl.DataFrame, *, names: Names, made_with: str) -> pl.DataFrame:
    rows = [
        (key, is_guarded, *_masked(text, names, is_guarded=is_guarded), made_with)
        for key, is_guarded, text in texts.iter_rows()
    ]
    return pl.DataFrame(rows, schema=_MASKS, orient="row")


def _masked(
    text: str, names: Names, *, is_guarded: bool
) -> tuple[str | None, list[dict[str, object]], list[str]]:
    """The text as printed where that differs, its marks, and its words."""
    masked: Masked = (guarded if is_guarded else mask)(text, names)
    marks: list[dict[str, object]] = [
        {"span_start": start, "span_end": end, "mark": mark} for start, end, mark in masked.marks
    ]
    return masked.text if marks else None, marks, sorted(spoken_words(text))


def _frame_of(names: Names) -> pl.DataFrame:
    """One row per name; folded words hold no space, and text crosses into Arrow sooner."""
    groups = [
        pl.DataFrame({"name_words": [" ".join(words) for words in getattr(names, kind)]}, _TEXT)
        .with_columns(pl.col("name_words").str.split(" "))
        .select(pl.lit(kind).alias("name_kind"), "name_words")
        for kind in ("people", "companies", "kept", "cleared")
    ]
    return pl.concat(groups)


def _made_with(names: Names) -> str:
    """Changes whenever the same text and names might be masked in another way."""
    return f"{_code()}/{'known' if names.may_print_unchecked else 'guarded'}"


@cache
def _code() -> str:
    """The code and the lists that mask, and the Unicode they go by."""
    digest = hashlib.sha256(sys.version.encode())
    folder = Path(quotes.__file__).parent
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.txt")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
