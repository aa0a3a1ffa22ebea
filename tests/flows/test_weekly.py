"""The flow itself, on Prefect's own test server."""

from pathlib import Path

import pytest
from prefect.blocks.system import Secret
from prefect.client.orchestration import get_client
from pydantic import SecretStr

from winloss import resources, sample, warehouse
from winloss.errors import TypeformRefused

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("_server")
def test_secrets_from_blocks_and_artifacts(home: Path) -> None:
    """A run finds its secrets in Secret blocks, delivers, and leaves what it did behind."""
    Secret(value=SecretStr(sample.TOKEN)).save("winloss-typeform-token", overwrite=True)
    Secret(value=SecretStr(sample.SIGNING_KEY)).save("winloss-signing-key", overwrite=True)
    flow = resources.load("flows", "weekly").weekly

    made, delivered, published = flow(home=home, week=sample.WEEK, now=sample.NOW, retries=0)

    with get_client(sync_client=True) as client:
        artifacts = {each.key: str(each.data) for each in client.read_artifacts()}
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        counted = connection.execute(
            "select text from marts.verbatims where may_quote = 'counted' and length(text) > 12"
        ).fetchall()
    assert delivered.sent == ("leader@harbourline.example",)
    assert published.is_file()
    assert made.subject.strip() in artifacts["weekly-edition"]
    assert "responses landed" in artifacts["weekly-coverage"]
    for said in ("texts coded now", "main reason given by the rules", "to be reviewed"):
        assert said in artifacts["weekly-coded"]
    assert counted
    assert [text for (text,) in counted if text in "".join(artifacts.values())] == []


@pytest.mark.usefixtures("_server")
def test_refusal_is_not_retried(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong token ends the run at once, however many retries are allowed."""
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "wrong")
    monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)
    flow = resources.load("flows", "weekly").weekly

    with pytest.raises(TypeformRefused, match="WINLOSS_TYPEFORM_TOKEN"):
        flow(home=home, week=sample.WEEK, now=sample.NOW, retries=3)
