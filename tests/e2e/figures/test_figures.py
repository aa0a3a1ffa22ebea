"""Every figure and every quote of the full edition: possible, traceable, and consented."""

import re
from collections import defaultdict
from datetime import datetime

import pytest
from tests.e2e.figures.given import Inputs
from tests.e2e.figures.page import LENSES, Printed, inside, plain

from winloss import resources, sample
from winloss.reporting import Figure, Quote

QUOTABLE = {"named", "unnamed"}


@pytest.mark.parametrize("lens", LENSES)
def test_figures_can_be(lens: str, printed: Printed) -> None:
    """A count lies within its total, and within its interval; its query ships and is printed."""
    found = list(inside(printed.sections[lens], Figure))

    assert found or lens == "actions"
    for each in found:
        assert 0 <= each.count <= each.total, each
        if each.low is not None and each.high is not None:
            assert each.low <= each.count / each.total <= each.high, each
        folder, _, name = each.query.partition("/")
        assert folder == "sql"
        assert (resources.folder("sql") / name).is_file(), each.query
        assert each.query in printed.page.said("queries"), each.query


@pytest.mark.parametrize("lens", LENSES)
def test_rows_behind(lens: str, printed: Printed, given: Inputs) -> None:
    """The rows behind a count came in before the edition, and have as many votes as it says."""
    known = {each.response_id: each for each in given.everybody}

    for each in inside(printed.sections[lens], Figure):
        assert set(each.row_ids) <= set(known), each
        assert all(known[name].at <= sample.NOW for name in each.row_ids), each
        if each.row_ids:
            assert len({known[name].voter for name in each.row_ids}) == each.count, each


@pytest.mark.parametrize("lens", LENSES)
def test_printed(lens: str, printed: Printed) -> None:
    """The page prints every sentence, cell and note of the section."""
    section, page = printed.sections[lens], printed.page.said(lens)

    for line in (*section.lines, *section.caveats):
        assert plain(line) in page
    for panel in section.panels:
        assert plain(panel.note) in page, panel.name
        for row in panel.rows:
            assert plain(row.label) in page, row.label
            for cell in row.cells:
                assert plain(cell.said) in page, cell.said


def texts(given: Inputs, response_id: str, ref: str) -> list[str]:
    """What was typed under a question."""
    answers = given.raw[response_id]["answers"]
    return [each["text"] for each in answers if each["field"]["ref"] == ref and "text" in each]


def consent(given: Inputs, response_id: str) -> str | None:
    """What its author ticked when asked whether we may print the words."""
    answers = given.raw[response_id]["answers"]
    ticked = [each["choice"]["ref"] for each in answers if each["field"]["ref"] == "may_quote"]
    return ticked[0] if ticked else None


def unmasked(said: str) -> re.Pattern[str]:
    """What may have stood there: a visible mask hides something, all else is as typed."""
    parts = re.split(r"\[[a-z ]+\]", said)
    return re.compile(".+?".join(re.escape(part) for part in parts), re.DOTALL)


@pytest.mark.parametrize("lens", LENSES)
def test_quotes_are_slices(lens: str, printed: Printed, given: Inputs) -> None:
    """A quote is what stands between its two places in a consented answer, visible masks aside."""
    signed = {each.response_id: each for each in given.everybody}

    for each in inside(printed.sections[lens], Quote):
        (typed,) = texts(given, each.response_id, each.question_ref)
        cut = typed[each.span_start : each.span_end]
        assert unmasked(each.text).fullmatch(cut), (each.text, cut)
        assert each.response_id in signed
        assert consent(given, each.response_id) in QUOTABLE
        if each.is_named:
            assert consent(given, each.response_id) == "named"
            assert signed[each.response_id].answers["may_see"] is True
        # The lead finding speaks at the head of the page.
        assert plain(each.text) in f"{printed.page.said('')} {printed.page.said(lens)}"


def test_nobody_else_is_quoted(printed: Printed, given: Inputs) -> None:
    """Whatever the page prints as words stands so in an answer whose author allows it."""
    allowed = defaultdict(list)
    for each in given.everybody:
        consented = consent(given, each.response_id)
        for answer in given.raw[each.response_id]["answers"]:
            if "text" in answer:
                allowed[consented].append(plain(answer["text"]))

    for said in printed.page.quotes:
        words = plain(said).removeprefix("“").removesuffix("”").strip(" …")
        pattern = unmasked(words)
        assert any(pattern.search(text) for one in QUOTABLE for text in allowed[one]), said

    assert len(printed.page.quotes) > 50
    assert allowed["counted"]


def test_nothing_came_late(given: Inputs) -> None:
    """Everything that was counted had come in when the edition was made."""
    instants = [
        datetime.fromisoformat(item["submitted_at"])
        for item in given.raw.values()
        if item["response_type"] == "completed"
    ]

    assert max(instants) <= sample.NOW
