"""A programme of one's own: the sample company in a folder, its Typeform on loopback."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from winloss import demonstration, editing, sample, settings, steps
from winloss.reporting import Edition
from winloss.typeform.sandbox import Sandbox


@dataclass(frozen=True)
class Programme:
    """One programme's folder and the Typeform it reads."""

    home: Path
    sandbox: Sandbox

    def run(self, now: datetime = sample.NOW, week: str = sample.WEEK) -> steps.Delivered:
        """The steps of the weekly flow, in its order."""
        wanted = Edition("weekly", steps.week_of(self.home, week, now), steps.EVERYBODY, now)
        landed = steps.land(self.home, steps.pull(self.home, now), now, wanted)
        steps.build(self.home, now)
        made = editing.report(self.home, landed.edition or wanted)
        steps.publish(self.home, now)
        delivered = steps.deliver(self.home, made.edition, now)
        steps.deliver_others(self.home, made.others, now)
        return delivered

    @property
    def edition(self) -> Path:
        """The folder of the company's only edition."""
        (folder,) = (self.home / "editions").glob("weekly-*")
        return folder


def connect(sandbox: Sandbox) -> None:
    """Point this process at a sandbox."""
    settings.provide(
        typeform__base_url=sandbox.base_url,
        typeform__requests_per_second="1000",
        typeform_token=sample.TOKEN,
        signing_key=sample.SIGNING_KEY,
    )


@pytest.fixture
def programme(sample_home: Path, tmp_path: Path) -> Iterator[Programme]:
    """A fresh copy of the sample company, with readers of the company's edition alone."""
    home = tmp_path / "programme"
    shutil.copytree(sample_home, home)
    lines = (home / settings.FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("teams.", "seller_cards"))]
    (home / settings.FILE).write_text("".join(kept), encoding="utf-8")
    with Sandbox(home / "typeform", token=sample.TOKEN) as sandbox:
        connect(sandbox)
        yield Programme(home, sandbox)


@pytest.fixture(scope="session")
def finished(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a programme that has run once; look, do not touch."""
    home = tmp_path_factory.mktemp("finished") / "programme"
    shutil.copytree(sample_home, home)
    with (
        pytest.MonkeyPatch.context() as patch,
        Sandbox(home / "typeform", token=sample.TOKEN) as sandbox,
    ):
        patch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        connect(sandbox)
        demonstration.act(home)
        Programme(home, sandbox).run()
    return home


@pytest.fixture
def home(finished: Path, tmp_path: Path) -> Path:
    """A programme that has run once, to change as one likes."""
    home = tmp_path / "programme"
    shutil.copytree(finished, home)
    settings.provide(signing_key=sample.SIGNING_KEY)
    return home
