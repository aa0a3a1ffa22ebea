"""Checks end a run, or are read as caveats: each is tripped by the row that it is about."""

from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from winloss import warehouse
from winloss.errors import CheckFailed
from winloss.warehouse import checking, models

AS_OF = datetime(2026, 10, 5, 4, tzinfo=UTC)
EARLIER = datetime(2026, 9, 1, 4, tzinfo=UTC)
RESPONSE = {"form_id": "f", "response_id": "r", "response_key": "f/r", "form_kind": "lost_deal"}
COUNTED = {**RESPONSE, "may_quote": "counted", "may_see": False, "fetched_at": EARLIER}
RECEIVED = {**RESPONSE, "response_type": "completed", "signature": "valid", "answer_count": 0}
LINE = {
    **{name: RESPONSE[name] for name in ("form_id", "response_id", "form_kind")},
    "item": "{}",
    "item_hash": "h",
    "fetched_at": EARLIER,
}
PULLED = ("raw.responses", {**LINE, "source": "pull"})
KNOWN = [PULLED, ("staging.responses", RECEIVED), ("marts.responses", COUNTED)]
WORDS = {"response_key": "f/r", "question_ref": "goal", "verbatim_key": "v", "text": "Too dear. "}
SPOKEN = {**WORDS, "may_quote": "counted", "may_see": False}
CUT = {"verbatim_key": "v", "reason": "budget", "span_start": 0, "span_end": 9}
MEANT = {"verbatim_key": "v", "reason": "budget", "confidence": 0.5}
ANSWER = {"response_key": "f/r", "question_ref": "goal", "position": 1}
COMPARED = {"text_count": 2, "one_count": 0, "neither_count": 0}
RUN = {"as_of": AS_OF, "codebook_version": "b", "unfolded_count": 0, "coded_count": 0}
PRINTED = {
    "edition_id": "e",
    "form_id": "f",
    "response_id": "r",
    "question_ref": "goal",
    "span_start": 0,
    "span_end": 3,
    "as_of": AS_OF,
}
FINDING = {
    **PRINTED,
    "lens": "drivers",
    "position": 1,
    "claim": "price",
    "row_ids": ["r"],
    "figure_count": 1,
    "figure_total": 2,
    "codebook_version": "b",
}

Rows = list[tuple[str, dict[str, Any]]]

STOPPED: dict[str, list[Rows]] = {
    "answers_lost": [
        [PULLED, ("staging.responses", {**RECEIVED, "answer_count": 2})],
        [PULLED, ("staging.responses", RECEIVED), ("staging.answers", ANSWER)],
    ],
    "answers_lost_in_marts": [
        [
            *(PULLED, ("staging.responses", {**RECEIVED, "answer_count": 1})),
            *(("marts.responses", COUNTED), ("staging.answers", ANSWER)),
        ],
        [*KNOWN, ("staging.verbatims", {"response_key": "f/r", "question_ref": "goal"})],
    ],
    "code_without_evidence": [
        [*KNOWN, ("marts.verbatims", SPOKEN), ("marts.codes", {**MEANT, **span})]
        for span in (
            {},
            {"span_start": 0},
            {"span_start": -1, "span_end": 3},
            {"span_start": 3, "span_end": 3},
            {"span_start": 0, "span_end": 11},
            {"span_start": 9, "span_end": 10},
        )
    ],
    "quote_without_consent": [
        [*KNOWN, ("ops.runs", RUN), ("ops.printed_quotes", PRINTED)],
        [*KNOWN, ("ops.runs", RUN), ("ops.findings", {**FINDING, "quote": "Too"})],
    ],
    "rejected_row_counted": [
        [PULLED, ("marts.responses", COUNTED)],
        *(
            [PULLED, ("staging.responses", {**RECEIVED, **fault}), ("marts.responses", COUNTED)]
            for fault in (
                {"response_type": "partial"},
                {"signature": "invalid"},
                {"signature": "missing"},
                {"signature": None},
            )
        ),
        [
            *KNOWN,
            (
                "raw.responses",
                {**LINE, "source": "sweep", "item": '{"is_deleted": true}', "fetched_at": AS_OF},
            ),
        ],
    ],
    "response_lost": [[PULLED]],
    "share_out_of_bounds": [
        [("seeds.reasons", {"reason": "budget"}), *rows]
        for rows in (
            [*KNOWN, ("marts.verbatims", SPOKEN), ("marts.codes", {**CUT, "confidence": 1.1})],
            [("marts.agreement", {"overlap": 1.2})],
            [("marts.agreement", {"alpha": 0.9, "alpha_low": 0.1, "alpha_high": 0.8})],
            [("marts.agreement", {**COMPARED, "both_count": 3})],
            [("marts.codebook_changes", {"text_count": 2, "moved_count": 3})],
            [("marts.findings", {**FINDING, "figure_count": 3})],
            [("marts.findings", {**FINDING, "low": 0.4, "high": 0.3})],
            [("marts.findings", {**FINDING, "low": 0.4, "high": 1.3})],
        )
    ],
    "words_without_consent": [
        [*KNOWN[:2], ("marts.responses", {**COUNTED, "may_quote": "unnamed"})],
        [*KNOWN[:2], ("marts.responses", {**COUNTED, "may_see": True})],
        [*KNOWN, ("marts.verbatims", {**SPOKEN, "may_quote": "unnamed"})],
        [*KNOWN, ("marts.verbatims", {**SPOKEN, "may_see": True})],
    ],
}

WARNED: dict[str, Rows] = {
    "answer_from_the_future": [
        PULLED,
        ("staging.responses", {**RECEIVED, "submitted_at": datetime(2026, 10, 6, tzinfo=UTC)}),
    ],
    "decided_before_opened": [
        (
            "marts.decisions",
            {"decision_id": "d", "decided_on": "2026-06-01", "opened_on": "2026-06-02"},
        )
    ],
    "decision_without_a_day": [("marts.decisions", {"decision_id": "d"})],
    "rating_off_its_scale": [
        *KNOWN,
        ("marts.ratings", {"response_key": "f/r", "rating": 11, "scale_min": 0, "scale_max": 10}),
    ],
}


@pytest.fixture(autouse=True)
def _instant(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("set variable as_of = ?", [AS_OF])


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
        ("ops.runs", RUN),
        ("ops.printed_quotes", PRINTED),
    ]
    for relation, row in whole:
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


@pytest.mark.parametrize(
    "relation", [name for name in checking.row_keys() if name.startswith("marts.")]
)
def test_two_rows_of_one_thing_stop(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Nothing in a mart is there twice, told apart by its key."""
    column = checking.row_keys()[relation][0]
    for _ in range(2):
        put(connection, relation, {column: None})

    with pytest.raises(CheckFailed, match=f"sql/keys.csv of {relation} found 1 row"):
        checking.run(connection)


def test_what_is_named_is_there(connection: duckdb.DuckDBPyConnection) -> None:
    """A key that points nowhere is found: in every mart, by a check that stops or warns."""
    stopping = {check.name: check for check in checking.stopping(connection)}
    warning = {check.name: check for check in checking.warning(connection)}
    put(connection, "marts.accounts", {"account_id": "A-1"})
    put(connection, "staging.decisions", {"decision_id": "OPP-1"})
    put(connection, "staging.reasons", {"reason": "budget"})
    put(connection, "staging.sellers", {"seller_id": "S-1"})

    links = checking.links(connection)
    for relation, column in links:
        put(connection, relation, {column: "nowhere"})
    found = {
        (relation, column): checking.count(
            connection,
            (stopping if link.consequence == "stop" else warning)[
                f"sql/links.csv of {relation}.{column}"
            ],
        )
        for (relation, column), link in links.items()
    }

    assert found == dict.fromkeys(links, 1)
    assert {column for _, column in links} >= {"response_key", "verbatim_key", "decision_id"}


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
    unsaid = set(columns) - set(checking.row_keys())

    # The dictionary is made last, of what was checked; the others hold a re-coding on its way.
    assert unsaid == {"marts.dictionary", "staging.codes_ahead", "staging.codings_ahead"}
    assert {name: set(key) - columns[name] for name, key in checking.row_keys().items()} == {
        name: set() for name in checking.row_keys()
    }
