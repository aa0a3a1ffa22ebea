"""Prefect's own test server, and a programme to run flows on."""

import shutil
from pathlib import Path

import pytest
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from winloss import sample
from winloss.typeform.sandbox import Sandbox


@pytest.fixture(scope="session")
def _server():
    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield


@pytest.fixture
def home(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A programme whose Typeform runs, and whose secrets are not in the environment."""
    copy = tmp_path / "programme"
    shutil.copytree(sample_home, copy)
    for name in ("TYPEFORM_TOKEN", "SIGNING_KEY", "SMTP_PASSWORD"):
        # Set and taken away, so that what the flow sets is taken away after the test.
        monkeypatch.setenv(f"WINLOSS_{name}", "")
    with Sandbox(copy / "typeform", token=sample.TOKEN) as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM__REQUESTS_PER_SECOND", "1000")
        yield copy
