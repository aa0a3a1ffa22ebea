"""The dictionary: what every relation and column of the warehouse means, as it says itself.

Made from an empty programme's work file and its published copy, so that it holds for this
version of winloss and needs no programme.
"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from winloss import settings, steps, warehouse, wording
from winloss.errors import WarehouseError
from winloss.warehouse import Reader

ANY_DAY = datetime(2026, 1, 5, tzinfo=UTC)
"""An empty warehouse says the same on every day."""

_PLACE = ("schema_name", "relation_name", "column_name")
_SAID = ("column_name", "data_type", "is_published", "meaning")
IS_MACRO = pl.col("column_name").is_null() & pl.col("data_type").is_not_null()
"""Tells the rows of macros from those of schemas, relations and columns."""

_ABOUT = "# The data dictionary"
_WRITTEN = """\
Every schema, relation and column of `staging`, `marts` and `seeds`, in the words that DuckDB shows as their comments.
One name means one thing everywhere: meanings are written once, in `sql/columns.csv`, and what one row is stands at the head of each file in `sql/`.
A few columns of `accounts` and `decisions`, such as their keys, have a meaning of their own there: they are never withheld.
"In the copy" says whether analysts see the column.
The macros of `marts` are there for queries to call.
`winloss dictionary` prints the same, and analysts find it as `marts.dictionary` in their copy.

This page is written by `winloss dictionary --markdown > docs/data-dictionary.md`.
"""  # noqa: E501 (a sentence a line)


def entries() -> pl.DataFrame:
    """One row per schema, relation, column and macro, in the order of `marts.dictionary`.

    Its columns, and `is_published`: whether the analysts' copy has it. A relation that is
    published has the meaning it has there, which says what is withheld.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / settings.FILE).write_text('company = "Nobody"\n', encoding="utf-8")
        steps.build(home, ANY_DAY)
        published = _listed(steps.publish(home, ANY_DAY))
        private = _listed(settings.read(home).warehouse)
    known = published.with_columns(is_published=pl.lit(value=True))
    others = private.join(published, on=_PLACE, how="anti", nulls_equal=True)
    return pl.concat([known, others.with_columns(is_published=pl.lit(value=False))]).sort(
        "schema_name", "relation_name", "is_published", "column_position",
        descending=[False, False, True, False],
    )  # fmt: skip


def _listed(path: Path) -> pl.DataFrame:
    with warehouse.reading(path) as connection:
        return Reader(connection).table("marts.dictionary")


def about(known: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows of `known` that a name asks for: a schema's, or a relation's or macro's.

    These with or without their schema. A name that none of them has is a column's: one row for
    every relation that has it, or for the one that is named before it. Raises WarehouseError
    where nothing is called so, with the names that are near.
    """
    before, _, last = name.rpartition(".")
    readings = (
        pl.col("schema_name") == name,
        _named("relation_name", last) & _named("schema_name", before),
        _named("column_name", last) & _named("relation_name", before),
    )
    for reading in readings:
        found = known.filter(reading)
        if not found.is_empty():
            return found
    raise WarehouseError(f"Nothing in the warehouse is called {name}. {_nearest(known, name)}")


def _named(column: str, name: str) -> pl.Expr:
    return pl.col(column) == name if name else pl.lit(value=True)


def _nearest(known: pl.DataFrame, name: str) -> str:
    names = {*known["relation_name"].drop_nulls(), *known["column_name"].drop_nulls()}
    near = get_close_matches(name.rpartition(".")[2], sorted(names))
    asked = f"Near to it: {wording.listed(near)}. " if near else ""
    return f"{asked}`winloss dictionary` lists everything."


def signature(layer: str, name: str, data_type: str) -> str:
    """How a query calls a macro, such as `marts.share(event_count, total_count)`."""
    return f"{layer}.{name}{data_type.removeprefix('macro ')}"


def markdown(known: pl.DataFrame) -> str:
    """All of it as a page."""
    return "\n".join([_ABOUT, "", _WRITTEN, *_contents(known), *_chapters(known)])


def _contents(known: pl.DataFrame) -> Iterator[str]:
    """A line a schema, with a link to everything in it."""
    heads = known.filter(pl.col("column_name").is_null())
    for (layer,), rows in heads.group_by("schema_name", maintain_order=True):
        links = [
            f"[{name}](#{layer}{name})" for name in rows["relation_name"].drop_nulls().to_list()
        ]
        yield f"- [{layer}](#{layer}): {', '.join(links)}"
    yield ""


def _chapters(known: pl.DataFrame) -> Iterator[str]:
    for (layer, relation), rows in known.group_by(_PLACE[:2], maintain_order=True):
        head = f"## {layer}" if relation is None else f"### {layer}.{relation}"
        yield f"{head}\n\n{rows['meaning'][0]}\n"
        if not rows.filter(IS_MACRO).is_empty():
            call = signature(str(layer), str(relation), rows["data_type"][0])
            yield f"Call it as `{call}`.\n"
        elif relation is not None:
            yield from _table(rows[1:])


def _table(columns: pl.DataFrame) -> Iterator[str]:
    if not columns["is_published"].any():
        yield "Not in the analysts' copy.\n"
    yield "| column | type | in the copy | meaning |\n| --- | --- | --- | --- |"
    for column, data_type, is_published, meaning in columns.select(_SAID).iter_rows():
        cell = meaning.replace("|", r"\|")
        yield f"| `{column}` | {data_type} | {'yes' if is_published else 'no'} | {cell} |"
    yield ""
