"""What every test may use: one instant, the sample company, an empty warehouse."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests.sharing import made_once

from winloss import recipes, sample, typeform, warehouse
from winloss.coding import codebook
from winloss.settings import CodingSettings, Settings

ROOT = Path(__file__).parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

MAPS = {
    "question_map": ("form_id", "their_ref", "question_ref"),
    "choice_map": ("form_id", "question_ref", "their_choice", "choice_ref"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` accepts what the golden files are compared with."""
    parser.addoption("--update-golden", action="store_true", help="accept the golden files")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: begun last, they would keep one worker long."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    """No setting of the machine reaches a test, nor one that a test has set the next."""
    _forget_settings()
    yield
    _forget_settings()


def _forget_settings() -> None:
    for name in [name for name in os.environ if name.startswith("WINLOSS_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Recorded payloads and real customers' words, where they lie beside the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder shared/data is not beside the project")
    return SHARED_DATA


@pytest.fixture(scope="session")
def now() -> datetime:
    """The sample company's Monday morning."""
    return sample.NOW


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full sample company's folder; copy it before changing anything."""
    return made_once(tmp_path_factory, "sample", lambda home: sample.write(home, preset="full"))


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company's first week; copy it before changing anything."""
    return made_once(tmp_path_factory, "small", lambda home: sample.write(home, preset="small"))


def not_required(hidden: pl.DataFrame) -> pl.DataFrame:
    """Every response is welcome, signed or not."""
    return hidden.select("form_id", "response_id", signature=pl.lit("not_required"))


@pytest.fixture(scope="session")
def recipe() -> warehouse.Recipe:
    """The product's own recipe, without signatures or mappings."""
    maps = {
        name: pl.DataFrame(schema=dict.fromkeys(keys, pl.String)) for name, keys in MAPS.items()
    }
    settings = pl.DataFrame(
        {
            "due_days": [14],
            "open_days": [45],
            "check_in_days": [90],
            "acquisition_cost_usd": [30_000.0],
        }
    )
    plain = Settings(company="Harbourline", coding=CodingSettings(sentence_model=False))
    return replace(
        recipes.recipe(plain),
        seeds={
            **codebook.seeds(),
            "questions": typeform.questions(),
            "settings": settings,
            **maps,
        },
        signatures=not_required,
        fingerprint="tests",
    )


@pytest.fixture(scope="session")
def _empty_warehouse(recipe: warehouse.Recipe) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = warehouse.in_memory()
    warehouse.build(connection, recipe, as_of=datetime(2026, 10, 5, 4, tzinfo=UTC))
    yield connection
    connection.close()


@pytest.fixture
def connection(
    _empty_warehouse: duckdb.DuckDBPyConnection,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty, built warehouse in memory; whatever a test writes is rolled back."""
    _empty_warehouse.execute("begin")
    yield _empty_warehouse
    _empty_warehouse.execute("rollback")
