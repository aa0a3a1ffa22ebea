"""What reviewers said of names, and what was printed before, as each edition knew it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from winloss import quotes, warehouse
from winloss.settings import ReportSettings, Settings

AT = datetime(2026, 10, 5, 4, tzinfo=UTC)
LATER = AT + timedelta(days=7)
SAID = "Zubair told Kalina that Quayside was dearer than Harbourline."


def say(connection: duckdb.DuckDBPyConnection, now: datetime, **said: bool) -> None:
    """A reviewer's word on each name, learned at `now`."""
    rows = [
        {"word": quotes.folded(word)[0], "is_person": is_person, "reviewer": "ada", "said_at": now}
        for word, is_person in said.items()
    ]
    warehouse.load_records(connection, "names", pl.DataFrame(rows), key="word", now=now)


@pytest.fixture
def work(tmp_path: Path, recipe: warehouse.Recipe) -> Path:
    """A programme in which Zubair was called a person, and Kalina, a week later, none."""
    path = tmp_path / "work.duckdb"
    with warehouse.writing(path, zone="UTC") as connection:
        say(connection, AT, Zubair=True)
        say(connection, LATER, Zubair=True, Kalina=False)
        warehouse.build(connection, recipe, as_of=LATER)
    return path


def test_what_was_said_is_obeyed(work: Path) -> None:
    """A person is masked, a word that is none is printed, and so are rivals and ourselves."""
    programme = Settings(company="Harbourline")

    with warehouse.reading(work, zone="UTC") as connection:
        names = warehouse.Reader(connection, programme).names()

    assert quotes.mask(SAID, names).text == SAID.replace("Zubair", "[name]")
    assert quotes.strangers(SAID, names) == []


def test_an_edition_knows_what_was_known(work: Path, recipe: warehouse.Recipe) -> None:
    """Made again as of its instant, it does not know what a reviewer said later."""
    with warehouse.as_of(work, recipe, AT, zone="UTC") as connection:
        names = warehouse.Reader(connection).names()

    assert quotes.mask(SAID, names).text == SAID.replace("Zubair", "[name]")
    assert [SAID[start:end] for start, end in quotes.strangers(SAID, names)] == [
        "Kalina",
        "Harbourline",
    ]


@pytest.mark.parametrize("may", [True, False])
def test_the_setting(work: Path, may: bool) -> None:  # noqa: FBT001 (a table)
    """`report.print_unchecked_names` reaches every choice through the names."""
    report = ReportSettings(print_unchecked_names=may)

    with warehouse.reading(work, zone="UTC") as connection:
        names = warehouse.Reader(connection, Settings(company="X", report=report)).names()

    assert names.may_print_unchecked is may


def test_eight_weeks(connection: duckdb.DuckDBPyConnection) -> None:
    """What was printed eight weeks ago is not printed again; what was a day earlier may be."""
    for days in (0, 1, 56, 57):
        connection.execute(
            "insert into ops.printed_quotes values ('e', 'f', ?, 'q', 3, 9, ?)",
            [str(days), AT - timedelta(days=days)],
        )
    connection.execute(
        "insert into marts.verbatims (form_id, response_id, question_ref, text)"
        " values ('f', '56', 'q', 'We waited.')"
    )

    printed = warehouse.Reader(connection).report("drivers_printed", as_of=AT)

    assert printed.select("response_id", "span_start", "span_end", "text").rows() == [
        ("1", 3, 9, None),
        ("56", 3, 9, "We waited."),
    ]
    taken = quotes.spoken_before(printed)
    assert {"response:f/1", "response:f/56", "words:we waited"} <= taken
