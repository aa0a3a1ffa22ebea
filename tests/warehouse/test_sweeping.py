"""What a sweep compares with: every response ever received, its names, and whether it counts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from winloss import warehouse
from winloss.warehouse import sweeping

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
FORM = {"form_id": "f", "form_kind": "pulse"}
GIVEN = "2026-10-01T10:00:00Z"


@pytest.fixture
def empty():
    """A warehouse of one's own, since builds are transactions."""
    connection = warehouse.in_memory()
    yield connection
    connection.close()


def land(folder: Path, item: dict[str, Any], *, source: str = "pull", days: float = 0) -> datetime:
    """Land one response, so many days after the first."""
    at = AT + timedelta(days=days)
    body = json.dumps(item).encode()
    warehouse.land_item(folder, body, **FORM, source=source, received_at=at)
    return at


def say(folder: Path, *, is_deleted: bool, days: float) -> None:
    """Land what a sweep says of the response `r`."""
    at = AT + timedelta(days=days)
    sweeping.land_swept(folder, {"r": is_deleted}, **FORM, swept_at=at)


def load(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    warehouse.load_landing(connection, folder, now=AT + timedelta(days=30))


def test_one_file_a_form_whatever_it_says(tmp_path: Path) -> None:
    """Each statement is a line; the same statements again are the same file."""
    said = {"b": False, "a": True}

    first = sweeping.land_swept(tmp_path, said, **FORM, swept_at=AT)
    again = sweeping.land_swept(tmp_path, dict(reversed(said.items())), **FORM, swept_at=AT)

    lines = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    assert first == again
    assert list(tmp_path.rglob("*")) == [tmp_path / "f", first]
    assert {line["source"] for line in lines} == {"sweep"}
    assert [line["item"] for line in lines] == [
        {"is_deleted": True, "response_id": "a"},
        {"is_deleted": False, "response_id": "b"},
    ]
    assert {datetime.fromisoformat(line["fetched_at"]) for line in lines} == {AT}


def test_every_name_and_the_last_word_of_a_response(empty, tmp_path: Path) -> None:
    """All names of all its lines, and the latest instant it came in or was given."""
    land(tmp_path, {"response_id": "r", "token": "t", "submitted_at": GIVEN})
    later = land(tmp_path, {"response_id": "r", "landing_id": "l", "token": ""}, days=1)
    land(tmp_path, {"token": "other", "submitted_at": "2026-10-09T10:00:00Z"})
    land(tmp_path, {"answers": [], "submitted_at": "soon"})

    load(empty, tmp_path)
    found = {tuple(row["names"]): row for row in sweeping.held(empty).to_dicts()}

    assert set(found) == {("l", "r", "t"), ("other",), ()}
    assert found["l", "r", "t"]["heard_at"] == later
    assert found[("other",)]["heard_at"] == datetime(2026, 10, 9, 10, tzinfo=UTC)
    assert found[()]["heard_at"] == AT
    assert not any(row["is_deleted"] for row in found.values())


CASES = [
    pytest.param([("said", True, 1)], True, id="deleted"),
    pytest.param([("said", True, 1), ("said", False, 2)], False, id="back"),
    pytest.param([("said", True, 1), ("said", False, 2), ("said", True, 3)], True, id="again"),
    pytest.param([("said", True, 1), ("pull", "late", 2)], False, id="pulled later"),
    pytest.param([("pull", "early", 0.5), ("said", True, 1)], True, id="pulled twice before"),
    pytest.param([("said", True, 1), ("webhook", "late", 2)], True, id="replayed webhook"),
    pytest.param(
        [("said", True, 1), ("pull", "late", 2), ("said", True, 3)], True, id="deleted once more"
    ),
]


@pytest.mark.parametrize("is_stepwise", [False, True])
@pytest.mark.parametrize(("events", "is_deleted"), CASES)
def test_held_is_what_the_build_counts(
    empty, recipe: warehouse.Recipe, tmp_path: Path, events, *, is_deleted: bool, is_stepwise: bool
) -> None:
    """The sweep and the build agree on which responses count, loaded one by one or at once."""
    land(tmp_path, {"response_id": "r", "submitted_at": GIVEN})
    for kind, what, days in events:
        if is_stepwise:
            load(empty, tmp_path)
        if kind == "said":
            say(tmp_path, is_deleted=what, days=days)
        else:
            item = {"response_id": "r", "submitted_at": GIVEN, "landed_by": what}
            land(tmp_path, item, source=kind, days=days)

    load(empty, tmp_path)
    warehouse.build(empty, recipe, as_of=AT + timedelta(days=30))

    (held,) = sweeping.held(empty).to_dicts()
    counted = empty.execute("select response_id from staging.responses").fetchall()
    assert held["is_deleted"] is is_deleted
    assert counted == ([] if is_deleted else [("r",)])
