"""What is at Typeform and never came in: a sweep says so, and the next pull brings it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from winloss import settings, sweeping, warehouse

from .sweeping import LATER, PULLED_AT, SWEPT_AT, Small, prepared, response


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    with prepared(tmp_path, monkeypatch) as programme:
        yield programme


def cursors(small: Small) -> dict[tuple[str, str], datetime]:
    with warehouse.writing(settings.read(small.home).warehouse) as connection:
        return warehouse.cursors(connection)


def test_what_never_came_in_is_said_and_read_next(small: Small) -> None:
    small.put("Lost1", "held")
    small.put("Cancel1", "other")
    small.pull()
    small.put("Lost1", "passed", "over")
    partial: dict[str, Any] = {"response_type": "partial", "staged_at": "2026-09-07T08:00:00Z"}
    small.sandbox.put("Lost1", response("begun", **partial))

    found = small.sweep()

    assert {key: each.unheld_count for key, each in found.items()} == {"Lost1": 3, "Cancel1": 0}
    (said,) = sweeping.said(found.values())
    assert said == (
        "Three responses of lost_deal Lost1 are at Typeform and never came in; "
        "the next pull reads the form from its beginning and brings them."
    )
    assert {form_id for form_id, _ in cursors(small)} == {"Cancel1"}

    small.pull(LATER)
    items = [json.loads(line)["item"] for line in small.lines()]
    assert {"passed", "over", "begun"} <= {item.get("response_id") for item in items}
    assert small.sweep(LATER + timedelta(hours=1))["Lost1"].unheld_count == 0
    assert len(cursors(small)) == 4


def test_what_the_next_pull_reads_anyway_is_not_lost(small: Small) -> None:
    """Given since the last pull, or so shortly before that the next one looks back to it."""
    small.put("Lost1", "held")
    small.pull()
    overlap = timedelta(hours=settings.read(small.home).typeform.overlap_hours)
    for name, at in {
        "late": PULLED_AT - timedelta(minutes=30),
        "edge": PULLED_AT - overlap,
        "new": SWEPT_AT - timedelta(days=1),
    }.items():
        small.sandbox.put("Lost1", response(name, at))

    assert small.sweep()["Lost1"].unheld_count == 0
    assert len(cursors(small)) == 4

    small.sandbox.put("Lost1", response("before", PULLED_AT - overlap - timedelta(seconds=1)))
    assert small.sweep()["Lost1"].unheld_count == 1


def test_what_came_in_by_another_name_is_held(small: Small) -> None:
    small.sandbox.put("Lost1", response("a") | {"response_id": "b"})
    small.pull()
    small.sandbox.drop("Lost1", "a")
    small.sandbox.put("Lost1", response("a"))

    found = small.sweep()["Lost1"]

    assert (found.unheld_count, found.gone) == (0, ())
