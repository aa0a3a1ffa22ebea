"""Killed at any moment, a run that is run again ends where a clean one does."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e import killing
from tests.e2e.killing import Run

from winloss import sample, settings, steps, warehouse
from winloss.reporting import Edition
from winloss.typeform.sandbox import Sandbox
from winloss.weeks import Week

EDITION = Edition("weekly", Week.parse(sample.WEEK), steps.EVERYBODY, sample.NOW)
MOMENTS = (
    *(killing.STARTING, "landing", "reading the CRM exports", "reading the CRM exports"),
    *("unfolding responses", "coding words", "building marts", "checking"),
    *("publishing the analysts' copy", "publishing the analysts' copy"),
)
"""In the order of a run, so that each kill meets work that is not done yet."""


@pytest.fixture
def home(begun: Path) -> Path:
    """The programme that all runs of a test begin with."""
    return begun


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """The same with a year of responses."""
    return killing.begun(tmp_path / "begun", "full")


@pytest.fixture
def sandbox(home: Path) -> Iterator[Sandbox]:
    """The Typeform they read."""
    with Sandbox(home / "typeform", token=sample.TOKEN) as serving:
        yield serving


def killed_and_run_again(home: Path, clean: Run, chance: random.Random) -> int:
    """A run killed at each moment in turn and then let through; how many were killed at work."""
    run = Run(home, clean.script, clean.sandbox)
    published = home / "published" / "winloss.duckdb"
    before, after = (
        killing.state(each / "published" / "winloss.duckdb") for each in (home, clean.home)
    )

    with killing.reading(published) as found:
        killed = [run.kill(mark, chance.uniform(0, clean.seconds[mark])) for mark in MOMENTS]
        run.complete()
    last = killing.state(published)

    assert (before, after) == (found[0], last)
    assert before != after
    assert set(found) <= {before, after}
    assert found == sorted(found, key=[before, after].index)
    assert len(found) > len(MOMENTS)
    assert killing.content(home) == killing.content(clean.home)
    return sum(killed)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_and_run_again(home: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    """After kills at ten moments the warehouse is that of a run never killed.

    Somebody reads the analysts' copy all the while: it is the one before, then the new one.
    """
    clean = Run(shutil.copytree(home, tmp_path / "clean"), killing.WAREHOUSE, sandbox)
    clean.complete()

    killed = killed_and_run_again(home, clean, random.Random(20261005))

    assert killed > len(MOMENTS) / 2


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_a_hundred_times(year: Path, tmp_path: Path) -> None:
    """The same for a year of responses, and a hundred kills."""
    chance, killed, count = random.Random(20261122), 0, 0

    with Sandbox(year / "typeform", token=sample.TOKEN) as sandbox:
        clean = Run(shutil.copytree(year, tmp_path / "clean"), killing.WAREHOUSE, sandbox)
        clean.complete()
        while killed < 100:
            count += 1
            again = shutil.copytree(year, tmp_path / f"again {count}")
            killed += killed_and_run_again(again, clean, chance)
            shutil.rmtree(again)

    assert count < 2 * 100 / len(MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_while_it_delivers(home: Path, sandbox: Sandbox) -> None:
    """The edition goes out once; where it may have gone out, only a person sends it again."""
    Run(home, killing.WAREHOUSE, sandbox).complete()
    delivering = Run(home, killing.MAIL, sandbox)
    chance = random.Random(20261005)

    for mark in (killing.STARTING, "writing the report", "delivering", "delivering"):
        delivering.kill(mark, chance.uniform(0, 0.4))
    delivering.complete()

    ((_, reader, outcome),) = mailed(home)
    assert outcome in {"sent", "unknown"}
    resent = steps.deliver(home, EDITION, sample.NOW, is_resend=True)
    assert resent.sent == ((reader,) if outcome == "unknown" else ())
    assert [row[2] for row in mailed(home)] == ["sent"]


def mailed(home: Path) -> list[tuple[str, str, str]]:
    """Whom the edition was delivered to, and what is known of it."""
    query = "select edition_id, reader, outcome from ops.deliveries where edition_id = ?"
    with warehouse.reading(settings.read(home).warehouse) as connection:
        return connection.execute(query, [EDITION.edition_id]).fetchall()
