"""The analysts' copy: the same figures, whole at every moment, and it explains itself."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest

from winloss import resources, sample, settings, warehouse
from winloss.quotes import Names
from winloss.weeks import Week

pytestmark = pytest.mark.slow

WEEK = Week.parse(sample.WEEK)
PERIOD = {
    "from": WEEK.minus(12).monday,
    "to": WEEK.sunday,
    "week_from": WEEK.monday,
    "week_to": WEEK.sunday,
    "as_of": sample.NOW,
    "team": None,
    "zone": "Europe/Berlin",
}

# Of the queries that are of one edition, or one seller, any will do: there is neither in the copy.
VALUES = {**PERIOD, "edition_id": f"weekly-{sample.WEEK}-all", "seller": "USR-01"}
NEEDS = "\n-- Needs the work file.\n"
QUERIES = sorted((resources.folder("sql") / "reports").glob("*.sql"))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_same_figures(path: Path, finished: Path) -> None:
    """A query gives the same on the analysts' copy, or says that it needs the work file."""
    programme = settings.read(finished)
    found = []
    for file in (programme.warehouse, programme.published):
        with warehouse.reading(file, zone=programme.time_zone) as connection:
            reader = warehouse.Reader(connection)
            with suppress(duckdb.CatalogException, duckdb.BinderException):
                found.append(reader.report(path.stem, **VALUES).rows())

    is_same = len(found) == 2 and found[0] == found[1]
    assert is_same is (NEEDS not in path.read_text(encoding="utf-8"))


def test_some_figures_are_the_same() -> None:
    """Not every query needs the work file."""
    assert [path for path in QUERIES if NEEDS not in path.read_text(encoding="utf-8")]


def test_everything_is_explained(finished: Path) -> None:
    """Every published table and column has a comment."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        silent = connection.execute(
            "select table_name, column_name from duckdb_columns() "
            "where not internal and comment is null"
        ).fetchall()
        tables = connection.execute(
            "select table_name from duckdb_tables() where not internal and comment is null"
        ).fetchall()

    assert (silent, tables) == ([], [])


PRIVATE = {
    "seller_id",
    "seller_name",
    "seller_text",
    "respondent",
    "respondent_name",
    "text_value",
    "other_text",
    "value_json",
    "text_hash",
}


def column_of(path: Path, query: str) -> set[str]:
    """The values of a query's only column."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {value for (value,) in connection.execute(query).fetchall()}


def test_nothing_private_by_name(finished: Path) -> None:
    """No raw, no ops, no staging; no column for a seller, a note or a respondent."""
    path = finished / "published" / "winloss.duckdb"

    assert column_of(path, "select schema_name from duckdb_tables()") == {"marts", "seeds"}
    assert PRIVATE & column_of(path, "select column_name from duckdb_columns()") == set()


def test_opaque_keys_do_not_lead_to_decisions(finished: Path) -> None:
    """Where a decision was heard in confidence, no table ties its opaque key to its id."""
    path = finished / "published" / "winloss.duckdb"
    tables = column_of(
        path,
        "select table_name from duckdb_columns() "
        "where column_name in ('vote_key', 'decision_id') group by all having count(*) = 2",
    )
    hidden = column_of(path, "select vote_key from marts.responses where not may_see") - {None}

    tied = {
        table: column_of(path, f"select vote_key from marts.{table} where decision_id is not null")
        for table in tables
    }

    assert hidden
    assert tables >= {"drivers", "coverage", "seller_reasons"}
    assert {table for table, keys in tied.items() if keys & hidden} == set()


SAID_IN_WORDS = """
select {what}
from work.marts.answers as known
inner join work.marts.responses using (response_key)
inner join copy.marts.{table} as told using ({key})
where responses.may_quote = 'unnamed' and known.is_answered = {is_answered}
    and known.question_ref in (select question_ref from work.marts.verbatims)
"""
FLAGS = {
    "ladder": ("put_you_first", "has_put_you_first"),
    "trust": ("needless_question", "has_needless_question"),
    "goals": ("goal", "has_goal"),
}


@pytest.fixture
def both(finished: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The work file and its copy, side by side."""
    with duckdb.connect() as connection:
        for name, file in (("work", "warehouse.duckdb"), ("copy", "published/winloss.duckdb")):
            connection.execute(f"attach '{finished / file}' as {name} (read_only)")
        yield connection


def test_nothing_tells_who_wrote_words_without_a_name(both: duckdb.DuckDBPyConnection) -> None:
    """A question in words looks the same, whether they answered it or left it open."""
    what = (
        "distinct told.* exclude (response_key, form_id, response_id, decision_id, vote_key,"
        " account_id)"
    )
    key = "response_key, question_ref"

    answered, left_open = (
        set(
            both.execute(
                SAID_IN_WORDS.format(what=what, table="answers", key=key, is_answered=each)
            ).fetchall()
        )
        for each in ("true", "false")
    )

    questions = {row[:2] for row in answered} & {row[:2] for row in left_open}
    assert questions
    assert {row for row in answered | left_open if row[:2] in questions} == answered & left_open


@pytest.mark.parametrize(("table", "asked"), FLAGS.items(), ids=FLAGS)
def test_no_flag_tells_either(
    both: duckdb.DuckDBPyConnection, table: str, asked: tuple[str, str]
) -> None:
    """What a lens makes of such words is null, for those who wrote them too."""
    question, flag = asked
    query = SAID_IN_WORDS.format(
        what=f"count(*), count({flag})", table=table, key="response_key", is_answered="true"
    )

    ((count, told),) = both.execute(f"{query} and question_ref = '{question}'").fetchall()

    assert count > 0
    assert told == 0


def test_old_readers_finish_undisturbed(delivered) -> None:
    """A reader who holds last week's copy keeps it while the next is swapped in."""
    path = delivered.home / "published" / "winloss.duckdb"
    reader = duckdb.connect(str(path), read_only=True)
    before = reader.execute("select count(*) from marts.decisions").fetchall()
    inode = path.stat().st_ino

    publish_again(delivered.home)

    assert path.stat().st_ino != inode
    assert reader.execute("select count(*) from marts.decisions").fetchall() == before
    reader.close()


def publish_again(home: Path, names: Names | None = None) -> None:
    """Publish the present work file once more, with the names it knows unless others are given."""
    programme = settings.read(home)
    warehouse.publish(
        programme.warehouse,
        programme.published,
        names=lambda connection: names or warehouse.Reader(connection).names(),
        as_of=sample.NOW,
        zone="UTC",
    )


def test_deleted_rows_leave_no_bytes(delivered) -> None:
    """What is deleted from the work file is not in the bytes of the next copy."""
    work = delivered.home / "warehouse.duckdb"
    published = delivered.home / "published" / "winloss.duckdb"
    secret = "zzyzx-quay-unlikely-word"
    with duckdb.connect(str(work)) as connection:
        connection.execute(
            "update marts.accounts set account_name = ? where account_id = "
            "(select min(account_id) from marts.accounts)",
            [secret],
        )
    publish_again(delivered.home)
    assert secret.encode() in published.read_bytes()
    with duckdb.connect(str(work)) as connection:
        connection.execute("delete from marts.accounts where account_name = ?", [secret])

    publish_again(delivered.home)

    assert secret.encode() not in published.read_bytes()


def test_spans_fit_the_masked_text(finished: Path) -> None:
    """Every published span lies inside the published text."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select text, span_start, span_end from marts.codes "
            "inner join marts.verbatims using (verbatim_key)"
        ).fetchall()

    assert rows
    assert [row for row in rows if not 0 <= row[1] < row[2] <= len(row[0])] == []


def test_period_is_whole_weeks() -> None:
    """The window the figures above are compared over is thirteen weeks."""
    assert (PERIOD["to"] - PERIOD["from"]).days == 13 * 7 - 1  # type: ignore[operator]
    assert isinstance(PERIOD["from"], date)


STRANGER = "The price was fine. Only Zubair Okonjo never called us back."
MASKED = "The price was fine. Only [name?] never called us back."


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ({}, MASKED),
        ({"cleared": ["Zubair", "Okonjo"]}, STRANGER),
        ({"may_print_unchecked": True}, STRANGER),
    ],
    ids=["unchecked", "cleared", "printed anyhow"],
)
def test_strangers_are_masked(delivered, said: dict[str, object], printed: str) -> None:
    """What may be a person's name nobody looked at is hidden, and the codes' spans move with it."""
    work = delivered.home / "warehouse.duckdb"
    with duckdb.connect(str(work)) as connection:
        ((key,),) = connection.execute(
            "select min(verbatim_key) from marts.codes inner join marts.verbatims"
            " using (verbatim_key) where may_quote = 'named'"
        ).fetchall()
        connection.execute(
            "update marts.verbatims set text = ? where verbatim_key = ?", [STRANGER, key]
        )
        connection.execute(
            "update marts.codes set span_start = ?, span_end = ? where verbatim_key = ?",
            [STRANGER.index("never"), len(STRANGER) - 1, key],
        )

    publish_again(delivered.home, Names.of(**said))  # type: ignore[arg-type]

    with duckdb.connect(str(delivered.home / "published/winloss.duckdb"), read_only=True) as copy:
        rows = copy.execute(
            "select distinct text, text[span_start + 1:span_end] from marts.verbatims"
            " inner join marts.codes using (verbatim_key) where verbatim_key = ?",
            [key],
        ).fetchall()
    assert rows == [(printed, "never called us back")]
