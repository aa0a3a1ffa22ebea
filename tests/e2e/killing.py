"""Runs that are killed: processes of their own, told apart by what they say they are doing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import duckdb

from winloss import sample, settings, steps, typeform, warehouse
from winloss.sample import Preset
from winloss.typeform.sandbox import Sandbox

_BEGIN = """
import logging, sys
from pathlib import Path
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
logging.getLogger().setLevel(logging.WARNING)
logging.getLogger("winloss").setLevel(logging.INFO)
from winloss import editing, sample, steps
from winloss.reporting import Edition
home, now = Path(sys.argv[1]), sample.NOW
wanted = Edition("weekly", steps.week_of(home, sample.WEEK, now), steps.EVERYBODY, now)
"""

WAREHOUSE = f"""{_BEGIN}
pulls = steps.pull(home, now)
print("landing", flush=True)
steps.land(home, pulls, now, wanted)
steps.build(home, now)
steps.publish(home, now)
"""
"""A run's way from Typeform to the analysts' copy."""

MAIL = f"""{_BEGIN}
editing.report(home, wanted)
print("delivering", flush=True)
steps.deliver(home, wanted, now)
"""
"""A run's way from there to the reader."""

_READER = """
import sys, time
from pathlib import Path
from tests.e2e import killing
path = Path(sys.argv[1])
while True:
    print(killing.state(path), flush=True)
    time.sleep(0.05)
"""

# How much a run found to do is its own: one after a cut finds less.
_QUERIES = {
    "ops.runs": "select as_of, codebook_version, model_version from ops.runs order by all",
    "ops.landed": "select count(*) > 0 from ops.landed",
}

STARTING = "starting"
"""The mark of what a process does before it says anything."""

MARKS = (
    *("landing", "reading the CRM exports", "unfolding responses", "coding words"),
    *("building marts", "checking", "publishing the analysts' copy"),
)
"""What a run says on its way, each until the next; more that it says is part of that."""


@dataclass
class Run:
    """A process at work on a programme, and how long it spent at each of its marks."""

    home: Path
    script: str
    sandbox: Sandbox
    seconds: dict[str, float] = field(default_factory=dict)

    def complete(self) -> None:
        """Run to the end, and remember when what began."""
        process, mark, since = self._start(), STARTING, time.monotonic()
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() not in MARKS:
                continue
            self.seconds[mark] = time.monotonic() - since
            mark, since = line.strip(), time.monotonic()
        _, error = process.communicate()
        self.seconds[mark] = time.monotonic() - since
        assert process.returncode == 0, error

    def kill(self, mark: str, seconds: float) -> bool:
        """Kill a run so long after it said `mark`; whether it was still at work then."""
        process = self._start()
        assert process.stdout is not None
        while mark != STARTING and process.stdout.readline().strip() not in (mark, ""):
            pass
        time.sleep(seconds)
        process.kill()
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", self.script, str(self.home)],
            env={
                **os.environ,
                "WINLOSS_TYPEFORM__BASE_URL": self.sandbox.base_url,
                "WINLOSS_TYPEFORM__REQUESTS_PER_SECOND": "1000",
                "WINLOSS_TYPEFORM_TOKEN": sample.TOKEN,
                "WINLOSS_SIGNING_KEY": sample.SIGNING_KEY,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def begun(home: Path, preset: Preset) -> Path:
    """A programme that knew, a week ago, what our own systems say, and published that."""
    sample.write(home, preset=preset)
    settings.provide(signing_key=sample.SIGNING_KEY)
    with warehouse.writing(settings.read(home).warehouse) as connection:
        connection.execute("update ops.programme set salt = 'the same'")
    before = sample.NOW - timedelta(days=7)
    steps.land(home, typeform.Pulls((), ()), before)
    steps.build(home, before)
    steps.publish(home, before)
    return home


@contextmanager
def reading(published: Path) -> Iterator[list[str]]:
    """A process that opens the analysts' copy again and again; afterwards, what it found."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _READER, str(published)]
    found: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        try:
            # Whoever does not read lets the pipe fill, and the reader wait.
            found.append(process.stdout.readline().strip())
            yield found
        finally:
            process.kill()
            found += [line.strip() for line in process.stdout]


def state(published: Path) -> str:
    """What one opening of the analysts' copy gives: when it was made, and all of its rows."""
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            made = connection.execute("select published_at from marts.published").fetchall()
            tables = _tables(connection, ("marts", "seeds"))
            return f"{made[0][0]:%Y-%m-%d} {hash_of(connection, tables)}"
    except duckdb.Error as error:
        return f"unreadable: {error}".replace("\n", " ")


def hash_of(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> int:
    """One number for all rows of all tables, in whatever order they lie."""
    each = [f"(select coalesce(sum(hash(rows)), 0) from {name} as rows)" for name in tables]
    query = f"select hash({', '.join(each)})"
    return int(connection.execute(query).fetchall()[0][0])


def content(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the work file and of the analysts' copy, and every landed line.

    In how many files lines lie, and how often, is not compared: who pulls again reads some again.
    """
    found: dict[str, list[tuple[object, ...]]] = {}
    for path in (home / "warehouse.duckdb", home / "published" / "winloss.duckdb"):
        with duckdb.connect(str(path), read_only=True) as connection:
            for name in _tables(connection, ("raw", "staging", "seeds", "marts", "ops")):
                query = _QUERIES.get(name, f"from {name} order by all")
                found[f"{path.name}: {name}"] = connection.execute(query).fetchall()
    landed = (home / "landing").rglob("*.ndjson")
    lines = {line for path in landed for line in path.read_bytes().splitlines()}
    found["landed"] = [(line,) for line in sorted(lines)]
    return found


def _tables(connection: duckdb.DuckDBPyConnection, schemas: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        "select concat(schema_name, '.', table_name) from duckdb_tables()"
        " where schema_name = any(?) order by all",
        [list(schemas)],
    ).fetchall()
    return [name for (name,) in rows]
