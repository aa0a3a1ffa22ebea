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
_SAID = ("column_name", "data_type", "meaning")
_ABOUT = "# The data dictionary"
_WRITTEN = """\
Every schema, relation and column of `staging`, `marts` and `seeds`, in the words that DuckDB shows as their comments.
One name means one thing everywhere: meanings are written once, in `sql/columns.csv`, and what one row is stands at the head of each file in `sql/`.
`winloss dictionary` prints the same, and analysts find it as `marts.dictionary` in their copy.

This page is written by `winloss dictionary --markdown > docs/data-dictionary.md`.
"""  # noqa: E501 (a sentence a line)


def entries() -> pl.DataFrame:
    """One row per schema, relation and column, in the order of `marts.dictionary`.

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
    """The rows of `known` that a name asks for: a relation's, with or without its schema.

    A name that no relation has is a column's: one row for every relation that has it. Raises
    WarehouseError where neither is called so, with the names that are near.
    """
    layer, _, relation = name.rpartition(".")
    found = known.filter(
        (pl.col("relation_name") == relation) & ((pl.col("schema_name") == layer) | (layer == ""))
    )
    if found.is_empty():
        found = known.filter(pl.col("column_name") == name)
    if found.is_empty():
        raise WarehouseError(f"Nothing in the warehouse is called {name}. {_nearest(known, name)}")
    return found


def _nearest(known: pl.DataFrame, name: str) -> str:
    names = {*known["relation_name"].drop_nulls(), *known["column_name"].drop_nulls()}
    near = get_close_matches(name.rpartition(".")[2], sorted(names))
    asked = f"Near to it: {wording.listed(near)}. " if near else ""
    return f"{asked}`winloss dictionary` lists everything."


def markdown(known: pl.DataFrame) -> str:
    """All of it as a page."""
    return "\n".join([_ABOUT, "", _WRITTEN, *_chapters(known)])


def _chapters(known: pl.DataFrame) -> Iterator[str]:
    for (layer, relation), rows in known.group_by(_PLACE[:2], maintain_order=True):
        head = f"## {layer}" if relation is None else f"### {layer}.{relation}"
        yield f"{head}\n\n{rows['meaning'][0]}\n"
        if relation is not None:
            yield from _table(rows[1:])


def _table(columns: pl.DataFrame) -> Iterator[str]:
    yield "| column | type | meaning |\n| --- | --- | --- |"
    for column, data_type, meaning in columns.select(_SAID).iter_rows():
        cell = meaning.replace("|", r"\|")
        yield f"| `{column}` | {data_type} | {cell} |"
    private = columns.filter(~pl.col("is_published"))["column_name"].to_list()
    if len(private) == columns.height:
        yield "\nNot in the analysts' copy."
    elif private:
        names = wording.listed([f"`{name}`" for name in private])
        yield f"\nIn the analysts' copy without {names}."
    yield ""
