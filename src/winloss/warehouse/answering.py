"""What a query on the published copy gives: read row by row, or written as Parquet."""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb

from winloss.errors import WarehouseError
from winloss.warehouse.explaining import Place, explained

_BATCH = 2_000
_ROW_GROUP = 122_880
_NUMBERS = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$")
_PLAN = ("explain_key", "explain_value")


class Answer:
    """What a statement gives; DuckDB runs it again for each way of reading it."""

    def __init__(self, relation: duckdb.DuckDBPyRelation | None, place: Place, path: Path) -> None:
        """`relation` is None for a statement that gives no rows."""
        self._relation = relation
        self._path = path
        self.place = place
        # A relation without rows is false.
        self.columns: tuple[str, ...] = () if relation is None else tuple(relation.columns)
        kinds = [] if relation is None else relation.types
        self.are_numbers = tuple(bool(_NUMBERS.match(str(kind))) for kind in kinds)

    @property
    def is_plan(self) -> bool:
        """Whether this is what EXPLAIN draws, rather than rows."""
        return self.columns == _PLAN

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """Every row in its order, each value as DuckDB writes it; raises WarehouseError."""
        for batch in self._batches("select columns(*)::varchar from asked"):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def objects(self) -> Iterator[str]:
        """Every row in its order as one JSON object; raises WarehouseError."""
        for batch in self._batches("select to_json(asked)::varchar from asked"):
            yield from batch.columns[0].to_pylist()

    def save(self, path: Path) -> None:
        """Write every row as Parquet, typed; raises WarehouseError, and OSError of the disk."""
        if self._relation is None:
            raise WarehouseError("The statement gives no rows to write; ask for some.")
        import pyarrow as pa
        from pyarrow import parquet

        try:
            with (
                self._reader(self._relation, _ROW_GROUP) as reader,
                path.open("wb") as file,
                parquet.ParquetWriter(file, reader.schema, compression="zstd") as writer,
            ):
                for batch in self._explained(reader):
                    writer.write_batch(batch)
        except pa.ArrowException as error:
            raise WarehouseError(
                f"Parquet cannot hold a column of this answer ({error}); cast it, as in "
                "`column::varchar`."
            ) from error

    def _batches(self, query: str) -> Iterator[Any]:
        """The query's rows in Arrow's batches; `asked` is what this answers."""
        if self._relation is None:
            return
        with explained(self.place, self._path):
            found = self._relation.query("asked", query)
        if found is not None:
            with self._reader(found, _BATCH) as reader:
                yield from self._explained(reader)

    @contextmanager
    def _reader(self, relation: duckdb.DuckDBPyRelation, rows: int) -> Iterator[Any]:
        """Arrow's reader of a relation, that many rows a batch.

        One left half read, in the trace of an error say, would keep its connection's file open
        for good, and DuckDB waits for ever to open it again.
        """
        with explained(self.place, self._path):
            reader = relation.to_arrow_reader(rows)
        with closing(reader):
            yield reader

    def _explained(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The batches; what fails as DuckDB makes them is told as any other query's failure."""
        with explained(self.place, self._path):
            yield from batches
