"""Whatever lands in whatever order, loaded at once or bit by bit: raw is the same."""

import json
import tempfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from tests.warehouse.histories import contents
from tests.warehouse.histories.contents import Contents
from tests.warehouse.histories.drawing import LANDINGS
from tests.warehouse.histories.programme import START, Programme
from tests.warehouse.histories.steps import Again, Came, Formed, Loaded, Set, Step, Swept

from winloss import warehouse
from winloss.warehouse import landing
from winloss.warehouse.staging import stage

# Of a form that was as it is now before and after, and was neither when it landed.
LATE_VERSION = Formed(version="retitled", age=None, lag=3)


def raw(history: list[Step]) -> Contents:
    """All of raw after a history."""
    with tempfile.TemporaryDirectory() as folder, warehouse.in_memory() as connection:
        list(Programme(Path(folder), lambda: nullcontext(connection)).live(history))
        return contents.of(connection, ("raw",))


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=LANDINGS)
@example(history=[Came("r1"), Loaded(), Again(lag=4)])
@example(history=[Formed(age=None), Set(), Formed(age=None), Loaded(), LATE_VERSION])
@example(history=[Came("r1"), Swept("r1"), Loaded(), Came("r1", words=1, lag=4, age=9), Again()])
def test_loaded_bit_by_bit_is_loaded_at_once(history: list[Step]) -> None:
    """Nothing that is kept of a line follows from what was loaded before it."""
    at_once = [Set() if isinstance(step, Loaded) else step for step in history]

    contents.compare(raw([*history, Loaded()]), raw([*at_once, Loaded()]), "bit by bit", "at once")


@pytest.mark.parametrize("order", [("lost_deal", "won_deal"), ("won_deal", "lost_deal")])
def test_an_answer_is_of_the_kind_its_form_was_when_first_sent(
    order: tuple[str, str],
    connection: duckdb.DuckDBPyConnection,
    recipe: warehouse.Recipe,
    tmp_path: Path,
) -> None:
    """The form was one kind and then another, and the same response was read under both."""
    sent_at = {"lost_deal": START, "won_deal": START + timedelta(days=7)}
    now = START + timedelta(days=14)
    for kind in order:
        landing.land_item(
            tmp_path / kind,
            b'{"token":"r1"}',
            form_id="f",
            form_kind=kind,
            source="webhook",
            received_at=sent_at[kind],
        )
        warehouse.load_landing(connection, tmp_path, now=now)
        stage(connection, recipe, now, is_full=False)

    found = connection.execute("select form_kind, fetched_at from staging.responses").fetchall()
    assert found == [("lost_deal", START)]


def test_a_form_read_again_as_it_was_touches_no_answer(
    connection: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, tmp_path: Path
) -> None:
    """Every pull reads it, and what each would touch is all that was ever answered."""
    head = {"form_id": "f", "form_kind": "lost_deal"}
    landing.land_item(tmp_path, b'{"token":"r1"}', source="pull", received_at=START, **head)
    seen = []
    for week, title in enumerate(("Why?", "Why?", "Why not?")):
        now = START + timedelta(weeks=week)
        form = json.dumps({"fields": [{"ref": "q", "type": "long_text", "title": title}]})
        landing.land_item(
            tmp_path / str(week), form.encode(), source="definition", received_at=now, **head
        )
        warehouse.load_landing(connection, tmp_path, now=now)
        stage(connection, recipe, now, is_full=False)
        seen += connection.execute("select lines_hash from staging.responses").fetchall()

    assert seen[0] == seen[1] != seen[2]
    assert connection.execute("select count(*) from raw.forms").fetchall() == [(3,)]
