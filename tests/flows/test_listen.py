"""Listening between editions, on Prefect's own test server."""

from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from winloss import resources, sample
from winloss.errors import DeliveryError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_server")]


@pytest.fixture
def listening(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme whose secrets are in the environment."""
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", sample.TOKEN)
    monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)
    return home


def test_alerts_and_leaves_what_it_did(listening: Path) -> None:
    """The case of the week is mailed, its words stay out of Prefect, nothing is published."""
    flow = resources.load("flows", "listen").listen

    alerted = flow(home=listening, now=sample.NOW, retries=0)

    with get_client(sync_client=True) as client:
        artifacts = {each.key: str(each.data) for each in client.read_artifacts()}
    assert (alerted.case_count, alerted.mail_count) == (1, 1)
    assert list((listening / "outbox").glob("alert-*/*.eml"))
    assert "new cases" in artifacts["listen-heard"]
    assert "Go-live" not in artifacts["listen-heard"]
    assert not (listening / "published").exists()


def test_an_alert_that_fails_keeps_no_edition_back(
    listening: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weekly run goes on to its end, and then says what went wrong."""
    monkeypatch.setenv("WINLOSS_REPORT__ALERT_READERS", '["nobody"]')
    flow = resources.load("flows", "weekly").weekly

    with pytest.raises(DeliveryError, match="nobody"):
        flow(home=listening, week=sample.WEEK, now=sample.NOW, retries=0)

    assert list((listening / "outbox").glob("weekly-*/*.eml"))
    assert (listening / "published" / "winloss.duckdb").is_file()
