"""All that a warehouse says, and where two of them differ."""

from typing import Any

import duckdb

from winloss import warehouse
from winloss.warehouse.lending import held, lending

Contents = dict[str, list[tuple[Any, ...]]]


def of(
    connection: duckdb.DuckDBPyConnection, layers: tuple[str, ...] = ("staging", "marts")
) -> Contents:
    """Every row of these layers, in order, by relation."""
    names = connection.execute(
        "select concat(schema_name, '.', table_name) from duckdb_tables()"
        " where schema_name in $layers and database_name = current_database() order by all",
        {"layers": list(layers)},
    ).fetchall()
    return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def compare(one: Contents, other: Contents, this: str, that: str) -> None:
    """Raise AssertionError with the first relation in which they differ, and the rows that do."""
    for name in sorted(one.keys() | other.keys()):
        left, right = one.get(name, []), other.get(name, [])
        if left != right:
            more = [row for row in left if row not in right]
            less = [row for row in right if row not in left]
            raise AssertionError(
                f"{name}: {this} has {len(left)} rows, {that} {len(right)}; only {this} has "
                f"{more[:3]}, only {that} has {less[:3]}"
            )
    assert one.keys() == other.keys()


def anew(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """An unbuilt warehouse with what this one has received and remembers: raw and ops."""
    other = warehouse.in_memory()
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where schema_name in ('raw', 'ops') and database_name = current_database()"
    ).fetchall()
    for layer, name in tables:
        other.execute(f"delete from {layer}.{name}")
        with lending(other, "moved", held(connection, f"from {layer}.{name}")):
            other.execute(f"insert into {layer}.{name} by name from moved")
    other.execute("update ops.programme set unfolded_with = ''")
    (salt,) = other.execute("select salt from ops.programme").fetchone() or ("",)
    other.execute("set variable salt = ?", [salt])
    return other
