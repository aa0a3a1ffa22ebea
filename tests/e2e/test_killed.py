"""Killed at any moment, a run that is run again ends where a clean one does."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from winloss import sample, settings, steps, warehouse
from winloss.reporting import Edition
from winloss.typeform.sandbox import Sandbox
from winloss.weeks import Week

RUN = """
import sys
from pathlib import Path
from winloss import editing, sample, steps
from winloss.reporting import Edition
home, now = Path(sys.argv[1]), sample.NOW
wanted = Edition("weekly", steps.week_of(home, sample.WEEK, now), steps.EVERYBODY, now)
pulls = steps.pull(home, now)
print("pulled", flush=True)
landed = steps.land(home, pulls, now, wanted)
print("landed", flush=True)
steps.build(home, now)
print("built", flush=True)
made = editing.report(home, landed.edition)
print("reported", flush=True)
steps.publish(home, now)
print("published", flush=True)
steps.deliver(home, made.edition, now)
print("delivered", flush=True)
"""

KEPT = ("raw", "staging", "marts")
EDITION = Edition("weekly", Week.parse(sample.WEEK), steps.EVERYBODY, sample.NOW)


def environment(sandbox: Sandbox) -> dict[str, str]:
    """A process that reads the sandbox."""
    return {
        **os.environ,
        "WINLOSS_TYPEFORM__BASE_URL": sandbox.base_url,
        "WINLOSS_TYPEFORM__REQUESTS_PER_SECOND": "1000",
        "WINLOSS_TYPEFORM_TOKEN": sample.TOKEN,
        "WINLOSS_SIGNING_KEY": sample.SIGNING_KEY,
    }


def start(home: Path, sandbox: Sandbox) -> "subprocess.Popen[str]":
    """A run of its own, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(home)],
        env=environment(sandbox),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_after(process: "subprocess.Popen[str]", mark: str | None, seconds: float) -> None:
    """Kill a run so many seconds after it printed `mark` (or began)."""
    assert process.stdout is not None
    while mark and process.stdout.readline().strip() not in (mark, ""):
        pass
    time.sleep(seconds)
    process.kill()
    process.communicate()


def prepared(home: Path, source: Path) -> Path:
    """A programme whose opaque keys are salted as in every other of this test."""
    shutil.copytree(source, home)
    with warehouse.writing(settings.read(home).warehouse) as connection:
        connection.execute("update ops.programme set salt = 'the same'")
    return home


def content(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of raw, staging and marts, and who was mailed."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        names = [
            f"{schema}.{table}"
            for schema, table in connection.execute(
                "select schema_name, table_name from duckdb_tables() order by all"
            ).fetchall()
            if schema in KEPT
        ]
        found = {name: connection.execute(f"from {name} order by all").fetchall() for name in names}
        found["mailed"] = connection.execute(
            "select reader, outcome from ops.deliveries order by all"
        ).fetchall()
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_and_run_again(sample_home: Path, tmp_path: Path) -> None:
    """After kills at ten moments the warehouse equals the never-killed one, mailed once."""
    moments = [None, "pulled", "landed", "built", "reported"]
    chance = random.Random(20261005)
    clean, killed = (prepared(tmp_path / name, sample_home) for name in ("clean", "killed"))
    with Sandbox(clean / "typeform", token=sample.TOKEN) as sandbox:
        process = start(clean, sandbox)
        _, error = process.communicate()
        assert process.returncode == 0, error

        for mark in moments * 2:
            kill_after(start(killed, sandbox), mark, chance.uniform(0.0, 1.2))
            readable(killed / "published" / "winloss.duckdb")
        last = start(killed, sandbox)
        _, error = last.communicate()

    assert last.returncode == 0, error
    # A cut between a claim and its outcome leaves it unknown, and only a person sends it again.
    ((reader, outcome),) = content(killed)["mailed"]
    assert outcome in {"sent", "unknown"}
    resent = steps.deliver(killed, EDITION, sample.NOW, is_resend=True)
    assert resent.sent == ((reader,) if outcome == "unknown" else ())
    assert content(killed) == content(clean)


def readable(published: Path) -> None:
    """The analysts' copy, where there is one, opens and is whole."""
    if published.exists():
        with duckdb.connect(str(published), read_only=True) as connection:
            assert connection.execute("select count(*) from marts.decisions").fetchall()[0][0] > 0
