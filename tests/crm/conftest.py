"""Exports written to a folder, and read as a programme would read them."""

from datetime import UTC, datetime

import pytest

from winloss import crm
from winloss.settings import Settings

NOW = datetime(2026, 10, 5, 4, 0, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    """Write one entity's export (text or bytes) and read it, under any settings of its file."""

    def run(entity, content, *, now=NOW, time_zone="UTC", **file):
        raw = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "export.csv").write_bytes(raw)
        settings = Settings.model_validate(
            {
                "company": "Harbourline",
                "home": tmp_path,
                "time_zone": time_zone,
                "crm": {entity: {"path": "export.csv", **file}},
            }
        )
        return crm.read(settings, now=now)

    return run


@pytest.fixture
def decisions(read):
    """Read an export of decisions."""

    def run(content, **options):
        return read("decisions", content, **options)

    return run
