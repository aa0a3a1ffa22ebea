"""What people coded leaves as what the coder found does: no more beside it, and nobody's name."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.e2e.test_consent import published_values
from tests.warehouse import words

from winloss import recipes, sample, settings, steps, warehouse

REVIEWER = "Zzyzx Quillfeather"
LATER = sample.NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def reviewed(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programme after somebody has coded words with a name, and words without."""
    home = tmp_path_factory.mktemp("reviewed") / "programme"
    shutil.copytree(finished, home)
    settings.provide(signing_key=sample.SIGNING_KEY)
    programme = settings.read(home)
    with warehouse.writing(programme.warehouse, zone=programme.time_zone) as connection:
        for may_quote in ("named", "unnamed", "counted"):
            texts = connection.execute(
                "select distinct text from marts.verbatims"
                " where may_quote = ? and stance = 'against' and length(text) > 20"
                " and form_kind not in ('seller', 'staff') order by text limit 6",
                [may_quote],
            ).fetchall()
            for (text,) in texts[:4]:
                words.label(connection, text, "support", "timing", days=60, reviewer=REVIEWER)
            for (text,) in texts[4:]:
                words.label(connection, text, days=60, reviewer=REVIEWER)
        recipe = recipes.recipe(programme)
        warehouse.build(connection, recipe, as_of=LATER)
    steps.publish(home, LATER)
    return home


@pytest.fixture
def both(reviewed: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The analysts' copy as `copy`, and the work file as `work`."""
    with duckdb.connect() as connection:
        for name, path in (
            ("copy", reviewed / "published" / "winloss.duckdb"),
            ("work", reviewed / "warehouse.duckdb"),
        ):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        yield connection


def rows(both: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return both.execute(query).fetchall()


def test_people_have_coded(both: duckdb.DuckDBPyConnection) -> None:
    """There is something that could leave."""
    found = rows(
        both,
        "select distinct may_quote from work.marts.codes"
        " inner join work.marts.verbatims using (verbatim_key) where coder = 'human' order by all",
    )

    assert found == [("counted",), ("named",), ("unnamed",)]
    assert ("human",) in rows(both, "select distinct coder from copy.marts.codes")


def test_no_reviewer_leaves(reviewed: Path, both: duckdb.DuckDBPyConnection) -> None:
    """Who coded, and in which coding, is in no published byte or column."""
    path = reviewed / "published" / "winloss.duckdb"
    columns = {name for (name,) in rows(both, "select column_name from duckdb_columns()"
                                        " where database_name = 'copy'")}  # fmt: skip

    assert columns & {"reviewer", "label_id", "labelled_at", "sample", "survey_language"} == set()
    assert REVIEWER not in "\n".join(published_values(path))
    assert REVIEWER.encode() not in path.read_bytes()


def test_beside_words_without_a_name_stands_the_reason_alone(
    both: duckdb.DuckDBPyConnection,
) -> None:
    """Nothing tells a person's reason from the coder's where words have no name."""
    shown = rows(
        both,
        "select distinct verbatim_key, question_ref, is_primary, polarity, span_start, span_end,"
        " coder, confidence from copy.marts.codes where verbatim_key is null",
    )
    versions = rows(both, "select distinct codebook_version from copy.marts.codes")
    counts = rows(
        both,
        "select (select count(*) from copy.marts.codes where verbatim_key is null),"
        " (select count(*) from work.marts.codes inner join work.marts.verbatims"
        " using (verbatim_key) where may_quote = 'unnamed'"
        " and form_kind not in ('seller', 'staff'))",
    )
    words_of = rows(
        both,
        "select distinct needs_review from copy.marts.verbatims where may_quote = 'unnamed'",
    )

    assert shown == [(None,) * 8]
    assert len(versions) == 1
    assert counts[0][0] == counts[0][1] > 0
    assert words_of == [(None,)]
