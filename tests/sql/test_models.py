"""Every model, on given rows: `tests/sql/<layer>/<relation>/<behaviour>.yaml`.

A case has `given` (relation -> rows; omitted columns are null), `as_of`, and `expect` (rows
with the columns that matter, in any order). The model itself is the one that ships.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from winloss import resources, warehouse
from winloss.warehouse import models
from winloss.warehouse.build import _stage

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*/*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(HERE).with_suffix("")))
def test_model(
    path: Path, connection: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe
) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    layer, name = path.parent.parent.name, path.parent.name
    as_of = datetime.fromisoformat(case.get("as_of", "2026-10-05T04:00:00+00:00"))
    connection.execute("set variable as_of = ?", [as_of])
    connection.execute("set variable salt = 'salt'")
    for relation, rows in case["given"].items():
        give(connection, relation, rows)

    if layer == "staging":
        _stage(connection, recipe, as_of, is_full=True)
    else:
        models.replace(connection, layer, name)

    expected = [{key: plain(value) for key, value in row.items()} for row in case["expect"]]
    columns = list(expected[0]) if expected else ["*"]
    found = connection.sql(f"select {', '.join(columns)} from {layer}.{name}").pl().to_dicts()
    assert sorted(([plain_row(row) for row in found]), key=repr) == sorted(expected, key=repr)


def give(connection: duckdb.DuckDBPyConnection, relation: str, rows: list[dict[str, Any]]) -> None:
    """Replace the rows of a relation; columns that are not given are null or defaults."""
    connection.execute(f"delete from {relation}")
    defaults = {"row_hash": "h", "item_hash": "h", "definition_hash": "h", "source": "pull"}
    schema, table = relation.split(".")
    known = {
        column
        for (column,) in connection.execute(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ?",
            [schema, table],
        ).fetchall()
    }
    filled = [
        {
            **{key: value for key, value in defaults.items() if key in known},
            **({"fetched_at": datetime(2026, 1, 1, tzinfo=UTC)} if "fetched_at" in known else {}),
            **row,
        }
        for row in rows
    ]
    if filled:
        connection.register("given", pl.from_dicts(filled, infer_schema_length=None).to_arrow())
        connection.execute(f"insert into {relation} by name from given")
        connection.unregister("given")


def plain(value: Any) -> Any:
    """A value as YAML would write it: dates and instants as text, without a zone's own type."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def plain_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row in plain values."""
    return {key: plain(value) for key, value in row.items()}


def test_every_model_states_its_grain() -> None:
    """The first line of a model says what one row is."""
    for layer in ("raw", "staging", "marts"):
        for path in (resources.folder("sql") / layer).glob("*.sql"):
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first.startswith("-- One row"), path


def test_folders_and_relations_agree(connection: duckdb.DuckDBPyConnection) -> None:
    """What a build makes is what lies in the folder, and the other way round."""
    for layer in ("raw", "staging", "marts", "ops"):
        files = {path.stem for path in (resources.folder("sql") / layer).glob("*.sql")}
        made = {
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = ?", [layer]
            ).fetchall()
        }
        extra = {"codes", "codings"} if layer == "staging" else set()
        assert made - extra == files


def test_every_column_has_one_meaning(connection: duckdb.DuckDBPyConnection) -> None:
    """No column of staging or marts is without a comment, and no meaning is left over."""
    rows = connection.execute(
        "select schema_name, table_name, column_name, comment from duckdb_columns() "
        "where schema_name in ('staging', 'marts') and not internal"
    ).fetchall()
    silent = [row[:3] for row in rows if not row[3]]

    assert silent == []
    assert set(models.columns()) == {row[2] for row in rows}


def test_every_relation_has_its_grain_as_comment(connection: duckdb.DuckDBPyConnection) -> None:
    """A table of staging or marts says what one row is."""
    rows = connection.execute(
        "select table_name, comment from duckdb_tables() where schema_name in ('staging', 'marts')"
    ).fetchall()
    assert [name for name, comment in rows if not comment] == []
