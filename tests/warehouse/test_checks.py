"""Checks end a run, or are read as caveats: each is tripped by the row that it is about."""

from typing import Any

import duckdb
import pytest
from tests.warehouse.odd_rows import (
    ANSWER,
    AS_OF,
    COUNTED,
    FINDING,
    KNOWN,
    MEANT,
    PULLED,
    RECEIVED,
    SPOKEN,
    STAYED,
    STOPPED,
    VANISHED,
    WARNED,
    Rows,
    heard,
    typed,
)

from winloss import warehouse
from winloss.errors import CheckFailed
from winloss.warehouse import checking, models, renewing, tables


@pytest.fixture(autouse=True)
def _instant(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("set variable as_of = ?", [AS_OF])
    renewing.look_at(connection)


def stay(connection: duckdb.DuckDBPyConnection) -> None:
    """Have a response in order that is not made anew in this build."""
    for relation, row in STAYED:
        put(connection, relation, row)
    renewing.look_at(connection, "where response_key != 'f/stayed'")


def found_by(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """How many rows one of the checks that stop finds."""
    checking.look(connection)
    return next(
        checking.count(connection, check)
        for check in checking.stopping(connection)
        if check.name == name
    )


def put(connection: duckdb.DuckDBPyConnection, relation: str, row: dict[str, Any]) -> None:
    """One more row."""
    named, marks = ", ".join(row), ", ".join(f"${name}" for name in row)
    connection.execute(f"insert into {relation} ({named}) values ({marks})", row)


def test_nothing_is_odd_of_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """What holds no row trips no check."""
    assert checking.run(connection) == ()


def test_what_is_as_it_should_be_passes(connection: duckdb.DuckDBPyConnection) -> None:
    """A response in order, with its words, their reason and a quote, trips no check."""
    allowed = {"may_quote": "named", "may_see": True}
    consents = [
        {"question_ref": "may_see", "boolean_value": True, "position": 2},
        {"question_ref": "may_quote", "choice_refs": ["named"], "position": 3},
    ]
    whole: Rows = [
        PULLED,
        ("staging.responses", {**RECEIVED, "answer_count": 3}),
        *(("staging.answers", {"response_key": "f/r", **row}) for row in (ANSWER, *consents)),
        *(
            ("marts.answers", {"response_key": "f/r", "question_ref": row["question_ref"]})
            for row in (ANSWER, *consents)
        ),
        ("marts.responses", {**COUNTED, **allowed}),
        ("marts.verbatims", {**SPOKEN, **allowed}),
        ("staging.reasons", {"reason": "price_again"}),
        ("marts.codes", {**MEANT, "reason": "price_again", "span_start": 0, "span_end": 9}),
    ]
    for relation, row in whole:
        put(connection, relation, row)

    assert checking.run(connection) == ()


def test_the_later_words_pass(connection: duckdb.DuckDBPyConnection) -> None:
    """A question answered twice has the later words as its verbatim, and no check minds."""
    for relation, row in [*typed("Too dear. ", "Too late. "), *heard("Too late. ")]:
        put(connection, relation, row)

    assert checking.run(connection) == ()


def test_a_build_judges_nothing_that_was_sent(connection: duckdb.DuckDBPyConnection) -> None:
    """What was printed cannot be unprinted: it must not end every run from then on."""
    place = {"question_ref": "goal", "span_start": 0, "span_end": 3}
    run = {"as_of": AS_OF, "codebook_version": "b", "unfolded_count": 0, "coded_count": 0}
    printed = {"form_id": "f", "response_id": "r", "edition_id": "e", "as_of": AS_OF}
    for relation, row in [
        *KNOWN,
        ("ops.runs", run),
        ("ops.printed_quotes", {**printed, **place}),
        ("ops.findings", {**FINDING, **printed, **place, "quote": "Too"}),
    ]:
        put(connection, relation, row)

    assert checking.run(connection) == ()


@pytest.mark.parametrize(
    ("name", "rows"), [(name, rows) for name, cases in STOPPED.items() for rows in cases]
)
def test_stops(connection: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    """The row that a check is about ends the run, and the message names the check."""
    connection.execute("insert into staging.reasons (reason) values ('budget')")
    for relation, row in rows:
        put(connection, relation, row)

    with pytest.raises(CheckFailed, match=f"sql/checks/stop/{name}.sql found 1 row"):
        checking.run(connection)


def test_one_at_a_time(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at in several goes is counted together, and an example of it is named."""
    monkeypatch.setattr(checking, "BATCH", 1)
    for name in ("a", "b", "c"):
        row = {"response_key": f"f/{name}", "question_ref": "goal", "text": "Too dear."}
        put(connection, "marts.responses", {"response_key": f"f/{name}"})
        put(connection, "staging.verbatims", row)

    assert found_by(connection, "sql/checks/stop/answers_lost_in_marts.sql") == 3
    with pytest.raises(CheckFailed, match=r"answers_lost_in_marts.sql found 3 rows, such as \('f/"):
        checking.run(connection)


@pytest.mark.parametrize(
    ("name", "rows"), [(name, rows) for name, cases in STOPPED.items() for rows in cases]
)
def test_stops_where_another_stays(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Rows
) -> None:
    """The same row is found where not all responses are made anew."""
    stay(connection)
    for relation, row in rows:
        put(connection, relation, row)

    assert found_by(connection, f"sql/checks/stop/{name}.sql") == 1


@pytest.mark.parametrize("name", VANISHED)
def test_what_stays_is_missed(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """What vanishes of a response that stays as it was is found, though nobody looked for it."""
    stay(connection)
    check, rows = VANISHED[name]
    assert found_by(connection, check) == 0
    for relation, row in rows:
        put(connection, relation, row)

    assert found_by(connection, check) == 1


@pytest.mark.parametrize("name", WARNED)
def test_warns(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """The row that a check is about becomes a caveat in words, which reports read."""
    for relation, row in WARNED[name]:
        put(connection, relation, row)

    warnings = checking.run(connection)

    said = models.opening(f"checks/warn/{name}").removesuffix(".")
    assert (said, 1) in warnings
    kept = connection.execute("select caveat, row_count from staging.caveats").fetchall()
    assert warehouse.Reader(connection).report("coverage_caveats").rows() == sorted(kept)


def test_every_check_has_its_row() -> None:
    """No check lies in the folder that nothing here trips."""
    assert set(STOPPED) == {path.stem for path in models.check_files("stop")}
    assert set(WARNED) == {path.stem for path in models.check_files("warn")}
    assert {path.stem for path in models.check_files("printed")} == {"quote_without_consent"}


@pytest.mark.parametrize(
    "relation", [name for name in tables.row_keys() if name.startswith("marts.")]
)
def test_two_rows_of_one_thing_stop(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Nothing in a mart is there twice, told apart by its key; also where a response stays."""
    name = f"sql/keys.csv of {relation}"
    row: dict[str, str | None] = dict.fromkeys(tables.row_keys()[relation][:1])
    if relation != "marts.responses" and (relation, "response_key") in checking.links(connection):
        row["response_key"] = "f/r"
        put(connection, *KNOWN[2])
    for _ in range(2):
        put(connection, relation, row)

    assert found_by(connection, name) == 1
    stay(connection)
    assert found_by(connection, name) == 1


def test_what_is_named_is_there(connection: duckdb.DuckDBPyConnection) -> None:
    """A key that points nowhere is found: in every mart, by a check that stops or warns."""
    put(connection, "marts.responses", {"response_key": "f/r"})
    put(connection, "marts.accounts", {"account_id": "A-1"})
    put(connection, "staging.decisions", {"decision_id": "OPP-1"})
    put(connection, "staging.reasons", {"reason": "budget"})
    put(connection, "staging.sellers", {"seller_id": "S-1"})
    links = checking.links(connection)
    for relation, column in links:
        row = {"response_key": "f/r"} if (relation, "response_key") in links else {}
        put(connection, relation, {**row, column: "nowhere"})
    checking.look(connection)

    found = {
        (relation, column)
        for check in checking.stopping(connection)
        if check.name.startswith("sql/links.csv to ")
        for relation, column in named(connection, check)
    } | {
        tuple(check.name.removeprefix("sql/links.csv of ").rsplit(".", 1))
        for check in checking.warning(connection)
        if checking.count(connection, check) == 1
    }

    assert found == set(links)
    assert {column for _, column in links} >= {"response_key", "verbatim_key", "decision_id"}


def named(connection: duckdb.DuckDBPyConnection, check: checking.Check) -> set[tuple[str, str]]:
    """The relations and columns of what a check of links finds."""
    found = connection.sql(check.query)
    relations = {relation for relation, value in found.fetchall() if value == "nowhere"}
    return {(relation, found.columns[1]) for relation in relations}


def test_who_keeps_no_sellers_has_none_to_miss(connection: duckdb.DuckDBPyConnection) -> None:
    """An export of decisions alone, without sellers and accounts, is no caveat."""
    decided = {"decision_id": "OPP-1", "seller_id": "S-1", "account_id": "A-1"}
    put(connection, "marts.decisions", {**decided, "decided_on": "2026-06-01"})

    assert checking.run(connection) == ()


def test_every_relation_has_its_key(connection: duckdb.DuckDBPyConnection) -> None:
    """Whoever adds a relation says what tells its rows apart, by columns that it has."""
    made = connection.execute(
        "select concat(schema_name, '.', table_name), list(column_name) from duckdb_columns()"
        " where schema_name in ('staging', 'marts') group by all"
    ).fetchall()
    columns = {name: set(named) for name, named in made}
    unsaid = set(columns) - set(tables.row_keys())

    # The dictionary is made last, of what was checked; the others hold a re-coding on its way.
    assert unsaid == {"marts.dictionary", "staging.codes_ahead", "staging.codings_ahead"}
    assert {name: set(key) - columns[name] for name, key in tables.row_keys().items()} == {
        name: set() for name in tables.row_keys()
    }
