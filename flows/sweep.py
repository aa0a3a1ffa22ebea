"""Every Sunday: find what was deleted at the source, so that Monday's edition says none of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from winloss import resources, sweeping

# The weekly run's own tasks: what is built and published here is what it would build and publish.
_weekly: Any = resources.load("flows", "weekly")

read = task(
    name="read names",
    retry_delay_seconds=exponential_backoff(60),
    retry_condition_fn=_weekly.pull.retry_condition_fn,
    cache_policy=NO_CACHE,
)(sweeping.read)
compare = task(name="compare", cache_policy=NO_CACHE)(sweeping.compare)
land = task(name="land", cache_policy=NO_CACHE)(sweeping.land)


@flow(name="sweep", validate_parameters=True, persist_result=False)
def sweep(
    home: Path, now: datetime | None = None, retries: int = 3
) -> tuple[sweeping.Compared, ...]:
    """Compare what came in with what is still there, and take out what is not.

    Where so much is gone that it looks like a mistake, the flow fails after the rest is done, and
    a person decides with `winloss sweep --accept`.

    Args:
        home: The programme's folder; it holds winloss.toml.
        now: The sweep's one instant; default: the clock.
        retries: How often the reading is tried again when Typeform cannot be reached.
    """
    _weekly.provide_secrets()
    instant = now or datetime.now(UTC)
    named = read.with_options(retries=retries)(home, instant)
    compared = compare(home, named, instant)
    land(home, compared, instant)
    _weekly.build(home, instant)
    _weekly.publish(home, instant)
    create_table_artifact(
        key="sweep-compared",
        description="What was compared with the source, what is gone and what is back",
        table=[
            {
                "form": f"{each.form_kind} {each.form_id}",
                "compared": each.judged_count,
                "gone": len(each.gone),
                "back": len(each.back),
                "not held": each.unheld_count,
                "left alone": each.left_alone_count,
                "note": each.unread or each.doubt,
            }
            for each in compared
        ],
    )
    sweeping.check(compared)
    return compared
