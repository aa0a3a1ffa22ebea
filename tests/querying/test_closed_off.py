"""Nothing but the copy is open to a query: no other file is read, and none is written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest

from winloss import querying, settings
from winloss.errors import WarehouseError
from winloss.warehouse.analysing import Analyst, Answer, analysing

QUERIES = [
    "attach '{work}' as work",
    "attach '{copy}' as again",
    "attach ':memory:' as mine",
    "from read_csv('/etc/passwd')",
    "from read_text('{work}')",
    "from read_blob('{copy}')",
    "from glob('/etc/*')",
    "from '{out}'",
    "copy marts.decisions to '{out}'",
    "copy marts.decisions to '{copy}'",
    "copy marts.decisions to '{copy}.wal' (use_tmp_file false)",
    "explain analyze copy marts.decisions to '{out}'",
    "with mine as (copy marts.decisions to '{copy}.wal' (use_tmp_file false)) from mine",
    "prepare mine as copy marts.decisions to '{copy}.wal'; execute mine",
    "export database '{out}'",
    "load httpfs",
    "install httpfs",
]


@pytest.fixture
def copy(published_home: Path) -> Path:
    return settings.read(published_home).published


@pytest.fixture
def analyst(copy: Path) -> Iterator[Analyst]:
    with analysing(copy) as found:
        yield found


def read(answers: Iterable[Answer]) -> None:
    for each in answers:
        list(each.rows())


@pytest.mark.parametrize("query", QUERIES)
def test_no_other_file(analyst: Analyst, copy: Path, tmp_path: Path, query: str) -> None:
    """Refused on one line that says what to do instead; the copy and its folder stay as is."""
    work, out = copy.parent.parent / "warehouse.duckdb", tmp_path / "out.csv"
    before = {path: path.read_bytes() for path in copy.parent.iterdir()}

    with pytest.raises(WarehouseError) as refused:
        read(analyst.answers(query.format(work=work, copy=copy, out=out)))

    assert "\n" not in str(refused.value)
    if "from '" not in query:  # DuckDB takes this for the name of a table
        assert "Nothing but the copy is open to a query" in str(refused.value)
        assert "--out FILE.csv" in str(refused.value)
    assert {path: path.read_bytes() for path in copy.parent.iterdir()} == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "set enable_external_access = true",
        "reset disabled_filesystems",
        "set lock_configuration = false",
        "call enable_logging(storage = 'file', storage_path = '/tmp/never')",
        "pragma enable_profiling",
    ],
)
def test_it_stays_closed(analyst: Analyst, query: str) -> None:
    """No setting opens it again."""
    with pytest.raises(WarehouseError, match="settings of DuckDB are fixed"):
        analyst.ask(query)


def test_no_variable_is_a_table(analyst: Analyst) -> None:
    """A query cannot read what this program holds in its memory."""
    held = pl.DataFrame({"n": [1]})

    with pytest.raises(WarehouseError, match="held does not exist"):
        analyst.ask("from held")
    assert held.height == 1


def test_answers_are_written_all_the_same(analyst: Analyst, tmp_path: Path) -> None:
    """We write them: typed, every row, beyond one group of rows."""
    out = tmp_path / "mine.parquet"
    query = """
        select range as n, date '2026-01-01' as on_, timestamptz '2026-01-01 00:00:00+00' as at_,
            1.5::decimal(9, 2) as share, ['a'] as listed, {'a': 1} as held, 1::hugeint as huge
        from range(300000) order by n
    """

    querying.write(analyst.ask(query), "parquet", out, width=None)

    found = pl.read_parquet(out)
    assert found.height == 300_000
    assert found["n"].is_sorted()
    assert found.schema == {
        "n": pl.Int64,
        "on_": pl.Date,
        "at_": pl.Datetime("us", "UTC"),
        "share": pl.Decimal(9, 2),
        "listed": pl.List(pl.String),
        "held": pl.Struct({"a": pl.Int32}),
        "huge": pl.Decimal(38, 0),
    }


def test_what_parquet_cannot_hold(analyst: Analyst, tmp_path: Path) -> None:
    """Said, with the way round; no file is left."""
    with pytest.raises(WarehouseError, match="cast it") as refused:
        querying.write(
            analyst.ask("select interval 3 day as n"), "parquet", tmp_path / "out", width=None
        )

    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []
