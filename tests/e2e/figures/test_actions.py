"""What we said we would do: stated in a copy of the finished run, and counted again."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.e2e.figures import page
from tests.e2e.figures.coded import AGAINST_US, Codes
from tests.e2e.figures.files import seed
from tests.e2e.figures.given import TODAY, WEEK_FROM, Inputs, Response
from tests.e2e.figures.page import Printed, counted

from winloss import acting, sample, steps, warehouse
from winloss.acting import Wanted

pytestmark = pytest.mark.slow

LABELS = {row["reason"]: row["label"] for row in seed("reasons")}
STATED_AT = datetime(2026, 8, 3, 9, tzinfo=UTC)
DONE_AT = datetime(2026, 8, 31, 15, tzinfo=UTC)
DUE_ON = date(2026, 10, 9)


@pytest.fixture(scope="module")
def acted(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    """Four actions more: two done, one overdue, one open; and a standard."""
    home = tmp_path_factory.mktemp("acted") / "programme"
    shutil.copytree(finished, home)
    wanted = (
        Wanted("Call at go-live", owner="Ann", due_on=DUE_ON, reason="handover"),
        Wanted("Answer at night", owner="Ben", due_on=DUE_ON, reason="service"),
        Wanted("Answer at once", owner="Cleo", due_on=date(2026, 10, 4), reason="price_level"),
        Wanted("Walk the aisles", owner="Dan", due_on=date(2026, 10, 5), kind="mile"),
        Wanted("No bugs", owner="Eve", kind="standard", reason="product_gap", measure="a log"),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINLOSS_SIGNING_KEY", sample.SIGNING_KEY)
        stated = [acting.add(home, each, now=STATED_AT)[0] for each in wanted]
        for action_id in stated[:2]:
            acting.finish(home, action_id, None, now=DONE_AT)
        steps.build(home, sample.NOW, is_full=True)
        yield page.printed(home, has_page=False)


def names(each: Response, reason: str, coded: Codes) -> bool:
    """Whether a customer names a reason, or one of its family, as something against us."""
    found = {
        code
        for one in coded.theirs(each)
        if one.polarity in AGAINST_US
        for code in (one.reason, one.parent)
    }
    parents = {row["reason"]: row["parent"] for row in seed("reasons")}
    for code, polarity, _ in coded.of(each, "missed"):
        found |= {code, parents[code]} if polarity in AGAINST_US else set()
    return reason in found


def heard(given: Inputs) -> list[Response]:
    """Who left, and current customers by their pulses."""
    return [each for each in given.customers if each.is_defection or each.kind == "pulse"]


def test_where_it_stands(acted: Printed) -> None:
    """Done, overdue from the day after it was due, and open."""
    told = {label: row.cells[-1].said for label, row in acted.rows("actions", "list").items()}

    expected = {
        "Call at go-live": "done on 31 August",
        "Answer at night": "done on 31 August",
        "Answer at once": "overdue",
        "Walk the aisles": "open",
    }
    assert {label: told[label] for label in expected} == expected
    done = sum(each.startswith("done") for each in told.values())
    assert acted.panel("actions", "list").note.startswith(f"Done: {done} of {len(told)}")


def check_returned(
    told: Printed, given: Inputs, coded: Codes, reason: str, done_at: datetime
) -> int:
    """Who has named a reason again since a day, and in the week; gives how many in the week."""
    again = [each for each in heard(given) if each.at > done_at and names(each, reason, coded)]
    week = {each.voter for each in again if each.on >= WEEK_FROM}
    everybody = {each.voter for each in heard(given) if each.on >= WEEK_FROM}

    cells = told.rows("actions", "returned")[LABELS[reason]].cells

    assert cells[0].figure is not None
    assert cells[1].figure is not None
    assert counted(cells[0].figure) == (len(week), len(everybody))
    assert cells[1].figure.count == len({each.voter for each in again})
    assert cells[1].said == str(cells[1].figure.count)
    return len(week)


def test_returned(acted: Printed, given: Inputs, coded: Codes) -> None:
    """A whole family of reasons comes back when any of it is named: one decision one vote."""
    assert check_returned(acted, given, coded, "service", DONE_AT) > 0


def test_of_the_sample(finished: Path, printed: Printed, given: Inputs, coded: Codes) -> None:
    """What the sample company has stated: where each stands, and what came back since."""
    with warehouse.reading(finished / "warehouse.duckdb") as connection:
        rows = connection.execute(
            "select added.action_text, added.reason, added.action_due_on, done.fetched_at "
            "from raw.actions as added left join raw.actions as done "
            "on added.action_id = done.action_id and done.event = 'done' "
            "where added.event = 'added'"
        ).fetchall()

    told = printed.rows("actions", "list")

    assert set(told) == {text for text, *_ in rows}
    for text, reason, due_on, done_at in rows:
        state = "overdue" if due_on < TODAY else "open"
        cell = told[text].cells[-1]
        printed.check("actions", cell)
        if done_at:
            assert cell.said.startswith(f"done on {done_at.day} ")
            check_returned(printed, given, coded, reason, done_at)
        else:
            assert cell.said == state


def test_a_standard(acted: Printed, given: Inputs, coded: Codes) -> None:
    """A standard is kept in a week in which nobody heard names it."""
    week = [each for each in heard(given) if each.on >= WEEK_FROM]
    named = {each.voter for each in week if names(each, "product_gap", coded)}

    cell = acted.rows("actions", "standards")["No bugs"].cells[-1]

    assert cell.figure is not None
    assert counted(cell.figure) == (len(named), len({each.voter for each in week}))
    assert cell.said.startswith("no: " if named else "yes: ")
