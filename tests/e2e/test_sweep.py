"""Words somebody took back: out of figures, quotes and the published copy; printed mails stay."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import requests

from winloss import alerting, editing, sample, settings, steps, sweeping
from winloss.reporting import Edition
from winloss.typeform.sandbox import Sandbox
from winloss.weeks import Week

from .conftest import Programme

pytestmark = pytest.mark.slow

EDITION = Edition("weekly", Week.parse(sample.WEEK), steps.EVERYBODY, sample.NOW)
EVENING_BEFORE = sample.NOW - timedelta(hours=9)
SUNDAY_AFTER = sample.NOW + timedelta(days=6)
MONDAY_AFTER = sample.NOW + timedelta(days=7)


def rows(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query, list(values)).fetchall()


def texts(home: Path, edition: str) -> str:
    """All that one edition says, in every file of it."""
    files = sorted((home / "editions" / edition).glob("*"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def first_quote(home: Path) -> tuple[str, str, str]:
    """A response that alone said what the edition prints: its form, its name, the words."""
    found: tuple[str, str, str] = rows(
        home / "warehouse.duckdb",
        "select form_id, response_id, quote from ops.findings as sent"
        " where edition_id = ? and not contains(quote, '[') and 1 = ("
        " select count(*) from marts.verbatims where contains(text, sent.quote))"
        " order by lens = 'drivers' desc, position",
        EDITION.edition_id,
    )[0]
    return found


def delete(sandbox: Sandbox, form_id: str, *tokens: str) -> None:
    """Delete responses as a person's script would: over Typeform's own interface."""
    requests.delete(
        f"{sandbox.base_url}/forms/{form_id}/responses",
        params={"included_response_ids": ",".join(tokens)},
        headers={"Authorization": f"Bearer {sample.TOKEN}"},
        timeout=30,
    ).raise_for_status()


def test_taken_back_before_the_edition(programme: Programme, finished: Path) -> None:
    """What Monday's edition would have printed is not in it, and one response less is counted."""
    home, sandbox = programme.home, programme.sandbox
    form_id, response_id, quote = first_quote(finished)
    assert quote in texts(finished, EDITION.edition_id)
    steps.land(home, steps.pull(home, EVENING_BEFORE), EVENING_BEFORE)
    delete(sandbox, form_id, response_id)

    at = sample.NOW - timedelta(hours=1)
    compared = sweeping.sweep(home, at)
    programme.run()

    work, public = home / "warehouse.duckdb", home / "published" / "winloss.duckdb"
    sweeping.check(compared)
    assert [(each.form_id, each.gone) for each in compared if each.gone] == [
        (form_id, (response_id,))
    ]
    assert sum(each.judged_count for each in compared) > 100
    assert quote not in texts(home, EDITION.edition_id)
    for layer in ("staging.responses", "staging.answers", "marts.responses"):
        found = rows(work, f"select 1 from {layer} where response_id = ?", response_id)
        assert found == []
    for path in (work, public):
        assert rows(path, "select 1 from marts.verbatims where contains(text, ?)", quote) == []
        before = rows(finished / path.relative_to(home), "select count(*) from marts.responses")
        after = rows(path, "select count(*) from marts.responses")
        assert after == [(before[0][0] - 1,)]
    assert quote.encode() not in public.read_bytes()
    assert "was deleted at the source and counts nowhere" in texts(home, EDITION.edition_id)


def test_taken_back_after_the_edition(delivered: Programme) -> None:
    """The edition stays as it went out, made anew too; the copy and the next one are without it."""
    home, sandbox = delivered.home, delivered.sandbox
    form_id, response_id, quote = first_quote(home)
    public = home / "published" / "winloss.duckdb"
    printed = texts(home, EDITION.edition_id)
    found = rows(home / "warehouse.duckdb", "from ops.findings order by all")
    assert rows(public, "select 1 from marts.findings where contains(quote, ?)", quote)
    delete(sandbox, form_id, response_id)

    sweeping.sweep(home, SUNDAY_AFTER)

    assert quote.encode() not in public.read_bytes()
    assert rows(public, "select 1 from marts.findings where contains(quote, ?)", quote) == []
    assert rows(home / "warehouse.duckdb", "from ops.findings order by all") == found
    shutil.rmtree(home / "editions" / EDITION.edition_id)
    editing.report(home, EDITION)
    assert texts(home, EDITION.edition_id) == printed

    alerting.alert(home, MONDAY_AFTER)
    delivered.run(MONDAY_AFTER, "2026-W41")
    assert quote not in texts(home, "weekly-2026-W41-all")
    assert quote.encode() not in public.read_bytes()


def test_all_of_it_and_nothing_twice(built: Programme) -> None:
    """Back at the source, a response counts again; a sweep without a change leaves all as it is."""
    home, sandbox = built.home, built.sandbox
    work = home / "warehouse.duckdb"
    sweeping.sweep(home, SUNDAY_AFTER - timedelta(hours=1))
    before = state(work)
    form_id, token = rows(work, "select form_id, response_id from marts.responses order by all")[0]
    item = sandbox._store.responses(form_id)
    (kept,) = (each for each in item if each.token == token)
    delete(sandbox, form_id, token)

    sweeping.sweep(home, SUNDAY_AFTER)
    without = state(work)
    sweeping.sweep(home, SUNDAY_AFTER + timedelta(hours=1))

    assert state(work) == without
    assert without != before
    sandbox.put(form_id, kept.text)
    sweeping.sweep(home, SUNDAY_AFTER + timedelta(hours=2))
    assert state(work) == before


def state(work: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row above raw, but for the fingerprint of lines, which remembers every sweep."""
    names = rows(
        work,
        "select concat(schema_name, '.', table_name) from duckdb_tables()"
        " where schema_name in ('staging', 'marts') order by all",
    )
    told = "select columns(lambda name: name != 'lines_hash')"
    return {name: rows(work, f"{told} from {name} order by all") for (name,) in names}


SWEEP = """
import sys
from datetime import timedelta
from pathlib import Path
from winloss import sample, steps, sweeping
home, now = Path(sys.argv[1]), sample.NOW + timedelta(days=6)
named = sweeping.read(home, now)
print("read", flush=True)
compared = sweeping.compare(home, named, now)
print("compared", flush=True)
sweeping.land(home, compared, now)
print("landed", flush=True)
steps.build(home, now)
print("built", flush=True)
steps.publish(home, now)
print("published", flush=True)
"""


def test_killed_and_swept_again(built: Programme) -> None:
    """Killed after any step, a sweep that is run again ends where an undisturbed one does."""
    home, sandbox = built.home, built.sandbox
    work, public = home / "warehouse.duckdb", home / "published" / "winloss.duckdb"
    form_id, token, text = rows(
        work,
        "select form_id, response_id, text from marts.verbatims"
        " where may_quote = 'named' and length(text) > 40 order by all",
    )[0]
    steps.publish(home, sample.NOW)
    delete(sandbox, form_id, token)
    clean = home.with_name("clean")
    shutil.copytree(home, clean)
    sweeping.sweep(clean, SUNDAY_AFTER)

    for mark in ("read", "compared", "landed", "built"):
        process = subprocess.Popen(
            [sys.executable, "-c", SWEEP, str(home)],
            env={**os.environ, "WINLOSS_SIGNING_KEY": sample.SIGNING_KEY},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        while process.stdout.readline().strip() not in (mark, ""):
            pass
        process.kill()
        process.communicate()
    sweeping.sweep(home, SUNDAY_AFTER)

    assert state(work) == state(clean / "warehouse.duckdb")
    said = rows(work, "select response_id from raw.responses where source = 'sweep'")
    assert said == [(token,)]
    assert rows(public, "select 1 from marts.verbatims where text = ?", text) == []


def test_as_a_person_types_it(built: Programme) -> None:
    """What was compared, form by form; a doubt is one line and exit 1, after the rest is done."""
    home, sandbox = built.home, built.sandbox
    forms = {form.kind: form.id for form in settings.read(home).typeform.forms}
    held = {
        kind: [each.token for each in sandbox._store.responses(form_id)]
        for kind, form_id in forms.items()
    }
    delete(sandbox, forms["pulse"], held["pulse"][0])
    delete(sandbox, forms["lost_deal"], *held["lost_deal"])

    first = winloss(home, "sweep", "--now", f"{SUNDAY_AFTER:%Y-%m-%dT%H:%M:%S}")
    accept = ("--accept", forms["lost_deal"])
    second = winloss(home, "sweep", "--now", f"{MONDAY_AFTER:%Y-%m-%dT%H:%M:%S}", *accept)

    lines = dict(line.split(maxsplit=1) for line in first.stdout.splitlines() if "  " in line)
    gone = str(len(held["lost_deal"]))
    assert (first.returncode, second.returncode) == (1, 0), first.stderr + second.stderr
    assert lines["pulse"].split()[1:] == [str(len(held["pulse"])), "1", "0", "0"]
    assert lines["lost_deal"].split()[1:] == [gone, f"{gone}?", "0", "0"]
    assert "One response was deleted at the source" in first.stdout
    assert f"winloss sweep --accept {forms['lost_deal']}" in first.stderr.splitlines()[-1]
    assert f"{gone} are not at Typeform any more" in first.stderr
    assert gone in second.stdout
    assert "Traceback" not in first.stderr + second.stderr
    assert rows(home / "warehouse.duckdb", "select count(*) from marts.responses")[0][0] > 0


def winloss(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "winloss"), *arguments],
        cwd=home,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
