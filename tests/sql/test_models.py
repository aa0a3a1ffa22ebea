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
from winloss.warehouse import coding, models, renewing
from winloss.warehouse.staging import stage

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*/*.yaml"))
LATER = "2026-10-05T04:00:00+00:00"
FILLED_IN = {
    "row_hash": "h",
    "item_hash": "h",
    "definition_hash": "h",
    "source": "pull",
    "fetched_at": datetime(2026, 1, 1, tzinfo=UTC),
    "retaken_count": 0,
}


def name_of(path: Path) -> str:
    """A case's name: its layer, relation and behaviour."""
    return str(path.relative_to(HERE).with_suffix(""))


@pytest.mark.parametrize("path", CASES, ids=name_of)
def test_model(path: Path, connection: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    layer, name, _ = name_of(path).split("/")
    as_of = datetime.fromisoformat(str(case.get("as_of", LATER)))
    connection.execute("set variable as_of = ?", [as_of])
    connection.execute("set variable salt = 'salt'")
    connection.execute(f"set timezone = '{case.get('zone', 'UTC')}'")
    for relation, rows in case["given"].items():
        give(connection, relation, rows)

    if layer == "staging":
        stage(connection, recipe, as_of, is_full=True)
    elif layer == "published":
        publish(connection, name)
    else:
        renewing.look_at(connection)
        models.replace(connection, layer, name)

    expected = [plain(row) for row in case["expect"]]
    columns = list(expected[0]) if expected else ["*"]
    found = connection.sql(f"select {', '.join(columns)} from {layer}.{name}").pl().to_dicts()
    assert sorted((plain(row) for row in found), key=repr) == sorted(expected, key=repr)


def give(connection: duckdb.DuckDBPyConnection, relation: str, rows: list[dict[str, Any]]) -> None:
    """Replace the rows of a relation; columns that are not given are null or filled in.

    Facts of a decision have its vote, unless the case says otherwise.
    """
    connection.execute(f"delete from {relation}")
    if not rows:
        return
    known = set(connection.table(relation).columns)
    default = {key: value for key, value in FILLED_IN.items() if key in known}
    votes = [
        {"vote_key": row["decision_id"]} if "vote_key" in known and row.get("decision_id") else {}
        for row in rows
    ]
    frame = pl.from_dicts(
        [{**default, **vote, **row} for vote, row in zip(votes, rows, strict=True)],
        infer_schema_length=None,
    )
    connection.register("given", frame.to_arrow())
    connection.execute(f"insert into {relation} by name from given")
    connection.unregister("given")


def publish(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make one table of the copy as `published.<name>`: here the work file is the only one."""
    text = models.sql(f"published/{name}").replace("work.", "")
    connection.execute("create schema published")
    connection.execute(f"create table published.{name} as\n{text}")


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as YAML would write it: dates and instants as text, the latter in UTC."""
    return {key: _plain(value) for key, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


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
        extra = (
            {*coding.TABLES, "agreement", "renewals", "caveats"} if layer == "staging" else set()
        )
        assert made - extra == files
