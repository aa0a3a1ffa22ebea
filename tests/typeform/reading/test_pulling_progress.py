"""How far a pull is, said in numbers that are true, and never a silent wait."""

from datetime import timedelta

import pytest
from tests.typeform.conftest import START

from winloss.typeform.reading.progress import Progress
from winloss.typeform.reading.pulling import pull
from winloss.typeform.reading.tallying import Tally

NOW = START + timedelta(days=30)


def _told(settings):
    told: list[Progress] = []
    pull(settings, since={}, now=NOW, progress=told.append)
    return told


def test_it_begins_with_nothing_and_ends_with_all(sandbox, programme, response):
    for minute in range(9):
        sandbox.put("Lost1", response(f"t{minute}", minute))

    told = _told(programme(sandbox.base_url, page_size=2, requests_per_second=6))

    first, last = told[0], told[-1]
    assert (first.forms_done, first.response_count, first.share) == (0, 0, 0.0)
    assert (last.forms_done, last.response_count, last.expected_count) == (2, 9, 9)
    assert last.share == 1.0
    counts = [each.response_count for each in told]
    assert counts == sorted(counts)
    assert len(set(counts)) > 2


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        (["429_later"], "Typeform asks us to wait 1 s"),
        (["503"], "503 SERVICE_UNAVAILABLE, try 2 of 3 in 1 s"),
    ],
)
def test_a_wait_is_said(sandbox, programme, faults, said):
    sandbox.fail(*faults)

    told = _told(programme(sandbox.base_url, backoff_seconds=1, forms_at_once=1))

    assert said in {each.waiting for each in told}
    assert any(str(each).endswith(f"; {said}") for each in told)
    assert told[-1].waiting == ""


def test_a_missing_connection_is_said(programme):
    told: list[Progress] = []

    settings = programme("http://127.0.0.1:9", backoff_seconds=0.4, retries=1)
    with pytest.raises(Exception, match="no connection"):
        pull(settings, since={}, now=NOW, progress=told.append)

    assert "no connection, try 2 of 2 in 0 s" in {each.waiting for each in told}


def test_a_form_set_aside_is_done_with(sandbox, programme):
    sandbox.drop_form("Lost1")

    assert _told(programme(sandbox.base_url))[-1].forms_done == 2


@pytest.mark.parametrize(("told_total", "expected"), [(0, 5), (10**6, 5), (3, 5)])
def test_a_total_that_lies_is_corrected_by_what_came(
    sandbox, programme, response, told_total, expected
):
    for minute in range(5):
        sandbox.put("Lost1", response(f"t{minute}", minute))
    sandbox.behaviour.told_total = told_total

    last = _told(programme(sandbox.base_url, page_size=2))[-1]

    assert last.expected_count == expected


def test_nobody_knows_how_much_before_every_form_has_told():
    tally = Tally(2, walks_per_form=2)
    tally.page_read("a", "partial", item_count=1, told_count=1)
    tally.walk_over("a", "partial")
    tally.page_read("a", "completed", item_count=10, told_count=100)
    before = tally.progress()
    tally.form_done("b")
    after = tally.progress()

    assert (before.expected_count, before.share) == (None, 0.0)
    assert (after.expected_count, after.share) == (101, 11 / 101)


def test_a_total_below_what_came_is_not_believed():
    tally = Tally(1, walks_per_form=1)
    tally.page_read("a", "completed", item_count=10, told_count=10)
    believed = tally.progress().expected_count
    tally.page_read("a", "completed", item_count=1, told_count=10)
    refuted = tally.progress()
    tally.walk_over("a", "completed")

    assert (believed, refuted.expected_count, refuted.share) == (10, None, 0.0)
    assert tally.progress().expected_count == 11


def test_a_walk_without_pages_counts_as_begun_and_over():
    tally = Tally(1, walks_per_form=1)
    tally.walk_over("a", "completed")

    assert tally.progress().expected_count == 0


@pytest.mark.parametrize(
    ("progress", "line", "share"),
    [
        (
            Progress(7, 3, 4120, 9000, 4.85),
            "3 of 7 forms, 4,120 of about 9,000 responses, 849 a second, 6 s left",
            4120 / 9000,
        ),
        (Progress(1, 0, 0, None, 0.2), "0 of 1 form, 0 responses", 0.0),
        (Progress(1, 0, 1, None, 0.2), "0 of 1 form, 1 response", 0.0),
        (Progress(0, 0, 0, None, 0), "0 of 0 forms, 0 responses", None),
        (Progress(2, 1, 50, None, 100), "1 of 2 forms, 50 responses", 0.5),
        (Progress(2, 1, 1, 1, 2), "1 of 2 forms, 1 response", 1.0),
        (
            Progress(2, 1, 98, 99, 2),
            "1 of 2 forms, 98 of about 99 responses, 1 s left",
            98 / 99,
        ),
        (
            Progress(2, 1, 1, 99, 2),
            "1 of 2 forms, 1 of about 99 responses, 30 a minute, 3 min 16 s left",
            1 / 99,
        ),
        (Progress(2, 1, 150, None, 300), "1 of 2 forms, 150 responses, 30 a minute", 0.5),
        (
            Progress(2, 1, 100, 100_000, 10),
            "1 of 2 forms, 100 of about 100,000 responses, 10 a second, 2 h 46 min left",
            0.001,
        ),
        (
            Progress(2, 1, 100, 1000, 10, "no connection, try 3 of 6"),
            "1 of 2 forms, 100 of about 1,000 responses, 10 a second; no connection, try 3 of 6",
            0.1,
        ),
        (Progress(2, 2, 100, 100, 10), "2 of 2 forms, 100 responses, 10 a second", 1.0),
        (Progress(2, 1, 0, 0, 10), "1 of 2 forms, 0 responses", 0.5),
        (
            Progress(2, 1, 10, 1210, 10),
            "1 of 2 forms, 10 of about 1,210 responses, 1 a second, 20 min 0 s left",
            10 / 1210,
        ),
    ],
    ids=str,
)
def test_a_progress_says_itself_in_one_line(progress, line, share):
    assert str(progress) == line
    assert progress.share == share
