"""The analysts' copy of who may leave: an account only where the customer allows it."""

from pathlib import Path

import duckdb


def test_signs_in_confidence_have_no_account(finished: Path) -> None:
    """Beside a sign told in confidence stand no account and no day, only its thirteen weeks."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        connection.execute("set timezone = 'Europe/Berlin'")
        confided = connection.execute(
            "select distinct account_id, since_on - marts.span_from(since_on, published_at),"
            " submitted_at::date - since_on, extract(hour from submitted_at)"
            " from marts.warnings cross join marts.published where not may_see"
        ).fetchall()
        named = connection.execute(
            "select count(account_id) from marts.warnings where may_see"
        ).fetchall()

    assert confided == [(None, 0, 0, 0)]
    assert named[0][0] > 50


def test_departures_in_confidence_are_bare(finished: Path) -> None:
    """What was told in confidence keeps its answers and loses every day and its decision."""
    columns = (
        *("decision_id", "first_doubt_on", "told_us_on", "we_asked_on", "decided_inside_on"),
        *("decided_on", "warning_days", "silent_days"),
    )
    shown = ", ".join(f"count({column})" for column in columns)
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        count, *found = connection.execute(
            f"select count(*), {shown} from marts.departures where not may_see"
        ).fetchall()[0]

    assert count > 5
    assert found == [0] * len(columns)
