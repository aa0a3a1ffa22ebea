"""`prefect.yaml` deploys flows that exist, with parameters that they take and describe."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text())
DEPLOYMENTS = [pytest.param(each, id=each["name"]) for each in CONFIG["deployments"]]


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points are relative to the checkout, where `prefect deploy` runs."""
    monkeypatch.chdir(ROOT)


def load(entrypoint: str) -> Any:
    from prefect.flows import load_flow_from_entrypoint

    return load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)


def test_model() -> None:
    """Prefect reads the file as we mean it; unknown keys would be dropped without a word."""
    from prefect.cli.deploy._models import DeploymentConfig, PrefectYamlModel

    PrefectYamlModel.model_validate(CONFIG)

    assert CONFIG.keys() <= PrefectYamlModel.model_fields.keys()
    for deployment in CONFIG["deployments"]:
        assert deployment.keys() <= DeploymentConfig.model_fields.keys()


def test_names() -> None:
    """Every deployment has a name of its own."""
    names = [deployment["name"] for deployment in CONFIG["deployments"]]

    assert len(names) == len(set(names))


def test_listening_leaves_mondays_run_alone() -> None:
    """Hourly on working days, and never in the hour in which the edition is made."""
    schedules = {each["name"]: each["schedules"][0] for each in CONFIG["deployments"]}
    minute, hours, *_, days = schedules["listen"]["cron"].split()
    first, _, last = hours.partition("-")

    assert (minute, days) == ("0", "MON-FRI")
    assert int(schedules["weekly"]["cron"].split()[1]) < int(first) < int(last)
    assert schedules["listen"]["timezone"] == schedules["weekly"]["timezone"]


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("deployment", DEPLOYMENTS)
class TestDeployment:
    def test_entrypoint(self, deployment: dict[str, Any]) -> None:
        """The entry point is a flow that Prefect can load by path."""
        from prefect import Flow

        flow = load(deployment["entrypoint"])

        assert isinstance(flow, Flow)
        assert Path(deployment["entrypoint"].partition(":")[0]).parent == Path("flows")

    def test_parameters(self, deployment: dict[str, Any]) -> None:
        """The flow takes the given parameters, and each of its own is described."""
        flow = load(deployment["entrypoint"])

        described = flow.parameters.model_dump()["properties"]

        assert flow.validate_parameters(deployment["parameters"]) is not None
        assert set(deployment["parameters"]) <= set(described)
        assert [name for name in described if not described[name].get("description")] == []

    def test_one_at_a_time(self, deployment: dict[str, Any]) -> None:
        """The warehouse has one writer, and Prefect is told what to do with a second."""
        from prefect.client.schemas.objects import ConcurrencyOptions

        limit = dict(deployment["concurrency_limit"])

        assert limit.pop("limit") == 1
        ConcurrencyOptions.model_validate(limit)

    def test_schedule(self, deployment: dict[str, Any]) -> None:
        """A schedule is a valid cron line in a named time zone."""
        from prefect.client.schemas.schedules import CronSchedule

        for schedule in deployment["schedules"]:
            CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])

    def test_no_machine(self, deployment: dict[str, Any]) -> None:
        """Nothing in the file is a path of one machine."""
        texts = [str(value) for value in deployment["parameters"].values()]

        assert not any(Path(text).is_absolute() for text in texts)
        assert "pull" not in CONFIG
