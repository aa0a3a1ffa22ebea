"""A HubSpot on loopback, and a programme that reads it."""

from datetime import UTC, datetime

import pytest
from tests.crm.hubspot.server import TOKEN, HubSpot

from winloss import crm
from winloss.settings import Settings

NOW = datetime(2026, 10, 5, 4, 0, tzinfo=UTC)


@pytest.fixture
def hubspot():
    """An account with two owners and a company."""
    with HubSpot() as server:
        server.owner("11", "Ada North", team="North")
        server.owner("12", "Bo South", team="South", is_archived=True)
        server.company("501", name="Quay Ltd", industry="PORTS", country="Norway")
        yield server


@pytest.fixture
def read(hubspot):
    """Read the account, under any settings of `[crm.hubspot]`."""

    def run(*, token=TOKEN, time_zone="UTC", now=NOW, **given):
        settings = Settings.model_validate(
            {
                "company": "Harbourline",
                "time_zone": time_zone,
                "hubspot_token": token,
                "crm": {
                    "hubspot": {
                        "base_url": hubspot.address,
                        "backoff_seconds": 0,
                        "timeout_seconds": 5,
                        **given,
                    }
                },
            }
        )
        return crm.read(settings, now=now)

    return run
