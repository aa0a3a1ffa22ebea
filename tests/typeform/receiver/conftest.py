"""A receiver on loopback, in a thread of the tests' own process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.typeform.receiver.sender import Running, serving

from winloss import settings
from winloss.settings import ReceiverSettings
from winloss.typeform.receiver.answer import Landing

TOML = """
company = "Harbourline"

[[typeform.forms]]
id = "Lost1"
kind = "lost_deal"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A programme with one form."""
    (tmp_path / settings.FILE).write_text(TOML, "utf-8")
    return tmp_path


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Running]]:
    """Start receivers for the programme, each with limits of its own."""
    with ExitStack() as stack:

        def starting(landing: Landing | None = None, **limits: float) -> Running:
            given = ReceiverSettings.model_validate(limits)
            return Running(home, stack.enter_context(serving(home, given, landing)))

        yield starting


@pytest.fixture(scope="session")
def _usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("programme")
    (home / settings.FILE).write_text(TOML, "utf-8")
    with serving(home, ReceiverSettings()) as port:
        yield Running(home, port)


@pytest.fixture
def receiver(_usual: Running) -> Running:
    """A receiver as it is by default, with nothing landed yet."""
    (_usual.home / settings.FILE).write_text(TOML, "utf-8")
    shutil.rmtree(_usual.home / "landing", ignore_errors=True)
    return _usual
