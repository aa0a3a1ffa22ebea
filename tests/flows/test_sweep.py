"""The Sunday sweep, on Prefect's own test server."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from prefect.client.orchestration import get_client

from winloss import resources, sample, settings, steps
from winloss.errors import TypeformError
from winloss.typeform.sandbox import Sandbox

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_server")]

SUNDAY_AFTER = sample.NOW + timedelta(days=6)


@pytest.fixture
def source(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """What a programme that has pulled once reads, to be changed."""
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", sample.TOKEN)
    monkeypatch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)
    with Sandbox(home / "typeform", token=sample.TOKEN) as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        steps.land(home, steps.pull(home, sample.NOW), sample.NOW)
        yield sandbox


def test_compares_takes_out_and_says_so(home: Path, source: Sandbox) -> None:
    """One is deleted at the source; a form of which all is gone is left to a person."""
    forms = {form.kind: form.id for form in settings.read(home).typeform.forms}
    pulses = sorted(each.token for each in source._store.responses(forms["pulse"]))
    source.drop(forms["pulse"], pulses[0])
    for each in source._store.responses(forms["lost_deal"]):
        source.drop(forms["lost_deal"], each.token)
    flow = resources.load("flows", "sweep").sweep

    with pytest.raises(TypeformError, match=f"--accept {forms['lost_deal']}"):
        flow(home=home, now=SUNDAY_AFTER, retries=0)

    with get_client(sync_client=True) as client:
        artifacts = {each.key: str(each.data) for each in client.read_artifacts()}
    table = artifacts["sweep-compared"]
    with duckdb.connect(str(home / "published" / "winloss.duckdb"), read_only=True) as published:
        counted = published.execute(
            "select count(*) filter (where form_kind = 'pulse'),"
            " count(*) filter (where form_kind = 'lost_deal') > 0 from marts.responses"
        ).fetchall()
    assert f'"form": "pulse {forms["pulse"]}"' in table
    assert f'"compared": {len(pulses)}, "gone": 1, "back": 0, "not held": 0' in table
    assert counted == [(len(pulses) - 1, True)]


def test_days_before_the_edition() -> None:
    """A sweep is over before Monday's run, and in the same time zone."""
    import yaml

    config = yaml.safe_load((Path(__file__).parents[2] / "prefect.yaml").read_text("utf-8"))
    schedules = {each["name"]: each["schedules"][0] for each in config["deployments"]}

    assert schedules["sweep"]["cron"] == "0 3 * * SUN"
    assert schedules["sweep"]["timezone"] == schedules["weekly"]["timezone"]
