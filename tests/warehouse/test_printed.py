"""What may not be printed is not kept: an edition that quotes it goes nowhere."""

from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests.warehouse import words
from tests.warehouse.words import AT, PRICE

from winloss import warehouse
from winloss.errors import CheckFailed
from winloss.reporting import Edition
from winloss.weeks import Week

EDITION = Edition("weekly", Week.parse("2026-W36"), "all", AT + timedelta(days=1))
FINDINGS = pl.DataFrame(
    schema={
        "lens": pl.String,
        "position": pl.Int32,
        "claim": pl.String,
        "figure_count": pl.Int64,
        "figure_total": pl.Int64,
        "row_ids": pl.List(pl.String),
    }
)
QUOTE = {
    "form_id": "f",
    "response_id": "r1",
    "question_ref": "what_happened",
    "span_start": 0,
    "span_end": 9,
}
NO_QUOTES = pl.DataFrame([QUOTE]).clear()


@pytest.fixture
def asked(
    built: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, tmp_path: Path
) -> duckdb.DuckDBPyConnection:
    """A warehouse with one answer, whose respondent was not asked whether we may quote it."""
    words.land(tmp_path / "landing", {"r1": PRICE})
    words.build(built, recipe, tmp_path / "landing", days=1)
    warehouse.opened(built, EDITION)
    return built


def keep(connection: duckdb.DuckDBPyConnection, **changes: object) -> None:
    """Keep the edition with its one quote."""
    quotes = pl.DataFrame([{**QUOTE, **changes}])
    warehouse.keep(connection, EDITION, FINDINGS, quotes, body_hash="h")


def kept(connection: duckdb.DuckDBPyConnection) -> tuple[int, str | None]:
    """How many quotes are kept as printed, and whether the edition is."""
    count = connection.execute("select count(*) from ops.printed_quotes").fetchall()[0][0]
    return count, warehouse.kept_hash(connection, EDITION)


def test_words_that_may_only_be_counted(asked: duckdb.DuckDBPyConnection) -> None:
    """The edition is not kept, so it is neither published nor sent."""
    with pytest.raises(CheckFailed, match="quote_without_consent"):
        keep(asked)

    assert kept(asked) == (0, None)


@pytest.mark.parametrize("span", [{"span_end": 900}, {"span_start": 9}, {"question_ref": "goal"}])
def test_a_quote_of_nothing(asked: duckdb.DuckDBPyConnection, span: dict[str, object]) -> None:
    """Words that nobody said are not kept either, whatever was allowed; said ones are."""
    asked.execute("update marts.responses set may_quote = 'unnamed'")
    with pytest.raises(CheckFailed, match="quote_without_consent"):
        keep(asked, **span)

    keep(asked)

    assert kept(asked) == (1, "h")


def test_a_quote_of_nobody(asked: duckdb.DuckDBPyConnection) -> None:
    """Nor those of a response that is not there, or does not count."""
    with pytest.raises(CheckFailed, match=r"edition .* neither kept, published nor sent"):
        keep(asked, response_id="r9")


def test_what_was_sent_before_stops_nothing(
    asked: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, tmp_path: Path
) -> None:
    """Though what it quotes may not be printed any more, builds and later editions go on."""
    asked.execute("update marts.responses set may_quote = 'unnamed'")
    keep(asked)
    later = Edition("weekly", Week.parse("2026-W37"), "all", AT + timedelta(days=2))

    words.build(asked, recipe, tmp_path / "landing", days=2)
    warehouse.opened(asked, later)
    warehouse.keep(asked, later, FINDINGS, NO_QUOTES, body_hash="later")

    assert warehouse.kept_hash(asked, later) == "later"
    with pytest.raises(CheckFailed, match="quote_without_consent"):
        warehouse.keep(asked, later, FINDINGS, pl.DataFrame([QUOTE]), body_hash="h")


def test_an_edition_of_the_past(
    asked: duckdb.DuckDBPyConnection, recipe: warehouse.Recipe, tmp_path: Path
) -> None:
    """One that is made again of an earlier instant is not held against words of today."""
    words.build(asked, recipe, tmp_path / "landing", days=2)

    keep(asked)

    assert kept(asked) == (1, "h")
