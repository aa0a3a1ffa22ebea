"""What tests of words share: answers that have landed, a codebook, a warehouse of one's own."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.warehouse import words

from winloss import warehouse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where five answers have landed, two of them the same words."""
    words.land(tmp_path / "landing", words.WORDS)
    return tmp_path / "landing"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A codebook of one's own."""
    return words.write_codebook(tmp_path / "reasons.csv")


@pytest.fixture
def built() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of one's own, since builds are transactions."""
    connection = warehouse.in_memory()
    yield connection
    connection.close()


@pytest.fixture
def coded(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, folder: Path, book: Path
) -> duckdb.DuckDBPyConnection:
    """A warehouse in which all words are coded."""
    words.build(built, words.recipe_of(recipe, book), folder, days=1)
    return built
