"""Customers of whom the lens `respect` speaks."""

import duckdb
import pytest
from tests.lenses.respect.customers import Customers


@pytest.fixture
def customers(connection: duckdb.DuckDBPyConnection) -> Customers:
    """Nobody yet."""
    return Customers(connection)
