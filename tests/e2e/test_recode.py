"""`winloss recode`: in steps that may be cut off at any moment, and only what is not coded yet."""

import re
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from winloss import settings, warehouse

PROGRAMME = """
company = "Harbourline"

[[typeform.forms]]
id = "f"
kind = "lost_deal"
signed = false
"""

TEXTS = 30_000

# Straight into raw: landing so many would take most of a minute.
GIVEN = f"""
insert into raw.responses by name
select
    'f' as form_id,
    'lost_deal' as form_kind,
    concat('r', i) as response_id,
    'pull' as source,
    json_object(
        'response_id', concat('r', i),
        'submitted_at', '2026-08-01T00:00:00Z',
        'answers', [json_object(
            'type', 'text',
            'text', concat('Offer ', i, ': the price was too high and support took ', i, ' days.'),
            'field', json_object('id', '1', 'ref', 'what_happened', 'type', 'long_text')
        )]
    ) as item,
    md5(cast(i as varchar)) as item_hash,
    timestamptz '2026-08-02' as fetched_at,
    timestamptz '2026-08-02' as received_at
from range({TEXTS}) as numbers (i)
"""

COMMAND = [str(Path(sys.executable).parent / "winloss"), "recode"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A programme with many answers in words, none of them coded."""
    (tmp_path / settings.FILE).write_text(PROGRAMME, encoding="utf-8")
    with warehouse.writing(tmp_path / "warehouse.duckdb") as connection:
        connection.execute(GIVEN)
    return tmp_path


def recode(home: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end."""
    command = [*COMMAND, "--home", str(home), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)


def kill_within(home: Path, seconds: float) -> None:
    """Start the command and kill it so long after it began to code."""
    with subprocess.Popen(
        [*COMMAND, "--home", str(home)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        while " texts coded" not in (line := process.stderr.readline()):
            assert line, "it ended before it began"
        time.sleep(seconds)
        process.kill()
        process.communicate()


def counted(home: Path, table: str) -> int:
    """How many rows a table of the work file has."""
    with warehouse.reading(home / "warehouse.duckdb") as connection:
        return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def to_do(shown: str) -> list[int]:
    """How many texts each line of progress says there are."""
    return [int(found.replace(",", "")) for found in re.findall(r"of ([\d,]+) texts coded", shown)]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_it_goes_on_where_it_was(home: Path) -> None:
    """What was coded before the kill is not coded again, and the marts are those of one build."""
    seconds, done = 0.6, 0
    while not done:
        kill_within(home, seconds)
        done, seconds = counted(home, "staging.codings_ahead"), seconds * 2
    assert done < TEXTS

    again = recode(home)

    assert again.returncode == 0, again.stderr
    assert set(to_do(again.stderr)) == {TEXTS - done}
    assert f"{TEXTS - done} texts coded" in again.stdout
    assert [counted(home, f"staging.{table}_ahead") for table in ("codings", "codes")] == [0, 0]
    assert counted(home, "staging.codings") == TEXTS
    found = content(home)
    everything = recode(home, "--all")
    assert everything.returncode == 0, everything.stderr
    assert set(to_do(everything.stderr)) == {TEXTS}
    assert content(home) == found
    assert found["marts.codes"]
    assert (home / "published" / "winloss.duckdb").is_file()


def content(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every code, as the coder gave it and as it counts."""
    tables = ("staging.codings", "staging.codes", "marts.codes")
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return {
            table: connection.execute(f"from {table} order by all").fetchall() for table in tables
        }


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    """Where every text is coded, it says so, and still builds and publishes."""
    (tmp_path / settings.FILE).write_text(PROGRAMME, encoding="utf-8")

    done = recode(tmp_path)

    assert done.returncode == 0, done.stderr
    assert "0 texts coded" in done.stdout
    assert (tmp_path / "published" / "winloss.duckdb").is_file()
