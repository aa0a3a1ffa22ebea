"""Marts in which nobody is heard yet."""

import duckdb
import pytest
from tests.sql.reports.marts import Marts


@pytest.fixture
def marts(connection: duckdb.DuckDBPyConnection) -> Marts:
    """Nobody heard."""
    return Marts(connection)
