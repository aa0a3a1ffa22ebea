"""A CRM that cannot be reached is tried again, one that refuses is not."""

from pathlib import Path

import pytest
from prefect import flow
from tests.crm.hubspot.server import TOKEN, HubSpot
from tests.crm.loopback import Answered

from winloss import resources, sample, settings, typeform
from winloss.errors import CrmError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_server")]

TOML = """
company = "Harbourline"

[crm.hubspot]
base_url = "{address}"
retries = 0
"""


@pytest.fixture
def hubspot(tmp_path: Path):
    """An account with one company, and a programme that reads it in `tmp_path`."""
    with HubSpot() as server:
        server.company("501", name="Quay Ltd")
        (tmp_path / settings.FILE).write_text(TOML.format(address=server.address))
        yield server


@pytest.fixture
def land(tmp_path: Path):
    """The weekly run's own task, which does not wait between its tries here."""
    task = resources.load("flows", "weekly").land

    @flow(name="landing")
    def landing():
        patient = task.with_options(retries=1, retry_delay_seconds=0)
        return patient(tmp_path, typeform.Pulls((), ()), sample.NOW)

    return landing


def test_unreachable(hubspot: HubSpot, land) -> None:
    settings.provide(hubspot_token=TOKEN)
    hubspot.faults.append(Answered(503, ""))

    assert land().record_count == 1


def test_refused(hubspot: HubSpot, land) -> None:
    settings.provide(hubspot_token="somebody-elses")

    with pytest.raises(CrmError, match="WINLOSS_HUBSPOT_TOKEN"):
        land()

    assert len(hubspot.seen) == 1
