"""Every working hour: pull, land, build, and alert to what must not wait for Monday."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact

from winloss import alerting, resources

# The weekly run's own tasks: what is pulled and built here is what it would pull and build.
_weekly: Any = resources.load("flows", "weekly")


@flow(name="listen", validate_parameters=True, persist_result=False)
def listen(home: Path, now: datetime | None = None, retries: int = 1) -> alerting.Alerted:
    """Hear what has come in, and alert at once where a customer was talked down to or misled.

    Args:
        home: The programme's folder; it holds winloss.toml.
        now: The run's one instant; default: the clock.
        retries: How often a reading is tried again when Typeform or a CRM cannot be reached.
    """
    _weekly.provide_secrets()
    instant = now or datetime.now(UTC)
    pulls = _weekly.pull.with_options(retries=retries)(home, instant)
    landed = _weekly.land.with_options(retries=retries)(home, pulls, instant)
    _weekly.build(home, instant)
    alerted: alerting.Alerted = _weekly.alert(home, instant)
    create_table_artifact(
        key="listen-heard",
        description="What came in, and what was alerted to",
        table=[
            {"what": "responses landed", "count": landed.response_count},
            {"what": "new cases", "count": alerted.case_count},
            {"what": "readers mailed", "count": alerted.mail_count},
        ],
    )
    return alerted
