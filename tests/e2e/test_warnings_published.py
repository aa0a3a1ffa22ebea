"""The analysts' copy of who may leave: an account only where the customer allows it."""

from pathlib import Path

import duckdb

from winloss import sample, settings, warehouse
from winloss.weeks import Week


def test_signs_in_confidence_have_no_account(finished: Path) -> None:
    """Beside a sign told in confidence stand no account and no day, only its week."""
    with duckdb.connect(str(finished / "published/winloss.duckdb"), read_only=True) as connection:
        connection.execute("set timezone = 'Europe/Berlin'")
        confided = connection.execute(
            "select distinct account_id, isodow(since_on), extract(hour from submitted_at),"
            " isodow(submitted_at::timestamp) from marts.warnings where not may_see"
        ).fetchall()
        named = connection.execute(
            "select count(account_id) from marts.warnings where may_see"
        ).fetchall()

    assert confided == [(None, 1, 0, 1)]
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


def test_the_chain_comes_out_the_same(finished: Path) -> None:
    """The report's counts of the chain are those of the analysts' copy."""
    week, programme = Week.parse(sample.WEEK), settings.read(finished)
    found = []
    for path in (programme.warehouse, programme.published):
        with warehouse.reading(path, zone=programme.time_zone) as connection:
            frame = warehouse.Reader(connection).report(
                "prevention_chain",
                **{"from": week.minus(12).monday},
                to=week.sunday,
                as_of=sample.NOW,
                team=None,
            )
            found.append(frame.select(name for name in frame.columns if "count" in name).rows())

    assert sum(row[0] for row in found[0]) > 15
    assert found[1] == found[0]
