"""The newcomer's command: an invented company, a loopback Typeform, the real weekly flow."""

from pathlib import Path

from winloss import running, sample, settings
from winloss.typeform.sandbox import Sandbox


def run(folder: Path, preset: sample.Preset) -> None:
    """Write the sample company into `folder`, serve it, and run the weekly flow on it.

    Running it again finds the edition made and delivered, and says so.
    """
    with running.progress("inventing a company"):
        sample.write(folder, preset=preset)
    with Sandbox(folder / "typeform", token=sample.TOKEN) as sandbox:
        settings.provide(
            typeform__base_url=sandbox.base_url,
            typeform__requests_per_second="1000",
            typeform_token=sample.TOKEN,
            signing_key=sample.SIGNING_KEY,
        )
        running.weekly(folder, sample.WEEK, sample.NOW)
