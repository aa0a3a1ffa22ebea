"""Says at a terminal how far people agree with the coder and with one another, and what is next."""

from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from winloss import numbers, settings, warehouse
from winloss.errors import ReviewError
from winloss.wording import counted, number

_out = Console(soft_wrap=True, highlight=False)

MOST_TEXTS = 2_000
"""What a sheet holds at most."""
SHEET_OF_ONE = 10
"""A sheet of so many texts holds one that was drawn by chance."""
_PAIRS = {"machine": "people and the coder", "people": "two people"}

Row = dict[str, Any]


def show(home: Path) -> None:
    """Print the agreement on each reason with the codebook in force, and what to code next.

    Raises ReviewError before the first build.
    """
    agreement, since = _read(home)
    table = Table("reason", *_PAIRS.values(), "what it means", box=None, pad_edge=False)
    for cells in rows(agreement):
        table.add_row(*(escape(each) for each in cells))
    if table.row_count:
        _out.print(table)
        _out.print()
    for line in (*summary(agreement), *todo(agreement), *_missing(since)):
        _out.print(escape(line))


def _read(home: Path) -> tuple[pl.DataFrame, int]:
    """The agreement with the codebook in force, and how many texts were coded since."""
    programme = settings.read(home)
    with warehouse.reading(programme.warehouse, zone=programme.time_zone) as connection:
        reader = warehouse.Reader(connection)
        made = reader.table("duckdb_tables()").filter(schema_name="marts", table_name="agreement")
        built_at = warehouse.built_as_of(connection)
        if made.is_empty() or built_at is None:
            raise ReviewError("There is no agreement to show yet; run `winloss build`, then again.")
        labels = reader.table("raw.labels").filter(pl.col("fetched_at") > built_at)
        return reader.table("marts.agreement").filter("is_in_force"), labels["text_hash"].n_unique()


def rows(agreement: pl.DataFrame) -> list[tuple[str, ...]]:
    """Label, people and the coder, two people, what it means: a row per reason, doubtful first.

    Of reasons of which nothing can be said yet there is none.
    """
    reasons: dict[str, dict[str, Row]] = {}
    for row in agreement.filter(pl.col("alpha").is_not_null()).to_dicts():
        reasons.setdefault(str(row["reason"]), {})[row["pair"]] = row
    told = [
        (
            str(next(iter(pairs.values()))["label"] or reason),
            *(_said(pairs.get(pair)) for pair in _PAIRS),
            _meaning(pairs),
        )
        for reason, pairs in reasons.items()
    ]
    return sorted(told, key=lambda cells: (not cells[-1], cells))


def _said(row: Row | None) -> str:
    if row is None:
        return "not known yet"
    alpha, low, high = (numbers.alpha_said(row[f"alpha{end}"]) for end in ("", "_low", "_high"))
    return f"{alpha} (likely {low} to {high}), {counted(row['text_count'], 'text')}"


def _meaning(pairs: dict[str, Row]) -> str:
    if (people := pairs.get("people")) and _is_low(people):
        return "tentative: people read it differently; make its definition clearer"
    if (machine := pairs.get("machine")) and _is_low(machine):
        return "tentative: the coder misreads it; correct it in sheets to come"
    if machine and machine["is_tentative"]:
        return "tentative: too few texts"
    return ""


def _is_low(row: Row) -> bool:
    return bool(row["alpha"] < numbers.TENTATIVE_BELOW)


def summary(agreement: pl.DataFrame) -> tuple[str, ...]:
    """All reasons of a text at once, and of how many reasons nothing can be said."""
    whole = {row["pair"]: row for row in agreement.filter(pl.col("reason").is_null()).to_dicts()}
    lines = [_whole(_PAIRS[pair], whole[pair]) for pair in _PAIRS if pair in whole]
    reasons = agreement.filter(pl.col("reason").is_not_null()).group_by("reason")
    rare = reasons.agg(pl.col("alpha").count()).filter(pl.col("alpha") == 0).height
    if rare:
        verb = "is" if rare == 1 else "are"
        lines.append(
            f"too rare       {counted(rare, 'reason')} {verb} named in fewer than "
            f"{number(numbers.COUNT_ONLY_BELOW)} texts; every sheet adds to them"
        )
    return tuple(lines)


def _whole(who: str, row: Row) -> str:
    same = int(row["both_count"] + row["neither_count"])
    return (
        f"all at once    {who} gave {same:,} of {counted(row['text_count'], 'text')} the very same "
        f"reasons; {numbers.percent_said(row['overlap'])} of all reasons shared"
    )


def todo(agreement: pl.DataFrame) -> tuple[str, ...]:
    """How many texts more are to be coded blind, and twice, before anything can be relied on."""
    texts = dict.fromkeys(_PAIRS, 0)
    texts |= dict(agreement.select("pair", "text_count").iter_rows())
    lines = []
    if (missing := numbers.FEWEST_CHECKED - texts["machine"]) > 0:
        size = min(missing * SHEET_OF_ONE, MOST_TEXTS)
        lines.append(
            f"next           {counted(missing, 'more text')} drawn by chance, one in "
            f"{number(SHEET_OF_ONE)} of a sheet: winloss review export --texts {size}"
        )
    if (missing := numbers.FEWEST_CHECKED - texts["people"]) > 0:
        lines.append(
            f"next           {counted(missing, 'more text')} coded by a second person: winloss "
            f"review export --second --texts {missing} --reviewer NAME"
        )
    return tuple(lines)


def _missing(since: int) -> tuple[str, ...]:
    if not since:
        return ()
    verb = "is" if since == 1 else "are"
    texts = counted(since, "text")
    said = f"{texts} coded since the last build {verb} not counted yet: winloss build"
    return (f"not in here    {said}",)
