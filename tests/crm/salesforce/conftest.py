"""A Salesforce on loopback, and a programme that reads it."""

from datetime import UTC, datetime

import pytest
from tests.crm.salesforce.server import TOKEN, Salesforce

from winloss import crm
from winloss.settings import Settings

NOW = datetime(2026, 10, 5, 4, 0, tzinfo=UTC)


@pytest.fixture
def salesforce():
    """An org with two users and an account."""
    with Salesforce() as server:
        server.user("005A", "Ada North", "North")
        server.user("005B", "Bo South")
        server.put("Account", Id="001A", Name="Quay Ltd", Industry="Ports", BillingCountry="Norway")
        yield server


@pytest.fixture
def read(salesforce):
    """Read the org, under any settings of `[crm.salesforce]`."""

    def run(*, token=TOKEN, client=("", ""), time_zone="UTC", now=NOW, **given):
        settings = Settings.model_validate(
            {
                "company": "Harbourline",
                "time_zone": time_zone,
                "salesforce_token": token,
                "salesforce_client_id": client[0],
                "salesforce_client_secret": client[1],
                "crm": {
                    "salesforce": {
                        "instance_url": salesforce.address,
                        "backoff_seconds": 0,
                        "timeout_seconds": 5,
                        **given,
                    }
                },
            }
        )
        return crm.read(settings, now=now)

    return run
