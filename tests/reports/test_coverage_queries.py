"""What coverage counts: silence by group, forms not read, and input no longer wrong."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from winloss import resources, warehouse
from winloss.reporting import Edition
from winloss.settings import Settings
from winloss.warehouse import Reader, unfolding

NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(weeks=1)


@pytest.fixture
def values(edition: Edition, settings: Settings) -> dict[str, Any]:
    """The parameters of week 40."""
    return dict(resources.load("reports", "sections").parameters(edition, settings))


@pytest.fixture
def reader(connection) -> Reader:
    """An empty warehouse in which last week's edition was made."""
    connection.execute(
        "insert into ops.editions (edition_id, report, week, audience, as_of)"
        " values ('weekly-2026-W39-all', 'weekly', '2026-W39', 'all', ?)",
        [LAST_WEEK],
    )
    return Reader(connection)


def met(connection, at: datetime, *rejects: tuple[str, str, str, str]) -> None:
    """What a run set aside: source, entity, record id and reason."""
    rows = [warehouse.Reject(*reject, detail="") for reject in rejects]
    warehouse.load_rejects(connection, warehouse.frame_of(rows), now=at)


BAD_ROW = ("crm", "decisions", "OPP-1", "unknown decision_kind")
ODD_PAGE = ("typeform", "page", "page-1", "unreadable page")
LOST_FORM = ("typeform", "form", "form-1", "form missing")


def test_a_row_put_right_is_not_repeated(connection, reader: Reader, values) -> None:
    """What the export holds no more is told of no more; what it still holds is."""
    met(connection, LAST_WEEK, BAD_ROW, ("crm", "decisions", "OPP-2", "duplicate id"))
    met(connection, NOW, BAD_ROW)

    found = reader.report("coverage_rejects", **values)

    assert found.rows() == [("crm", "unknown decision_kind", 1)]


def test_an_odd_page_is_told_of_once(connection, reader: Reader, values) -> None:
    """A page is read once; the edition after it says so, the next does not."""
    met(connection, LAST_WEEK, ODD_PAGE)
    met(
        connection, LAST_WEEK + timedelta(days=2), ("typeform", "page", "page-2", "unreadable page")
    )

    found = reader.report("coverage_rejects", **values)

    assert found.rows() == [("typeform", "unreadable page", 1)]


def test_a_form_is_unread_as_long_as_it_is(connection, reader: Reader, values) -> None:
    """A form missing two weeks running is said to be in both, and not once it is back."""
    met(connection, LAST_WEEK, LOST_FORM, ("typeform", "form", "form-2", "form missing"))
    met(connection, NOW, LOST_FORM)

    now = reader.report("coverage_unread", **values)
    before = reader.report("coverage_unread", **{**values, "as_of": LAST_WEEK})

    assert now["form_id"].to_list() == ["form-1"]
    assert before["form_id"].to_list() == ["form-1", "form-2"]
    assert reader.report("coverage_rejects", **values).is_empty()


def test_the_first_edition_tells_of_all(connection, values) -> None:
    """Without an edition before, everything set aside is new."""
    met(connection, LAST_WEEK, ODD_PAGE)

    found = Reader(connection).report("coverage_rejects", **values)

    assert found.height == 1


def test_the_export_and_the_week(harbourline, values) -> None:
    """The days of the export are those of its decisions."""
    (row,) = harbourline.reader().report("coverage_export", **values).to_dicts()

    decided = [each["decided_on"] for each in harbourline.rows["marts.decisions"]]
    assert (row["first_decided_on"], row["last_decided_on"]) == (min(decided), max(decided))
    assert (row["week_from"], row["week_to"]) == (date(2026, 9, 28), date(2026, 10, 4))


def test_every_split_holds_every_exit(harbourline, values) -> None:
    """Groups add up to those whose survey closed, as the mail has it."""
    reader = harbourline.reader()

    splits = reader.report("coverage_splits", **values)
    states = reader.report("coverage", **values).filter(pl.col("is_closed"))

    sums = splits.group_by("split").agg(pl.col("closed_count").sum())
    assert set(sums["closed_count"]) == {states["decision_count"].sum()}
    assert set(sums["split"]) == {"all", "kind", "outcome", "team", "segment", "value", "cell"}
    answered = states.filter(pl.col("ask_state") == "answered")["decision_count"].sum()
    (whole,) = splits.filter(pl.col("split") == "all").to_dicts()
    assert (whole["answered_count"], whole["median_days"]) == (answered, 10.0)


def received(
    connection, response_id: str, source: str, item: str, at: datetime = LAST_WEEK
) -> None:
    """One line of a form, as it was loaded."""
    connection.execute(
        "insert into raw.responses (form_id, form_kind, response_id, source, item, item_hash,"
        " fetched_at, received_at) values ('f', 'pulse', ?, ?, ?, md5(?), ?, ?)",
        [response_id, source, item, item + source, at, at],
    )


def test_deleted_at_the_source_is_counted(connection, reader: Reader, values, recipe) -> None:
    """Completed responses of the window of which a sweep said so, unless they are back."""
    given = '{"submitted_at": "2026-09-15T10:00:00Z"}'
    for response_id in ("there", "gone", "gone late", "back"):
        received(connection, response_id, "pull", given)
    received(connection, "gone", "webhook", given)
    received(connection, "old", "pull", '{"submitted_at": "2025-09-15T10:00:00Z"}')
    received(connection, "begun", "pull", '{"response_type": "partial", "submitted_at": null}')
    for response_id in ("gone", "old", "begun", "back"):
        received(connection, response_id, "sweep", '{"is_deleted": true}', NOW - timedelta(days=2))
    received(connection, "gone late", "sweep", '{"is_deleted": true}', NOW + timedelta(days=6))
    received(connection, "back", "sweep", '{"is_deleted": false}', NOW - timedelta(days=1))
    unfolding.unfold(connection, recipe.signatures)

    counts = [
        reader.report("coverage_deleted", **{**values, "as_of": at})["response_count"].to_list()
        for at in (LAST_WEEK, NOW, NOW + timedelta(days=7))
    ]

    assert counts == [[0], [1], [2]]
