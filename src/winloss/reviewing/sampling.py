"""Which texts a sheet holds: the doubtful ones where a correction pays most, and a fair tenth.

The rule, the same for everybody and with nothing left to choose:

1. A text's draw is a keyed hash of the text and its stance. The tenth of all texts with the
   lowest draws is kept for fair samples: those texts are only ever coded blind, so what people
   say of them, against what the coder says, is an honest estimate for all the others.
2. Of a sheet one tenth, rounded up, is the next of that tenth in the order of their draws. Where
   it is used up, the next draws follow.
3. The rest are doubtful texts. Doubt is 1 where the coder abstained or found nothing, and where a
   text may be quoted but for a name that nobody has looked at; else 1 less the coder's confidence
   in the main reason. It counts threefold where a printed finding rests on the
   text or a seller's verdict does, and fivefold where both do. The greatest first.
4. Nobody gets a text on which somebody's coding stands, but for a second coding or to settle a
   dispute. Where a reason was split since, the text comes again.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Way = Literal["first", "second", "disputed"]

RESERVED_BELOW = "1999999999999999"
"""A tenth of all draws, which are written as hexadecimal digits."""
_ONE_IN = 10
_KEY = ("text_hash", "stance")


@dataclass(frozen=True)
class Wanted:
    """What somebody asks a sheet for."""

    text_count: int = 40
    way: Way = "first"
    reviewer: str | None = None
    """For whom a second sheet is: their own codings are left out."""
    has_all_languages: bool = False


def drawn(texts: pl.DataFrame, people: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """The texts of a sheet in its order, with the `letter` of their draw (`ids.DRAWS`).

    `texts`: one row per text and stance with `language`, `needs_review`, `confidence`,
    `is_held_back`, `is_printed`, `is_verdict` and `draw`. `people`: one row per reason of a
    person's latest coding of a text, with `reviewer`, `sample`, `reason`, `is_primary` and
    `is_standing`.
    """
    if not wanted.has_all_languages:
        texts = texts.filter(pl.col("language").fill_null("en") == "en")
    if wanted.way == "second":
        return _second(texts, people, wanted)
    if wanted.way == "disputed":
        found = texts.join(disputed(people), on=_KEY, how="semi").sort("draw")
        return found.head(wanted.text_count).with_columns(letter=pl.lit("d"))
    standing = people.filter("is_standing")
    return _first(texts.join(standing, on=_KEY, how="anti"), wanted.text_count)


def disputed(people: pl.DataFrame) -> pl.DataFrame:
    """Texts (`text_hash`, `stance`) whose latest word is two people's, and not the same.

    They differ in a reason, or in the main one. A coding that settled a dispute stands until
    somebody codes the text again.
    """
    codings = people.group_by(*_KEY, "reviewer").agg(
        pl.col("reason").drop_nulls().unique().sort().str.join("|").alias("reasons"),
        pl.col("reason").filter(pl.col("is_primary")).first().fill_null("").alias("main"),
        pl.col("labelled_at").max(),
        (pl.col("sample") == "disputed").any().alias("is_settling"),
    )
    settled_at = pl.col("labelled_at").filter(pl.col("is_settling")).max()
    return (
        codings.group_by(_KEY)
        .agg(
            (pl.struct("reasons", "main").n_unique() > 1).alias("differs"),
            (settled_at.is_null() | (settled_at < pl.col("labelled_at").max())).alias("is_open"),
        )
        .filter("differs", "is_open")
        .select(_KEY)
        .sort(_KEY)
    )


def _first(texts: pl.DataFrame, text_count: int) -> pl.DataFrame:
    """Texts nobody has coded: the fair ones, then the doubtful, then what is left of the tenth."""
    count = min(text_count, texts.height)
    reserved = pl.col("draw") < RESERVED_BELOW
    fair = texts.sort(~reserved, "draw").head(-(-count // _ONE_IN))
    rest = texts.filter(~reserved).join(fair, on=_KEY, how="anti")
    doubtful = rest.sort(-_weight(), "draw").head(count - fair.height)
    taken = pl.concat([fair, doubtful])
    more = texts.join(taken, on=_KEY, how="anti").sort("draw").head(count - taken.height)
    return pl.concat([_lettered(fair, "r"), _lettered(doubtful, "u"), _lettered(more, "r")])


def _second(texts: pl.DataFrame, people: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """Texts that exactly one person has coded, and not this one: the fair ones first."""
    once = people.group_by(_KEY).agg(
        (pl.col("reviewer").n_unique() == 1).alias("is_once"),
        pl.col("reviewer").first(),
        (pl.col("sample") == "random").any().alias("is_fair"),
    )
    open_to_them = once.filter("is_once", pl.col("reviewer") != (wanted.reviewer or ""))
    found = texts.join(open_to_them.select(*_KEY, "is_fair"), on=_KEY)
    letter = pl.when("is_fair").then(pl.lit("r")).otherwise(pl.lit("s"))
    ordered = found.sort(~pl.col("is_fair"), "draw").head(wanted.text_count)
    return ordered.with_columns(letter=letter).drop("is_fair")


def _weight() -> pl.Expr:
    """A text's doubt times what rests on it, rounded so that every machine sorts alike."""
    is_open = pl.col("needs_review") | pl.col("is_held_back")
    sure = pl.when(is_open).then(0.0).otherwise(pl.col("confidence")).fill_null(0.0)
    worth = 1 + 2 * (pl.col("is_printed").cast(pl.Int8) + pl.col("is_verdict").cast(pl.Int8))
    return ((1 - sure) * worth).round(6)


def _lettered(texts: pl.DataFrame, letter: str) -> pl.DataFrame:
    return texts.with_columns(letter=pl.lit(letter))
