"""What a sweep says of a response: gone it is in no figure, back it counts again."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.warehouse.test_rebuild import AT, FORM, again, build, item, land, sweep

from winloss import warehouse
from winloss.warehouse import models
from winloss.warehouse.staging import stage

pytestmark = pytest.mark.slow

DELETED, BACK = sweep(is_deleted=True), sweep(is_deleted=False)
ANSWER = item(rating=4, may_see=True)
OTHER = item(rating=2, may_see=True)
PARTIAL = {**ANSWER, "response_type": "partial", "submitted_at": None, "answers": []}


@pytest.mark.parametrize(
    ("steps", "is_there"),
    [
        ([(ANSWER, 0, "pull"), (DELETED, 1, "sweep")], False),
        ([(ANSWER, 0, "pull"), (DELETED, 0, "sweep")], False),
        ([(DELETED, 1, "sweep"), (ANSWER, 0, "pull")], False),
        ([(ANSWER, 0, "webhook"), (DELETED, 1, "sweep")], False),
        ([(ANSWER, 0, "pull"), (DELETED, 1, "sweep"), (ANSWER, 2, "webhook")], False),
        ([(ANSWER, 0, "pull"), (DELETED, 1, "sweep"), (ANSWER, 2, "pull")], True),
        ([(ANSWER, 0, "pull"), (ANSWER, 2, "pull"), (DELETED, 1, "sweep")], True),
        ([(ANSWER, 2, "pull"), (ANSWER, 0, "pull"), (DELETED, 1, "sweep")], True),
        ([(ANSWER, 0, "webhook"), (DELETED, 1, "sweep"), (BACK, 2, "sweep")], True),
        ([(ANSWER, 0, "pull"), (DELETED, 1, "sweep"), (BACK, 2, "sweep"), (DELETED, 3, "sweep")],
         False),
        ([(ANSWER, 0, "pull"), (DELETED, 1, "sweep"), (ANSWER, 2, "pull"), (DELETED, 3, "sweep")],
         False),
        ([(ANSWER, 0, "pull"), (OTHER, 1, "pull"), (DELETED, 2, "sweep"), (ANSWER, 4, "pull"),
          (OTHER, 6, "pull")], True),
        ([(BACK, 1, "sweep")], False),
    ],
)  # fmt: skip
def test_the_last_word_counts(
    steps: list[tuple[dict[str, Any], int, str]],
    is_there: bool,  # noqa: FBT001 (a table's column)
    tmp_path: Path,
    recipe: warehouse.Recipe,
    built: duckdb.DuckDBPyConnection,
) -> None:
    """Loaded step by step, a response is there or not, with its answers and everything above."""
    for found, days, source in steps:
        land(tmp_path / "landing", found, days=days, source=source)
        rows = build(built, tmp_path / "landing", recipe)

    with warehouse.in_memory() as at_once:
        anew = staged(at_once, tmp_path / "landing", recipe, is_full=False)
    assert anew == {name: [tuple(row.values()) for row in rows[f"staging.{name}"]] for name in anew}
    counts = {name: len(rows[name]) for name in ("staging.responses", "marts.responses")}
    assert counts == dict.fromkeys(counts, int(is_there))
    assert len(rows["staging.answers"]) == 2 * is_there
    assert len(rows["raw.responses"]) == len(
        {(str(found), source, days if source == "sweep" else 0) for found, days, source in steps}
    )


def test_words_of_a_deleted_response_are_gone(
    tmp_path: Path, recipe: warehouse.Recipe, built: duckdb.DuckDBPyConnection
) -> None:
    """No relation above raw holds what was deleted, not even as coded text."""
    words = {"type": "text", "text": "the price rose twice", "field": {"id": "3", "ref": "missed"}}
    land(tmp_path, {**ANSWER, "answers": [words]}, days=0)
    before = build(built, tmp_path, recipe)
    land(tmp_path, DELETED, days=1)

    after = build(built, tmp_path, recipe)

    assert before["marts.verbatims"]
    assert [name for name, rows in after.items() if "rose twice" in str(rows)] == ["raw.responses"]


STEP = st.tuples(
    st.sampled_from(
        [
            (ANSWER, "pull"), (ANSWER, "webhook"), (PARTIAL, "pull"), (PARTIAL, "webhook"),
            (item(rating=2, may_see=False), "pull"), (DELETED, "sweep"), (BACK, "sweep"),
            (FORM, "definition"), (again(FORM, title="Anew", at=AT), "definition"),
        ]
    ),
    st.integers(0, 9),
    st.booleans(),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=2, max_size=8))
def test_any_order_of_events(
    steps: list[tuple[tuple[dict[str, Any], str], int, bool]],
    recipe: warehouse.Recipe,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever comes, in whatever order and pieces: grown step by step is built from nothing.

    But for definitions of one form, which come as they were fetched: of one that is copied in
    later, the repeat that followed it has been dropped already.
    """
    fetched = [days for (_, source), days, _ in steps if source == "definition"]
    assume(fetched == sorted(set(fetched)))
    home = tmp_path_factory.mktemp("events")
    with warehouse.in_memory() as grown, warehouse.in_memory() as anew:
        for (found, source), days, is_loaded in steps:
            land(home, found, days=days, source=source)
            if is_loaded:
                staged(grown, home, recipe, is_full=False)

        assert staged(grown, home, recipe, is_full=False) == staged(
            anew, home, recipe, is_full=True
        )


def staged(
    connection: duckdb.DuckDBPyConnection, home: Path, recipe: warehouse.Recipe, *, is_full: bool
) -> dict[str, list[Any]]:
    """Load and unfold; the rows of responses and answers."""
    warehouse.load_landing(connection, home, now=AT.replace(year=2027))
    models.seed(connection, recipe.seeds)
    stage(connection, recipe, AT.replace(year=2027), is_full=is_full)
    return {
        name: connection.execute(f"from staging.{name} order by all").fetchall()
        for name in ("responses", "answers")
    }
