"""What `benchmarks/warehouse.py` measures of ours, each act in a process of its own.

`python benchmarks/warehouse_contestants.py ACT WORK FROM BYTES`, where WORK holds `pages/` and is
to hold `winloss/`, the programme, and FROM is a folder of pages that come in.
"""

import gzip
import json
import logging
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
from pull_contestants import HOME, found, programme_of
from pull_meter import Meter, hold_back, tell
from pull_pages import INDEX, KEY, NOW

from winloss import crm, recipes, resources, settings, steps, warehouse
from winloss.settings import Settings
from winloss.warehouse import models, staging
from winloss.warehouse.database import frame

WEEK_LATER = NOW + timedelta(days=7)
QUESTIONS = (
    "win_rate_by_competitor",
    "why_they_left",
    "ticked_one_wrote_another",
    "leaving_from_which_rung",
    "who_is_silent",
)

# A decision for every response that names one, as an export would have it.
DECISIONS = """
select
    item ->> '$.hidden.decision_id' as decision_id,
    any_value(item ->> '$.hidden.account_id') as account_id,
    any_value(case form_kind
        when 'lost_deal' then 'lost' when 'won_deal' then 'won'
        when 'cancellation' then 'cancelled' else 'renewed'
    end) as decision_kind,
    (hash(decision_id) % 90000)::double as amount_usd,
    list_extract(['Northwind', 'Tailspin', 'Contoso'], 1 + (hash(decision_id) % 3)::integer)
        as competitor,
    concat('S', hash(decision_id) % 40) as seller_id,
    cast($decided_on as date) - (hash(decision_id) % 300)::integer as decided_on,
    decided_on - 60 as opened_on
from raw.responses
where decision_id is not null
group by decision_id
"""


def main() -> None:
    """Do one act, and tell what it used and found."""
    act, work, source = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    hold_back(int(sys.argv[4]))
    ACTS[act](work / HOME, source)


def prepare(home: Path, source: Path) -> None:
    """A programme, and its pages compressed as a pull keeps them; counts for nobody."""
    home.mkdir(parents=True, exist_ok=True)
    (home / settings.FILE).write_text(programme_of(source), "utf-8")
    for page in sorted(source.glob("*/*.json")):
        kept = home / "pulled" / source.name / page.parent.name / f"{page.name}.gz"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(gzip.compress(page.read_bytes(), 1))
    tell(Meter().stop(), {})


def land(home: Path, source: Path) -> None:
    """Pages to lines, lines into raw, and raw to typed answers: no marts yet."""
    programme, recipe = _programme(home)
    meter = Meter()
    with meter.stage("land"):
        _land(home, source, programme)
    with meter.stage("load"), warehouse.writing(programme.warehouse) as connection:
        _load(connection, programme)
    with meter.stage("unfold"), warehouse.writing(programme.warehouse) as connection:
        connection.execute("begin")
        models.seed(connection, recipe.seeds)
        staging.stage(connection, recipe, NOW, is_full=False)
        connection.execute("commit")
    tell(meter.stop(), _found(programme))


def decide(home: Path, _: Path) -> None:
    """The decisions that responses name come from the CRM; counts for nobody."""
    programme, _recipe = _programme(home)
    with warehouse.writing(programme.warehouse) as connection:
        told = frame(connection, DECISIONS, {"decided_on": date(2026, 9, 20)})
        connection.execute("begin")
        key = crm.key_of("decisions")
        warehouse.load_records(connection, "decisions", told, key=key, now=NOW)
        connection.execute("commit")
    tell(Meter().stop(), {"decisions": told.height})


def full(home: Path, _: Path) -> None:
    """Everything above raw, from nothing."""
    programme, recipe = _programme(home)
    meter = Meter()
    with warehouse.writing(programme.warehouse) as connection, _phases(meter) as progress:
        warehouse.build(connection, recipe, as_of=NOW, is_full=True, progress=progress)
    tell(meter.stop(), _found(programme))


def week(home: Path, source: Path) -> None:
    """A week's responses come in on top: landed, loaded, unfolded, coded, built."""
    programme, recipe = _programme(home)
    meter = Meter()
    with meter.stage("land"):
        _land(home, source, programme)
    with meter.stage("load"), warehouse.writing(programme.warehouse) as connection:
        _load(connection, programme)
    with warehouse.writing(programme.warehouse) as connection, _phases(meter) as progress:
        built = warehouse.build(connection, recipe, as_of=WEEK_LATER, progress=progress)
    found = {"unfolded": built.unfolded_count, "coded": built.coded_count}
    tell(meter.stop(), {**_found(programme), **found})


def publish(home: Path, _: Path) -> None:
    """The analysts' copy."""
    _programme(home)
    meter = Meter()
    with meter.stage("publish"):
        steps.publish(home, WEEK_LATER)
    tell(meter.stop(), {})


def ask(home: Path, _: Path) -> None:
    """Five questions of an analyst, each on a copy opened anew."""
    programme, _recipe = _programme(home)
    meter = Meter()
    rows = {}
    for name in QUESTIONS:
        with (
            meter.stage(name),
            duckdb.connect(str(programme.published), read_only=True) as connection,
        ):
            text = (resources.folder("sql") / "examples" / f"{name}.sql").read_text("utf-8")
            rows[name] = len(connection.execute(text).fetchall())
        if not rows[name]:
            raise RuntimeError(f"{name} found nothing: fill the warehouse before you time it.")
    tell(meter.stop(), rows)


ACTS: dict[str, Callable[[Path, Path], None]] = {
    each.__name__: each for each in (prepare, land, decide, full, week, publish, ask)
}


def _programme(home: Path) -> tuple[Settings, warehouse.Recipe]:
    """Settings and the recipe, which a process makes once."""
    logging.disable(logging.INFO)
    settings.provide(signing_key=KEY)
    programme = settings.read(home)
    return programme, recipes.recipe(programme)


def _land(home: Path, source: Path, programme: Settings) -> None:
    forms = json.loads((source / INDEX).read_text("utf-8"))["forms"]
    for form_id, form in forms.items():
        folder = home / "pulled" / source.name / form_id
        said = {"form_id": form_id, "form_kind": form["kind"], "fetched_at": NOW}
        warehouse.land_definition(programme.landing, folder / "form.json.gz", **said)
        pages = sorted(folder.glob("*_*.json.gz"))
        warehouse.land_pages(programme.landing, pages, source="pull", **said)
    shutil.rmtree(home / "pulled" / source.name)


def _load(connection: duckdb.DuckDBPyConnection, programme: Settings) -> None:
    connection.execute("begin")
    warehouse.load_landing(connection, programme.landing, now=WEEK_LATER)
    connection.execute("commit")


@contextmanager
def _phases(meter: Meter) -> Iterator[Callable[[str], None]]:
    """Takes what a build says it does, and counts the time until it says the next."""
    said: list[tuple[str, float, float]] = []

    def progress(phase: str) -> None:
        said.append((phase, time.perf_counter(), time.process_time()))

    yield progress
    progress("")
    for (phase, wall, processor), (_, wall_after, processor_after) in pairwise(said):
        meter.add(phase, wall_after - wall, processor_after - processor)


def _found(programme: Settings) -> dict[str, float]:
    with warehouse.reading(programme.warehouse) as connection:
        return found(connection, "staging.responses", "staging.answers")


if __name__ == "__main__":
    main()
