"""Who may open the CRM beside the analysts' copy, and wants to know who said what in confidence."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

# What every confidence, and all words without a name, must at least fit. The sample has more: the
# rarest kind of decision has 15 that nobody was heard about openly in thirteen weeks.
FEWEST = 5

# What our CRM and our own mailing tell of every decision alike.
OURS = ("decisions", "decision_history", "timeline", "invitations")

OPEN = "(select decision_id from copy.marts.responses where decision_id is not null)"
HIDDEN = "(select response_key from copy.marts.responses where not may_see)"
CONFIDED = f"(select vote_key from copy.marts.responses where response_key in {HIDDEN})"


@pytest.fixture
def both(finished: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The analysts' copy as `copy`, and as `work` what the CRM holds beside it."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'Europe/Berlin'")
        for name, path in (
            ("copy", finished / "published" / "winloss.duckdb"),
            ("work", finished / "warehouse.duckdb"),
        ):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        (run_on,) = rows(connection, "select max(as_of)::date from work.ops.runs")[0]
        monday = run_on - timedelta(days=run_on.weekday())
        connection.execute(
            f"create macro span(day) as case when day::date >= date '{monday}' then date '{monday}'"
            f" else date '{monday}' - (91 * (1 + (date '{monday}' - 1 - day::date) // 91))::int end"
        )
        yield connection


def rows(both: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return both.execute(query).fetchall()


def one(both: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(rows(both, query)[0][0])


def keyed(both: duckdb.DuckDBPyConnection, key: str, *types: str) -> list[tuple[str, str]]:
    """Table and column of these types, in every published table that has `key`."""
    return rows(
        both,
        "select table_name, column_name from duckdb_columns() where database_name = 'copy'"
        f" and schema_name = 'marts' and data_type in {types} and table_name in (select table_name"
        " from duckdb_columns() where database_name = 'copy' and schema_name = 'marts'"
        f" and column_name = '{key}')",
    )


@pytest.mark.parametrize(("key", "hidden"), [("vote_key", CONFIDED), ("response_key", HIDDEN)])
def test_one_span_beside_a_confidence(
    both: duckdb.DuckDBPyConnection, key: str, hidden: str
) -> None:
    """Beside what was said in confidence stands one and the same thirteen weeks in every table."""
    found: dict[str, set[str]] = {}
    for table, column in keyed(both, key, "DATE", "TIMESTAMP WITH TIME ZONE"):
        for each, day in rows(
            both,
            f"select {key}, strftime({column}::timestamp, '%Y-%m-%d %H:%M') from copy.marts.{table}"
            f" where {key} in {hidden} and {column} is not null",
        ):
            found.setdefault(each, set()).add(day)

    assert len(found) > 100
    assert {len(days) for days in found.values()} == {1}
    starts = sorted({date.fromisoformat(day[:10]) for days in found.values() for day in days})
    assert {(later - start).days for start, later in pairwise(starts)} == {91}


def test_a_confidence_fits_many_decisions(both: duckdb.DuckDBPyConnection) -> None:
    """Kind and thirteen weeks leave many decisions that were asked about and not heard openly."""
    fits = rows(
        both,
        "select heard.vote_key, count(distinct decisions.decision_id),"
        " bool_or(decisions.decision_id = truth.decision_id) from copy.marts.heard"
        " inner join work.marts.heard as truth using (response_key)"
        " left join copy.marts.decisions on heard.decision_kind = decisions.decision_kind"
        " and heard.counted_on = span(decisions.closes_on) and decisions.invited_at is not null"
        f" and decisions.decision_id not in {OPEN}"
        " where not heard.may_see and heard.vote_key is not null group by heard.vote_key",
    )

    assert len(fits) > 50
    assert min(count for _, count, _ in fits) >= FEWEST
    assert all(is_among for *_, is_among in fits)


def test_a_pulse_fits_many_accounts(both: duckdb.DuckDBPyConnection) -> None:
    """A pulse in confidence may be any account's that was asked by then and not heard openly."""
    fits = rows(
        both,
        "select heard.response_key, count(distinct invitations.account_id) from copy.marts.heard"
        " left join copy.marts.invitations on invitations.form_kind = 'pulse'"
        " and heard.counted_on >= span(invitations.sent_at)"
        " and heard.counted_on <= span(invitations.closes_at)"
        " and not exists (from copy.marts.heard as openly where openly.form_kind = 'pulse'"
        " and openly.account_id = invitations.account_id"
        " and span(openly.counted_on) = heard.counted_on)"
        " where not heard.may_see and heard.form_kind = 'pulse' group by all",
    )

    assert len(fits) > 50
    assert min(count for _, count in fits) >= FEWEST


def test_silence_looks_like_confidence(both: duckdb.DuckDBPyConnection) -> None:
    """What the copy holds of a decision nobody was heard about, it holds of a confided one."""
    said = ("ask_state", "verdict", "seller_reason", "customer_reason", "is_disputed")
    later = ("days_to_answer", "answered_at", "competitor_said")
    shown = rows(
        both,
        f"select {', '.join(f'count({column})' for column in said + later)}"
        f" from copy.marts.decisions where decision_id not in {OPEN}",
    )
    rivals = rows(
        both,
        "select distinct count(distinct coalesce(rival, '')) from copy.marts.decisions"
        f" where decision_id not in {OPEN} group by lower(trim(competitor))",
    )
    ties = {
        table: one(
            both,
            f"select count(*) from copy.marts.{table}"
            f" where decision_id is not null and decision_id not in {OPEN}",
        )
        for table, column in keyed(both, "decision_id", "VARCHAR")
        if column == "decision_id" and table not in OURS
    }

    assert set(shown[0]) == {0}
    assert rivals == [(1,)]
    assert len(ties) > 8
    assert set(ties.values()) == {0}


def test_our_reasons_lead_nowhere(both: duckdb.DuckDBPyConnection) -> None:
    """What we logged, which the CRM holds too, is beside no confidence; nor is what they said."""
    logged = one(
        both, f"select count(*) from copy.marts.seller_reasons where vote_key in {CONFIDED}"
    )
    pairs = rows(
        both,
        "select distinct coalesce(vote_key, response_id, seller_reason, reason, label, team,"
        " recorded_at::varchar, closes_on::varchar, fetched_at::varchar)"
        " from copy.marts.know_why where not may_see",
    )
    counted = rows(
        both,
        "select (select count(*) from copy.marts.know_why where not may_see),"
        " (select count(distinct vote_key) from work.marts.know_why where not may_see)",
    )

    assert logged == 0
    assert pairs == [(None,)]
    assert counted[0][0] == counted[0][1] > 20


def test_promises_have_no_pattern(both: duckdb.DuckDBPyConnection) -> None:
    """How many promises we made and how we kept them tells of no confidence whose it is."""
    columns = [
        column
        for table, column in keyed(both, "promise_key", "VARCHAR", "DATE", "BOOLEAN")
        if table == "promises"
        and column not in ("their_verdict", "standing", "may_see", "logged_in")
    ]
    bare = rows(
        both,
        f"select {', '.join(f'count({column})' for column in columns)}, count(recorded_at),"
        " count(submitted_at), count(fetched_at) from copy.marts.promises where not may_see",
    )
    shown = "from copy.marts.promises where may_see and promise_text is not null"

    assert len(columns) > 10
    assert set(bare[0]) == {0}
    assert one(both, f"select count(*) {shown}") > 20
    assert one(both, f"select count(*) {shown} and response_key in {HIDDEN}") == 0
    assert one(both, f"select count(*) {shown} and logged_in = 'seller_form'") == 0


def test_words_fit_many_responses(both: duckdb.DuckDBPyConnection) -> None:
    """Neither question, form nor codes leave words without a name fewer than five responses."""
    fits = rows(
        both,
        "with words as (from copy.marts.verbatims where may_quote = 'unnamed'),"
        " asked as (select answers.* from copy.marts.answers"
        " inner join copy.marts.responses using (response_key) where may_quote = 'unnamed'"
        " and field_type in ('long_text', 'short_text') and coalesce(is_answered, true))"
        " select verbatim_key, count(distinct asked.response_key) from words left join asked"
        " on coalesce(words.question_ref, asked.question_ref) = asked.question_ref"
        " and coalesce(words.form_kind, asked.form_kind) = asked.form_kind group by verbatim_key",
    )
    shared = rows(
        both,
        "select question_ref, language, count(*) from copy.marts.verbatims"
        " where may_quote = 'unnamed' and language is not null group by all",
    )
    told = rows(
        both,
        "select count(unasked_parent), count(mile_parents) from copy.marts.respect"
        " inner join copy.marts.responses using (response_key) where may_quote = 'unnamed'",
    )
    coded = one(
        both,
        "select count(*) from copy.marts.codes inner join copy.marts.verbatims"
        " using (verbatim_key) where may_quote != 'named'",
    )

    assert len(fits) > 100
    assert min(count for _, count in fits) >= FEWEST
    assert min(count for *_, count in shared) >= FEWEST
    assert told == [(0, 0)]
    assert coded == 0
    assert one(both, "select count(*) from copy.marts.codes where verbatim_key is null") > 100


def test_few_staff_are_not_shown(both: duckdb.DuckDBPyConnection) -> None:
    """What our staff say of an area stands there only of quarters in which five rated it."""
    for area in ("talk_customers", "talk_value", "talk_team"):
        counts = rows(
            both,
            f"select count({area}) from copy.marts.staff_talk where {area} is not null"
            " group by counted_on",
        )
        assert min(count for (count,) in counts) >= FEWEST, area


def test_a_team_shows_no_unnamed_words(both: duckdb.DuckDBPyConnection) -> None:
    """Beside words without a name no edition of a team, or of a seller, says where they are of."""
    quoted = (
        "select count(*) from {}.marts.findings"
        " inner join work.marts.findings as sent using (edition_id, lens, position)"
        " inner join work.marts.responses on sent.form_id = responses.form_id"
        " and sent.response_id = responses.response_id where findings.quote is not null"
        " and may_quote = 'unnamed' and edition_id not like 'weekly-%'"
    )

    assert one(both, quoted.format("work")) > 0
    assert one(both, quoted.format("copy")) == 0


def test_no_order_to_read(both: duckdb.DuckDBPyConnection) -> None:
    """Rows lie in the order of what they show, not in that of the decisions."""
    orders = {
        **dict.fromkeys(("coverage", "know_why", "seller_reasons"), "vote_key"),
        **dict.fromkeys(
            ("decision_reasons", "drivers", "heard", "ratings", "responses"), "response_key"
        ),
    }
    for table, key in orders.items():
        found = [
            value for (value,) in rows(both, f"select {key} from copy.marts.{table} order by rowid")
        ]
        keys = [value for value in found if value is not None]
        assert found == sorted(keys) + [None] * (len(found) - len(keys)), table


def test_a_rival_is_a_value_not_words(both: duckdb.DuckDBPyConnection) -> None:
    """What a customer typed as the rival's name is published only where the CRM knows it."""
    said = rows(
        both,
        "select count(*) filter (competitor_said in (select competitor from"
        " copy.marts.decisions)), count(competitor_said) from copy.marts.decisions",
    )[0]

    assert said[1] > 0
    assert said[0] == said[1]
