"""What decisions in other currencies are worth: from the export to staging and the rejects."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from winloss import crm, warehouse
from winloss.settings import Settings
from winloss.warehouse import models
from winloss.warehouse.staging import stage

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
DECISIONS = """decision_id,decision_kind,decided_on,amount,currency
D1,lost,2026-09-01,1000,EUR
D2,lost,2026-09-02,1000,SEK
D3,won,2026-09-03,1000,SEK
D4,won,2026-09-04,1000,USD
"""
RATES = "currency,usd,valid_from\nEUR,1.1,2026-01-01\n"

Run = Callable[[str, str, int], None]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work file of one's own."""
    return tmp_path / "warehouse.duckdb"


@pytest.fixture
def run(tmp_path: Path, work: Path, recipe: warehouse.Recipe) -> Run:
    """Read both exports, land what they say and stage it, so many weeks after the first time."""
    files = {name: {"path": f"{name}.csv"} for name in ("decisions", "rates")}
    values = {"company": "Harbourline", "home": tmp_path, "crm": files}
    settings = Settings.model_validate(values)

    def weekly(decisions: str, rates: str, week: int) -> None:
        (tmp_path / "decisions.csv").write_text(decisions)
        (tmp_path / "rates.csv").write_text(rates)
        now = AT + timedelta(weeks=week)
        said = crm.read(settings, now=now)
        with warehouse.writing(work) as connection:
            for entity, frame in said.frames.items():
                key = crm.key_of(entity)
                warehouse.load_records(connection, entity, frame, key=key, now=now)
            connection.execute("begin")
            models.seed(connection, recipe.seeds)
            stage(connection, recipe, now, is_full=False)
            connection.execute("commit")

    return weekly


def worth(connection: duckdb.DuckDBPyConnection) -> dict[str, float | None]:
    """Decision -> what it is worth in dollars."""
    query = "select decision_id, amount_usd from staging.decisions order by decision_id"
    return dict(connection.sql(query).fetchall())


def unrated(work: Path) -> list[tuple[str, str, datetime]]:
    """What was set aside for want of a rate: reason, detail, and when it was last met."""
    query = "select reason, detail, seen_at from ops.rejects where entity = 'decisions'"
    with warehouse.reading(work) as connection:
        return connection.sql(f"{query} order by reason, detail").fetchall()


def test_without_a_rate(run: Run, work: Path) -> None:
    """A currency without a rate is worth nothing we know, and is set aside once, not weekly."""
    for week in range(2):
        run(DECISIONS, RATES, week)

    with warehouse.reading(work) as connection:
        assert worth(connection) == {"D1": 1100.0, "D2": None, "D3": None, "D4": 1000.0}
    assert unrated(work) == [("no rate for SEK", "no rate at all", AT + timedelta(weeks=1))]


def test_a_check_counts_what_staging_lacks(run: Run, work: Path, tmp_path: Path) -> None:
    """Before anything lands, as many amounts are said to be in no sum as then are."""
    rows = "D5,lost,2025-12-31,1000,EUR\nD6,open,,1000,EUR\nD7,won,2026-09-01,1000,\n"
    run(DECISIONS + rows, RATES, 0)
    files = {name: {"path": f"{name}.csv"} for name in ("decisions", "rates")}
    values = {"company": "Harbourline", "home": tmp_path, "crm": files}
    told = crm.read(Settings.model_validate(values), now=AT).frames

    found = crm.unrated(told["decisions"], told["rates"], AT.date())

    query = "select currency, count(*) from staging.decisions where amount_usd is null group by all"
    with warehouse.reading(work) as connection:
        lacking = dict(connection.sql(query).fetchall())
    assert lacking == {"SEK": 2, "EUR": 1, None: 1}
    assert {each.currency: each.amount_count for each in found} == lacking


def test_a_rate_that_came_later(run: Run, work: Path, recipe: warehouse.Recipe) -> None:
    """Since the rate is told the decision is worth something; an old edition knows it not."""
    run(DECISIONS, RATES, 0)
    run(DECISIONS, RATES + "SEK,0.1,2026-09-03\n", 1)
    run(DECISIONS, RATES + "SEK,0.1,2026-09-03\nSEK,0.2,2026-01-01\n", 2)

    with warehouse.reading(work) as connection:
        assert worth(connection) == {"D1": 1100.0, "D2": 200.0, "D3": 100.0, "D4": 1000.0}
    with warehouse.as_of(work, recipe, AT + timedelta(weeks=1), zone="UTC") as past:
        assert worth(past) == {"D1": 1100.0, "D2": None, "D3": 100.0, "D4": 1000.0}
    assert unrated(work) == [
        ("no rate for SEK", "no rate at all", AT),
        ("no rate for SEK", "no rate before 2026-09-03", AT + timedelta(weeks=1)),
    ]


def test_a_rate_put_right(run: Run, work: Path) -> None:
    """The last export of a rate counts, also when it goes back to what it was."""
    wrong = RATES.replace("1.1", "11")

    found = []
    for week, rates in enumerate([wrong, RATES, wrong, RATES]):
        run(DECISIONS, rates, week)
        with warehouse.reading(work) as connection:
            found.append(worth(connection)["D1"])

    assert found == [11_000.0, 1100.0, 11_000.0, 1100.0]


def test_a_rate_withdrawn(run: Run, work: Path, recipe: warehouse.Recipe) -> None:
    """The file is whole: a rate that left it counts no more, comes back, and an edition knows."""
    wrong = RATES + "EUR,9.9,2026-08-01\n"
    none = RATES.partition("\n")[0] + "\n"

    found = []
    for week, rates in enumerate([wrong, RATES, RATES, wrong, none]):
        run(DECISIONS, rates, week)
        with warehouse.reading(work) as connection:
            found.append(worth(connection)["D1"])

    assert found == [9900.0, 1100.0, 1100.0, 9900.0, None]
    with warehouse.as_of(work, recipe, AT + timedelta(days=1), zone="UTC") as past:
        assert worth(past)["D1"] == 9900.0
    assert ("no rate for EUR", "no rate at all", AT + timedelta(weeks=4)) in unrated(work)


def test_a_rate_is_withdrawn_once(run: Run, work: Path) -> None:
    """A file that says the same again adds nothing."""
    counts = []
    for week, rates in enumerate([RATES + "SEK,0.1,2026-01-01\n", RATES, RATES, RATES]):
        run(DECISIONS, rates, week)
        with warehouse.reading(work) as connection:
            counts += connection.sql("select count(*) from raw.rates where usd = 0").fetchall()

    assert counts == [(0,), (1,), (1,), (1,)]
