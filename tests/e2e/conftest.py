"""A programme of one's own: the sample company in a folder, its Typeform on loopback."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from tests.e2e import killing
from tests.sharing import made_once

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


@contextmanager
def opened(home: Path) -> Iterator[Programme]:
    """A programme whose Typeform serves what lies in its folder."""
    with (
        pytest.MonkeyPatch.context() as patch,
        Sandbox(home / "typeform", token=sample.TOKEN) as sandbox,
    ):
        for name in ("BASE_URL", "REQUESTS_PER_SECOND"):
            # Set and taken away, so that what is provided is taken away afterwards.
            patch.setenv(f"WINLOSS_TYPEFORM__{name}", "")
        connect(sandbox)
        yield Programme(home, sandbox)


def without_others(sample_home: Path, home: Path) -> Path:
    """The sample company in a folder, with readers of the company's edition alone."""
    shutil.copytree(sample_home, home, dirs_exist_ok=True)
    lines = (home / settings.FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("teams.", "seller_cards"))]
    (home / settings.FILE).write_text("".join(kept), encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def _built_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a programme that has pulled, landed and built, and told nobody."""

    def make(home: Path) -> None:
        with opened(without_others(sample_home, home)):
            steps.land(home, steps.pull(home, sample.NOW), sample.NOW)
            steps.build(home, sample.NOW)

    return made_once(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def _delivered_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a programme that has run once, with readers of one edition."""

    def make(home: Path) -> None:
        with opened(without_others(sample_home, home)) as programme:
            programme.run()

    return made_once(tmp_path_factory, "delivered", make)


@pytest.fixture
def programme(sample_home: Path, tmp_path: Path) -> Iterator[Programme]:
    """A fresh copy of the sample company, with readers of the company's edition alone."""
    with opened(without_others(sample_home, tmp_path / "programme")) as programme:
        yield programme


@pytest.fixture
def built(_built_home: Path, tmp_path: Path) -> Iterator[Programme]:
    """The same once it has pulled, landed and built on its Monday, and told nobody."""
    with opened(shutil.copytree(_built_home, tmp_path / "programme")) as programme:
        yield programme


@pytest.fixture
def delivered(_delivered_home: Path, tmp_path: Path) -> Iterator[Programme]:
    """The same after its first run."""
    with opened(shutil.copytree(_delivered_home, tmp_path / "programme")) as programme:
        yield programme


@pytest.fixture(scope="session")
def finished(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a programme that has run once; look, do not touch."""

    def make(home: Path) -> None:
        shutil.copytree(sample_home, home, dirs_exist_ok=True)
        with opened(home) as programme:
            demonstration.act(home)
            programme.run()

    return made_once(tmp_path_factory, "finished", make)


@pytest.fixture(scope="session")
def _begun_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small programme that has built and published our own systems' rows."""
    return made_once(tmp_path_factory, "begun", lambda home: killing.begun(home, "small"))


@pytest.fixture
def begun(_begun_home: Path, tmp_path: Path) -> Path:
    """The same, to kill, to fill and to damage."""
    settings.provide(signing_key=sample.SIGNING_KEY)
    return shutil.copytree(_begun_home, tmp_path / "begun")


@pytest.fixture
def home(finished: Path, tmp_path: Path) -> Path:
    """A programme that has run once, to change as one likes."""
    home = tmp_path / "programme"
    shutil.copytree(finished, home)
    settings.provide(signing_key=sample.SIGNING_KEY)
    return home
