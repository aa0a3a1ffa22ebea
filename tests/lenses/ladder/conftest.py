"""Customers of whom the lens `ladder` speaks."""

import duckdb
import pytest
from tests.lenses.ladder.customers import Customers


@pytest.fixture
def customers(connection: duckdb.DuckDBPyConnection) -> Customers:
    """Nobody yet."""
    return Customers(connection)
