"""An account with nothing in it but one form of ours, just made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.typeform.surveys.pushed import connected, empty_account

from winloss.typeform.api.client import Client
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys import making


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with empty_account(tmp_path / "typeform") as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Client]:
    with connected(sandbox) as found:
        yield found


@pytest.fixture
def lost(client: Client) -> str:
    """The id of the form."""
    return making.create(client, "lost_deal")
