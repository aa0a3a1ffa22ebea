"""Company of whom the lens `talk` speaks."""

import duckdb
import pytest
from tests.lenses.talk.company import Company


@pytest.fixture
def company(connection: duckdb.DuckDBPyConnection) -> Company:
    """Nobody yet."""
    return Company(connection)
