"""Every Monday: pull, land, build, alert, report, publish, deliver."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from winloss import alerting, editing, settings, steps
from winloss.errors import CrmUnreachable, TypeformUnreachable
from winloss.reporting import Edition
from winloss.warehouse import Built


def _may_pass(_task: Any, _run: Any, state: Any) -> bool:  # noqa: ANN401 (Prefect's own types)
    """Only an unreachable host is worth another try; a refusal stays one."""
    failure = state.result(raise_on_failure=False)
    return isinstance(failure, TypeformUnreachable | CrmUnreachable)


pull = task(
    name="pull",
    retry_delay_seconds=exponential_backoff(60),
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
)(steps.pull)
land = task(
    name="land",
    retry_delay_seconds=exponential_backoff(60),
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
)(steps.land)
build = task(name="build", cache_policy=NO_CACHE)(steps.build)
alert = task(name="alert", cache_policy=NO_CACHE)(alerting.alert)
report = task(name="report", cache_policy=NO_CACHE)(editing.report)
publish = task(name="publish", cache_policy=NO_CACHE)(steps.publish)
deliver = task(name="deliver", cache_policy=NO_CACHE)(steps.deliver)
deliver_others = task(name="deliver others", cache_policy=NO_CACHE)(steps.deliver_others)


@flow(name="weekly", validate_parameters=True, persist_result=False)
def weekly(
    home: Path, week: str | None = None, now: datetime | None = None, retries: int = 3
) -> tuple[editing.Made, steps.Delivered, Path]:
    """Make and deliver one weekly edition.

    Args:
        home: The programme's folder; it holds winloss.toml.
        week: The week to report, such as 2026-W40; default: the last whole week.
        now: The run's one instant; default: the clock.
        retries: How often a reading is tried again when Typeform or a CRM cannot be reached.
    """
    provide_secrets()
    instant = now or datetime.now(UTC)
    wanted = Edition("weekly", steps.week_of(home, week, instant), steps.EVERYBODY, instant)
    pulls = pull.with_options(retries=retries)(home, instant)
    landed = land.with_options(retries=retries)(home, pulls, instant, wanted)
    built = build(home, instant)
    # What cannot be delivered to some is no reason to keep the rest back.
    alerted = alert(home, instant, return_state=True)
    made = report(home, landed.edition or wanted)
    published = publish(home, instant)
    sent = deliver(home, made.edition, instant, return_state=True)
    others = deliver_others(home, made.others, instant, return_state=True)
    delivered: steps.Delivered = sent.result()
    _leave_artifacts(landed, built, made, delivered)
    others.result()
    alerted.result()
    return made, delivered, published


def provide_secrets() -> None:
    """Take what the environment lacks from Secret blocks such as `winloss-typeform-token`."""
    for name in settings.unset_secrets():
        try:
            found = Secret.load(f"winloss-{name.replace('_', '-')}")
        except ValueError:
            continue
        # In a flow that is not async, a load gives the block itself.
        settings.provide(**{name: str(cast("Secret[str]", found).get())})


def _leave_artifacts(
    landed: steps.Landed, built: Built, made: editing.Made, delivered: steps.Delivered
) -> None:
    headlines = "\n".join(f"- {line}" for line in made.headlines)
    create_markdown_artifact(
        key="weekly-edition",
        description=f"The edition {made.edition.edition_id}",
        markdown=f"# {made.subject}\n\n{headlines}\n\n[{made.folder}]({made.folder.as_uri()})",
    )
    create_table_artifact(
        key="weekly-coverage",
        description="What came in and what went out",
        table=[
            {"what": "responses landed", "count": landed.response_count},
            {"what": "rows of our own systems landed", "count": landed.record_count},
            {"what": "inputs set aside", "count": landed.reject_count},
            {"what": "responses unfolded", "count": built.unfolded_count},
            {"what": "readers mailed", "count": len(delivered.sent)},
            *({"what": f"warning: {name}", "count": count} for name, count in built.warnings),
        ],
    )
    create_table_artifact(
        key="weekly-coded",
        description="What was coded, and who gave the answers in words their main reason",
        table=[
            {"what": "texts coded now", "count": built.coded_count},
            *({"what": name, "count": count} for name, count in built.coded_by),
        ],
    )
