"""The newcomer's command: an invented company, a loopback Typeform, the real weekly flow."""

from datetime import UTC, date, datetime
from pathlib import Path

from winloss import acting, running, sample, settings
from winloss.acting import Wanted
from winloss.typeform.sandbox import Sandbox

_STATED = (
    (
        datetime(2026, 8, 31, 9, tzinfo=UTC),
        Wanted(
            "A named person on site for the first ten days",
            owner="Maren Holtby",
            due_on=date(2026, 9, 18),
            reason="onboarding",
        ),
    ),
    (
        datetime(2026, 9, 7, 9, tzinfo=UTC),
        Wanted(
            "Answer every question about a quote within one working day",
            owner="Gideon Tarrow",
            due_on=date(2026, 9, 25),
            reason="sales_responsiveness",
        ),
    ),
    (
        datetime(2026, 9, 21, 9, tzinfo=UTC),
        Wanted(
            "Walk the yard with the night shift before every proposal",
            owner="Pippa Ravensdale",
            due_on=date(2026, 10, 9),
            kind="mile",
            reason="sales_understanding",
        ),
    ),
)
SIGNING_KEY = sample.SIGNING_KEY
"""Of the sample's links: commands that build ask for it."""
_DONE_AT = datetime(2026, 9, 18, 15, tzinfo=UTC)
_OUTCOME = "two people named, for North only"


def run(folder: Path, preset: sample.Preset) -> None:
    """Write the sample company into `folder`, serve it, and run the weekly flow on it.

    Running it again finds the edition made and delivered, and says so.
    """
    with running.progress("inventing a company"):
        sample.write(folder, preset=preset)
        if preset == "full":
            act(folder)
    with Sandbox(folder / "typeform", token=sample.TOKEN) as sandbox:
        settings.provide(
            typeform__base_url=sandbox.base_url,
            typeform__requests_per_second="1000",
            typeform_token=sample.TOKEN,
            signing_key=sample.SIGNING_KEY,
        )
        running.weekly(folder, sample.WEEK, sample.NOW)


def act(folder: Path) -> None:
    """State three actions at their moments in September, the first of them done; once."""
    known = acting.listed(folder, now=sample.NOW)
    for stated_at, wanted in _STATED:
        if wanted.text not in known["action_text"].to_list():
            acting.add(folder, wanted, now=stated_at)
    if "done" not in known["status"].to_list():
        acting.finish(folder, "A1", _OUTCOME, now=_DONE_AT)
