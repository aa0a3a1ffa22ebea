"""`winloss build` as of an instant, and what it says that it does not read."""

from pathlib import Path

import pytest
from tests.e2e.command import winloss

from winloss import running, sample, settings, steps, typeform, warehouse


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A programme's first week, its exports landed and no response yet."""
    home = tmp_path / "programme"
    sample.write(home, preset="small")
    settings.provide(signing_key=sample.SIGNING_KEY)
    steps.land(home, typeform.Pulls((), ()), sample.NOW)
    return home


def states(home: Path) -> set[str]:
    """Where decisions stand in being asked about."""
    query = "select distinct ask_state from marts.decisions"
    with warehouse.reading(settings.read(home).warehouse) as connection:
        return {state for (state,) in connection.execute(query).fetchall()}


def test_a_build_as_of_an_instant(home: Path) -> None:
    """A rehearsal stays in its own today, whatever a build before took for today."""
    steps.build(home, sample.NOW.replace(year=2030))
    closed = states(home)

    done = winloss(home, "build", "--now", f"{sample.NOW:%Y-%m-%dT%H:%M:%S}")

    assert done.returncode == 0, done.stderr
    assert "as of          2026-10-05 04:00 UTC" in done.stdout
    assert states(home) - closed == {"open", "not_due"}


def test_a_build_reads_no_crm(home: Path) -> None:
    """Who changed an export and builds is told that nothing of it was read."""
    done = winloss(home, "build")

    assert done.returncode == 0, done.stderr
    assert "the CRM        not read by a build; winloss run reads it" in done.stdout.splitlines()
    assert "as of" not in done.stdout


def test_without_a_crm_nothing_is_said_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / settings.FILE).write_text('company = "Harbourline"\n', "utf-8")

    running.say_unread(tmp_path)

    assert capsys.readouterr().out == ""
