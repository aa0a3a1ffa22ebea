"""The files that explain themselves: a programme's work file and its analysts' copy."""

from pathlib import Path

import pytest
from tests import silent


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A work file and its copy, of a programme that nobody has answered yet."""
    return silent.files(tmp_path_factory)
