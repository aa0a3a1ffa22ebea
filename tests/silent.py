"""A programme that nobody has answered yet: its work file and its analysts' copy."""

from pathlib import Path

import pytest
from tests.sharing import made_once

from winloss import dictionary, settings, steps


def build(home: Path) -> None:
    """Build and publish it in a folder."""
    (home / settings.FILE).write_text('company = "Harbourline"\n', encoding="utf-8")
    steps.build(home, dictionary.ANY_DAY)
    steps.publish(home, dictionary.ANY_DAY)


def files(factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where its two files lie, `work` and `copy`; look, do not touch."""
    programme = settings.read(made_once(factory, "silent", build))
    return {"copy": programme.published, "work": programme.warehouse}
