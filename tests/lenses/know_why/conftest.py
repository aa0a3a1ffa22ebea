"""Judgements of `know_why`, and the words it may print."""

from typing import Any

import duckdb
import polars as pl
import pytest
from tests.lenses.harness import PERIOD
from tests.lenses.know_why.judged import READS, Judge, Words

from winloss.lenses import know_why
from winloss.reporting import KnowWhy
from winloss.warehouse import Reader


@pytest.fixture
def words(connection: duckdb.DuckDBPyConnection) -> Words:
    """Nothing written yet."""
    return Words(connection)


@pytest.fixture
def judge(connection: duckdb.DuckDBPyConnection, words: Words) -> Judge:
    """The section of given counts, each a list of rows; what is not given is as of nobody heard."""

    def section(*, has_logged: bool = True, **given: list[dict[str, Any]]) -> KnowWhy:
        empty = {name: Reader(connection).report(query, **PERIOD) for name, query in READS.items()}
        frames = {
            name: pl.DataFrame(given[name], schema=frame.schema) if name in given else frame
            for name, frame in empty.items()
        }
        counts = know_why.Counts(**frames)
        return know_why.section(counts, words.voices(), weeks=13, has_logged=has_logged)

    return section
