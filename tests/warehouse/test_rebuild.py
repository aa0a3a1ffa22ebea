"""Step by step or all at once: staging and marts are the same function of raw."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import warehouse
from winloss.warehouse import landing

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
FORM = {
    "fields": [
        {
            "id": "1",
            "ref": "satisfaction",
            "type": "opinion_scale",
            "title": "How satisfied are you?",
            "properties": {"steps": 5, "start_at_one": True},
        }
    ]
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder to land in."""
    return tmp_path / "landing"


def item(*, rating: int, may_see: bool) -> dict[str, Any]:
    """A pulse with a rating and a consent."""
    return {
        "response_id": "r1",
        "submitted_at": "2026-10-01T10:00:00Z",
        "answers": [
            {"type": "number", "number": rating, "field": {"id": "1", "ref": "satisfaction"}},
            {"type": "boolean", "boolean": may_see, "field": {"id": "2", "ref": "may_see"}},
        ],
    }


def land(home: Path, found: dict[str, Any], *, days: int, source: str = "pull") -> None:
    """Land a response, or a form's definition, so many days after the first."""
    home.mkdir(exist_ok=True)
    file = home / "page.json.gz"
    is_form = "fields" in found
    if "is_deleted" in found or source == "webhook":
        source = "sweep" if "is_deleted" in found else source
        landing.write_lines(home, "f", line_of(found, days=days, source=source))
        return
    file.write_bytes(gzip.compress(json.dumps(found if is_form else {"items": [found]}).encode()))
    form: Any = {"form_id": "f", "form_kind": "pulse", "fetched_at": AT + timedelta(days=days)}
    if is_form:
        landing.land_definition(home, file, **form)
    else:
        landing.land_pages(home, [file], source=source, **form)


def line_of(found: dict[str, Any], *, days: int, source: str) -> bytes:
    """A landing line as a sweep or the receiver writes it."""
    at = (AT + timedelta(days=days)).isoformat()
    head = {"form_id": "f", "form_kind": "pulse", "source": source, "fetched_at": at}
    return json.dumps({**head, "item": found}).encode() + b"\n"


def build(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    recipe: warehouse.Recipe,
    *,
    is_full: bool = False,
) -> dict[str, list[dict[str, Any]]]:
    """Load and build; every row of staging and marts, by relation."""
    at = AT + timedelta(days=30)
    warehouse.load_landing(connection, home, now=at)
    warehouse.build(connection, recipe, as_of=at, is_full=is_full)
    relations = connection.execute(
        "select concat(schema_name, '.', table_name) from duckdb_tables()"
        " where schema_name in ('raw', 'staging', 'marts') order by all"
    ).fetchall()
    return {
        name: connection.sql(f"from {name} order by all").pl().to_dicts() for (name,) in relations
    }


def sweep(*, is_deleted: bool) -> dict[str, Any]:
    """What a sweep says of the response."""
    return {"response_id": "r1", "is_deleted": is_deleted}


def again(found: dict[str, Any], *, title: str, at: datetime) -> dict[str, Any]:
    """The form after an edit of its title."""
    edited = [{**found["fields"][0], "title": title}]
    return {**found, "fields": edited, "last_updated_at": at.isoformat()}


STEPS = {
    "the form comes after the answers": [(item(rating=4, may_see=True), 0), (FORM, 3)],
    "the form comes with the answers": [(FORM, 0), (item(rating=4, may_see=True), 0)],
    "a consent is taken back": [
        (item(rating=4, may_see=True), 0),
        (item(rating=4, may_see=False), 7),
    ],
    "deleted at the source": [(item(rating=4, may_see=True), 0), (sweep(is_deleted=True), 3)],
    "deleted and back": [
        (item(rating=4, may_see=True), 0),
        (sweep(is_deleted=True), 3),
        (item(rating=4, may_see=True), 5),
    ],
    "the form is edited between answer and pull": [
        (FORM, 0),
        (again(FORM, title="Anew", at=AT - timedelta(days=1)), 4),
        (item(rating=4, may_see=True), 4),
    ],
    "an older page lands late": [
        (item(rating=4, may_see=False), 7),
        (item(rating=4, may_see=True), 0),
        (item(rating=4, may_see=False), 5),
    ],
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_rebuilt_is_the_same(
    steps: list[tuple[dict[str, Any], int]],
    home: Path,
    recipe: warehouse.Recipe,
    built: duckdb.DuckDBPyConnection,
) -> None:
    """A build after every step leaves what one build from nothing makes."""
    for found, days in steps:
        land(home, found, days=days)
        grown = build(built, home, recipe)

    anew = build(built, home, recipe, is_full=True)

    assert grown["raw.responses"]
    assert {name for name in grown if grown[name] != anew[name]} == set()


def test_consent_taken_back_is_gone(
    home: Path, recipe: warehouse.Recipe, built: duckdb.DuckDBPyConnection
) -> None:
    """The later line decides, also where the earlier one had been built."""
    land(home, item(rating=4, may_see=True), days=0)
    before = build(built, home, recipe)
    land(home, item(rating=4, may_see=False), days=7)

    after = build(built, home, recipe)

    assert [row["may_see"] for row in before["marts.responses"]] == [True]
    assert [row["may_see"] for row in after["marts.responses"]] == [False]


def test_the_past_knows_nothing_later(home: Path, recipe: warehouse.Recipe, tmp_path: Path) -> None:
    """The warehouse as it was: an answer, a form and a consent that came later are not there."""
    work = tmp_path / "warehouse.duckdb"
    land(home, item(rating=4, may_see=True), days=0)
    land(home, FORM, days=3)
    land(home, item(rating=1, may_see=False), days=7)
    with warehouse.writing(work) as connection:
        build(connection, home, recipe)

    with warehouse.as_of(work, recipe, AT + timedelta(days=1), zone="UTC") as connection:
        found = connection.execute(
            "select may_see, number_value, scale_max from marts.responses"
            " inner join marts.answers using (response_key) where question_ref = 'satisfaction'"
        ).fetchall()

    assert found == [(True, 4.0, None)]
