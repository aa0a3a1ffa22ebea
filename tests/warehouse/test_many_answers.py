"""As many answers as a large programme has in a year come through one build."""

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from winloss import warehouse
from winloss.warehouse import models
from winloss.warehouse.staging import stage

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
RESPONSES = 20_000
ANSWERS = 12

# Straight into raw: landing so many would take most of a minute.
GIVEN = f"""
insert into raw.responses by name
select
    'f' as form_id,
    'lost_deal' as form_kind,
    concat('r', i) as response_id,
    'pull' as source,
    cast(concat(
        '{{"response_id": "r', i, '", "submitted_at": "2026-08-01T00:00:00Z", "answers": [',
        array_to_string(list_transform(range({ANSWERS}), lambda k: concat(
            '{{"type": "choice", "choice": {{"ref": "c', k, '", "label": "Label ', k, ' of ', i,
            '"}}, "field": {{"id": "q', k, '", "ref": "q', k, '", "type": "multiple_choice"}}}}'
        )), ','),
        ']}}'
    ) as json) as item,
    md5(cast(i as varchar)) as item_hash,
    timestamptz '2026-08-02' as fetched_at,
    timestamptz '2026-08-02' as received_at
from range({RESPONSES}) as numbers (i)
"""


@pytest.fixture
def full() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory whose raw holds many responses."""
    connection = warehouse.in_memory()
    connection.execute("set threads = 4")
    connection.execute(GIVEN)
    yield connection
    connection.close()


def test_none_goes_unseen(full: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe) -> None:
    """Every answer that was unfolded is seen by what the same transaction does next."""
    full.execute("begin")
    models.seed(full, recipe.seeds)
    stage(full, recipe, AT, is_full=False)

    joined = full.execute(
        "select count(*), count(distinct response_key) from staging.responses"
        " inner join staging.answers using (response_key)"
    ).fetchall()
    full.execute("commit")

    assert joined == [(RESPONSES * ANSWERS, RESPONSES)]
