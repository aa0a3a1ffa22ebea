"""One finished run: what went in, and what was printed of it."""

from pathlib import Path

import pytest
from tests.e2e.figures import coded as coding
from tests.e2e.figures import page, reading
from tests.e2e.figures.coded import Codes
from tests.e2e.figures.given import Inputs
from tests.e2e.figures.page import Printed


@pytest.fixture(scope="session")
def given(finished: Path) -> Inputs:
    """Everything that went in."""
    return reading.inputs(finished)


@pytest.fixture(scope="session")
def printed(finished: Path) -> Printed:
    """Everything that came out."""
    return page.printed(finished)


@pytest.fixture(scope="session")
def coded(finished: Path) -> Codes:
    """What the coder found in their words."""
    return coding.codes(finished)
