"""Shows what the dictionary says."""

from collections.abc import Sequence

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from winloss import dictionary, wording

_INDENT = 2

_out = Console(highlight=False)


def everything(known: pl.DataFrame) -> None:
    """Each schema with its relations and what one row of each is."""
    for (layer,), rows in known.group_by("schema_name", maintain_order=True):
        _layer(str(layer), rows)
    _out.print("Say more of one: winloss dictionary decisions")


def one(found: pl.DataFrame, name: str) -> None:
    """A schema with its relations; relations with their columns; or a column, and where it is."""
    if found["relation_name"].null_count():
        _layer(name, found)
        return
    if not found["column_name"].null_count():
        _column(name, found)
        return
    places = ("schema_name", "relation_name")
    for (layer, relation), rows in found.group_by(places, maintain_order=True):
        if rows.filter(dictionary.IS_MACRO).is_empty():
            _relation(f"{layer}.{relation}", rows)
        else:
            call = dictionary.signature(str(layer), str(relation), rows["data_type"][0])
            _head(call, rows["meaning"][0])


def _layer(layer: str, rows: pl.DataFrame) -> None:
    _head(layer, rows["meaning"][0])
    heads = rows.filter(pl.col("column_name").is_null() & pl.col("relation_name").is_not_null())
    relations = heads.filter(~dictionary.IS_MACRO).select("relation_name", "meaning")
    _list([(name, _first_sentence(meaning)) for name, meaning in relations.iter_rows()])
    macros = heads.filter(dictionary.IS_MACRO).select("relation_name", "meaning")
    if not macros.is_empty():
        _say("\nMacros, for queries to call:\n")
        _list([(name, _first_sentence(meaning)) for name, meaning in macros.iter_rows()])
    _out.print()


def _relation(name: str, rows: pl.DataFrame) -> None:
    _head(name, rows["meaning"][0])
    columns = rows[1:]
    _list(columns.select("column_name", "data_type", "meaning").rows())
    private = columns.filter(~pl.col("is_published"))["column_name"].to_list()
    if len(private) == columns.height:
        _say("\nNot in the analysts' copy.")
    elif private:
        _say(f"\nIn the analysts' copy without {wording.listed(private)}.")
    _out.print()


def _column(name: str, rows: pl.DataFrame) -> None:
    """Where it has a meaning of its own in some relation, each meaning with where it holds."""
    types = ", ".join(rows["data_type"].unique(maintain_order=True))
    _out.print(f"[bold]{escape(name)}, {types}[/bold]")
    by_meaning = rows.with_columns(place_count=pl.len().over("meaning")).sort(
        "place_count", descending=True, maintain_order=True
    )
    for index, ((meaning,), told) in enumerate(by_meaning.group_by("meaning", maintain_order=True)):
        _say(f"\n{meaning}\n" if index else f"{meaning}\n")
        _list(
            [
                (str(layer), ", ".join(found["relation_name"]))
                for (layer,), found in told.group_by("schema_name", maintain_order=True)
            ]
        )


def _head(name: str, meaning: str) -> None:
    _out.print(f"[bold]{escape(name)}[/bold]")
    _say(f"{meaning}\n")


def _say(text: str) -> None:
    _out.print(escape(text), soft_wrap=not _out.is_terminal)


def _list(rows: Sequence[tuple[str, ...]]) -> None:
    """Names in columns and meanings folded; at no terminal a row a line, for whatever reads it."""
    if not _out.is_terminal:
        for cells in rows:
            _out.print(" " * _INDENT + "  ".join(map(escape, cells)), soft_wrap=True)
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold", style="bold")
    for cells in rows:
        table.add_row(*map(escape, cells))
    _out.print(Padding(table, (0, 0, 0, _INDENT)))


def _first_sentence(meaning: str) -> str:
    first, point, _ = meaning.partition(". ")
    return first + point.strip()
