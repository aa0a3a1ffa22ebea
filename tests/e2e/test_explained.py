"""A value that is missing is explained: where a column holds a null, its comment says why."""

from pathlib import Path

import pytest

from winloss import settings, warehouse

COLUMNS = """
select schema_name || '.' || table_name, column_name, comment from duckdb_columns()
where schema_name in ('staging', 'marts', 'seeds') and not internal
"""


@pytest.mark.parametrize("which", ["warehouse", "published"])
def test_a_null_has_its_meaning(which: str, finished: Path) -> None:
    with warehouse.reading(getattr(settings.read(finished), which)) as connection:
        relations: dict[str, dict[str, str]] = {}
        for relation, column, comment in connection.execute(COLUMNS).fetchall():
            relations.setdefault(relation, {})[column] = comment
        nulls = {
            (relation, column): said[column]
            for relation, said in relations.items()
            for column in said
            if connection.execute(
                f'select 1 from {relation} where "{column}" is null limit 1'
            ).fetchall()
        }

    assert len(nulls) > 100
    assert [place for place, comment in nulls.items() if "null" not in comment] == []
