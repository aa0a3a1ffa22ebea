"""Masks what may be published, each text once: kept until a name in it changes, or how we mask.

What is kept follows from the words, the names and the code alone, so that it can be thrown away.
"""

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from winloss import quotes
from winloss.quotes import Masked, Names, guarded, mask, spoken_words
from winloss.warehouse import models
from winloss.warehouse.database import frame

_BATCH = 5_000

_MASKS: dict[str, Any] = {
    "text_key": pl.Binary,
    "is_guarded": pl.Boolean,
    "masked_text": pl.String,
    "marks": pl.List(pl.Struct({"span_start": pl.Int64, "span_end": pl.Int64, "mark": pl.String})),
    "spoken_words": pl.List(pl.String),
    "made_with": pl.String,
}
_TEXT = {"name_words": pl.String}

_LACKING = """
create or replace temp table lacking as
select row_number() over () as place, text_key, is_guarded, text
from wanted anti join ops.masks using (text_key, is_guarded)
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
    connection.execute(f"create or replace temp table wanted as {wanted}")
    connection.execute(_LEFT_OVER)
    connection.execute(_LACKING)
    connection.execute("drop table wanted")
    ((count,),) = connection.execute("select count(*) from lacking").fetchall()
    for done in range(0, count, _BATCH):
        progress(done, count)
        _mask(connection, names, done)
    connection.execute("drop table lacking")
    return int(count)


def _drop_unfit(connection: duckdb.DuckDBPyConnection, names: Names) -> None:
    """Drop masks that may differ now, and remember the names that the others fit."""
    connection.register("names_now", _frame_of(names).to_arrow())
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
    finally:
        connection.unregister("names_now")


def _mask(connection: duckdb.DuckDBPyConnection, names: Names, done: int) -> None:
    texts = frame(
        connection,
        "select text_key, is_guarded, text from lacking"
        " where place > $done and place <= $done + $batch",
        {"done": done, "batch": _BATCH},
    )
    made_with = _made_with(names)
    rows = [
        (key, is_guarded, *_masked(text, names, is_guarded=is_guarded), made_with)
        for key, is_guarded, text in texts.iter_rows()
    ]
    made = pl.DataFrame(rows, schema=_MASKS, orient="row")
    connection.register("masks_made", made.to_arrow())
    connection.execute("insert into ops.masks by name from masks_made")
    connection.unregister("masks_made")


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
