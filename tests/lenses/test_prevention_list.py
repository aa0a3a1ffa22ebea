"""Who may leave next, how well it could be seen before, and what we missed again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

LINKS = ("goals_known", "challenges_known", "challenges_worked", "checked_in", "met_expectation")
GOOD: dict[str, Any] = dict.fromkeys(LINKS, 4) | {"checked_in": "monthly"}
SUNDAY = date(2026, 10, 4)


def test_who_may_leave_next(leavers: Any) -> None:
    """The most signs first; the latest pulse alone counts; in confidence nobody is named."""
    for name in ("Calm", "Better", "Blank", "Twice", "Shut", "Stale"):
        leavers.stay(name)
        leavers.call(name, date(2026, 6, 1))
        leavers.call(name, date(2026, 7, 6))
    leavers.call("Twice", SUNDAY)
    leavers.pulse("Calm", date(2026, 9, 1), **GOOD)
    leavers.pulse("Better", date(2026, 8, 1), **GOOD | {"goals_known": 1})
    leavers.pulse("Better", date(2026, 9, 1), **GOOD)
    leavers.pulse("Blank", date(2026, 9, 1), **GOOD | {"goals_known": None})
    leavers.pulse("Twice", date(2026, 9, 1), **GOOD | {"met_expectation": 2, "checked_in": "never"})
    leavers.pulse("Shut", date(2026, 9, 1), may_see=False, **GOOD | {"met_expectation": 1})
    leavers.pulse("Stale", date(2026, 3, 1), **GOOD | {"met_expectation": 1})

    section = leavers.section()

    assert list(leavers.told(section, "watch").items()) == [
        ("Twice Ltd", ["Says nobody ever checks in; results below expectation"]),
        ("Blank Ltd", ["Goals left blank"]),
    ]
    assert leavers.panel(section, "watch").note.startswith(
        "Three of six current customers give at least one sign. One more, in confidence."
    )


def test_the_day_a_gap_is_a_sign(leavers: Any) -> None:
    """On the last day allowed nothing is said; a day later the account is on the list."""
    for name, held in (("In time", date(2026, 7, 6)), ("Late", date(2026, 7, 5))):
        leavers.stay(name)
        leavers.call(name, date(2026, 1, 1))
        leavers.call(name, held)

    assert leavers.told(leavers.section(), "watch") == {"Late Ltd": ["No check-in for 90 days"]}


def test_a_cancellation_ends_what_warned_of_it(leavers: Any) -> None:
    """Still a customer, but not on the list for what had led to a cancellation; for newer it is."""
    said = "Nobody called since the rollout, still waiting for the visit."
    for name in ("Over", "Again", "Other"):
        leavers.stay(name)
        leavers.call(name, SUNDAY)
        leavers.pulse(name, date(2026, 6, 1), missed=said, **GOOD | {"goals_known": 1})
    leavers.leave("Over", date(2026, 7, 1), is_heard=False)
    leavers.leave("Again", date(2026, 7, 1), is_heard=False)
    leavers.pulse("Again", date(2026, 9, 1), **GOOD | {"met_expectation": 1})

    section = leavers.section()

    found = leavers.told(section, "watch")
    assert set(found) == {"Again Ltd", "Other Ltd"}
    assert found["Again Ltd"] == ["Results below expectation"]


@pytest.mark.parametrize(
    ("left", "found"), [(date(2026, 7, 6), {}), (date(2026, 7, 5), {"Kept Ltd"})]
)
def test_nobody_called_since_a_cancellation(leavers: Any, left: date, found: Any) -> None:
    """An older gap counts again once nobody has called for as long since the cancellation."""
    leavers.stay("Kept")
    leavers.call("Kept", date(2026, 1, 1))
    leavers.leave("Kept", left, is_heard=False)

    assert set(leavers.told(leavers.section(), "watch")) == set(found)


def test_a_check_in_learned_of_later(leavers: Any) -> None:
    """An edition knows of no check-in that was landed after it."""
    leavers.stay("Late")
    leavers.call("Late", date(2026, 1, 1))
    leavers.call("Late", date(2026, 9, 1), fetched_at=datetime(2026, 10, 6, tzinfo=UTC))

    (row,) = leavers.frames()["prevention_check_ins"].to_dicts()

    assert (row["account_count"], row["account_names"]) == (1, ["Late Ltd"])


def test_words_like_those_of_leavers(leavers: Any) -> None:
    """Words near those of one who left put a customer on the list, named only where allowed."""
    said = "Nobody called since the rollout, still waiting for the visit."
    for name in ("Near", "Shut", "Far", "Gone"):
        leavers.stay(name)
    leavers.pulse("Gone", date(2026, 5, 1), missed=said)
    leavers.leave("Gone", date(2026, 7, 1), is_heard=False)
    leavers.pulse("Near", date(2026, 9, 1), missed="Still waiting, nobody called.")
    leavers.pulse("Shut", date(2026, 9, 1), may_see=False, missed="Nobody called us, waiting.")
    leavers.pulse("Far", date(2026, 9, 1), missed="All is well on the quay.")

    section = leavers.section()

    assert leavers.told(section, "watch") == {
        "Near Ltd": ["Words near those of customers who cancelled (4 shared)"]
    }
    assert "One more, in confidence." in leavers.panel(section, "watch").note
    assert said not in repr(leavers.panel(section, "watch"))


STEP = SUNDAY - timedelta(days=60)
LATE = date(2026, 9, 1)


def caught(leavers: Any, section: Any, name: str) -> tuple[int, int, int, int]:
    """Of a list: those who left and were on it, who left, who stayed on it, who were on it."""
    row = next(row for row in leavers.panel(section, "trial").rows if row.label == name)
    figures = [cell.figure for cell in row.cells if cell.figure]
    stayed = figures[1].total - figures[1].count
    return figures[0].count, figures[0].total, stayed, figures[1].total


def test_back_test(leavers: Any) -> None:
    """Who was on the list 60 days before and left, who was missed, and who stayed after all."""
    for name in ("Caught", "Missed", "False alarm", "Quiet"):
        leavers.stay(name)
        bad = {"goals_known": 1} if name in ("Caught", "False alarm") else {}
        leavers.pulse(name, STEP, **GOOD | bad)
    leavers.leave("Caught", LATE, is_heard=False)
    leavers.leave("Missed", LATE, is_heard=False)

    section = leavers.section()

    assert caught(leavers, section, "by their signs") == (1, 2, 1, 2)
    assert leavers.told(section, "trial")["by their signs"] == [
        "1 of 2",
        "1 of 2",
        "one missed, one alarm for nothing",
    ]
    assert leavers.told(section, "trial")["every customer, listed or not"][1] == "2 of 4"
    assert section.lines[-1] == (
        "1 of 2 customers who cancelled were on the list up to 60 days before; "
        "one customer on it did not cancel in that time."
    )


@pytest.mark.parametrize("late", [0, 1])
def test_no_look_ahead(leavers: Any, late: int) -> None:
    """A pulse of the day counts; one of the day after it, or a call held since, is not known."""
    leavers.stay("Leaver")
    leavers.stay("Other")
    leavers.pulse("Other", STEP - timedelta(days=9), **GOOD)
    leavers.pulse("Leaver", STEP + timedelta(days=late), **GOOD | {"goals_known": 1})
    leavers.call("Other", STEP - timedelta(days=200))
    leavers.call("Other", STEP - timedelta(days=91))
    leavers.call("Leaver", STEP - timedelta(days=5))
    leavers.call("Other", STEP + timedelta(days=1))
    leavers.leave("Leaver", LATE, is_heard=False)

    frames = leavers.frames()

    step = frames["prevention_steps"].filter(pl.col("step") == 1)
    found = {row["account_id"]: row["signs"] for row in step.to_dicts()}
    assert step["step_on"].unique().to_list() == [STEP]
    assert found == {"Leaver": [] if late else ["goals_unknown"], "Other": ["no_check_in"]}


def test_a_later_pulse_does_not_take_back_an_earlier_one(leavers: Any) -> None:
    """On a day looked back on, the latest pulse is that of the day, whatever came after it."""
    leavers.stay("Recovered")
    leavers.pulse("Recovered", STEP - timedelta(days=9), **GOOD | {"goals_known": 1})
    leavers.pulse("Recovered", STEP + timedelta(days=1), **GOOD)

    steps = leavers.frames()["prevention_steps"]

    warned = dict(steps.filter(pl.col("step") < 2).select("step", "is_warned").iter_rows())
    assert warned == {0: False, 1: True}


NEXT = STEP + timedelta(days=1)


@pytest.mark.parametrize(
    ("left", "wrote", "found"), [(STEP, STEP, 1), (NEXT, STEP, 0), (STEP, NEXT, 0)]
)
def test_no_words_from_the_future(leavers: Any, left: date, wrote: date, found: int) -> None:
    """Only words written by the day are read, and only of those who had left by then."""
    words = "Nobody called since the rollout, still waiting."
    for name in ("Teacher", "Leaver", "Earlier"):
        leavers.stay(name)
    leavers.pulse("Earlier", STEP - timedelta(days=90), missed="The invoices were wrong.")
    leavers.leave("Earlier", STEP - timedelta(days=30), is_heard=False)
    leavers.pulse("Teacher", STEP - timedelta(days=70), missed=words)
    leavers.leave("Teacher", left, is_heard=False)
    leavers.pulse("Leaver", wrote, missed=words)
    leavers.leave("Leaver", LATE, is_heard=False)

    section = leavers.section()

    assert caught(leavers, section, "by their words")[0] == found


def test_customers_of_a_day(leavers: Any) -> None:
    """Who left before the day was no customer of it; who left after it was, though gone now."""
    leavers.stay("Gone since", is_current=False)
    leavers.stay("Gone before", is_current=False)
    leavers.stay("Still here")
    leavers.leave("Still here", STEP, is_heard=False)
    leavers.leave("Gone since", LATE, is_heard=False)
    leavers.leave("Gone before", STEP, is_heard=False)

    steps = leavers.frames()["prevention_steps"]

    left = {
        step: dict(
            steps.filter(pl.col("step") == step).select("account_id", "has_left").iter_rows()
        )
        for step in range(3)
    }
    assert left[0] == {"Still here": False}
    assert left[1] == {"Gone since": True, "Still here": False}
    assert left[2] == {"Gone before": True, "Gone since": False, "Still here": True}


def test_missed_before_and_again(leavers: Any) -> None:
    """What came back is shown with an old voice and a new one; what did not is only counted."""
    said = leavers.pulse
    for number in range(5):
        old, new = f"Old {number}", f"New {number}"
        said(old, date(2026, 5, 1), missed="Nobody answers the phone.", reason="support")
        said(new, date(2026, 8, 1), missed="Still no answer at night.", reason="support")
    said("Other", date(2026, 5, 1), missed="The bill grew.", reason="price_level")

    section = leavers.section()

    rows = leavers.panel(section, "missed").rows
    assert [row.label for row in rows] == ["missed before: support", "and again"]
    assert [row.quote.text for row in rows if row.quote] == [
        "Nobody answers the phone.",
        "Still no answer at night.",
    ]
    assert leavers.panel(section, "missed").note.endswith(
        "1 of 2 reasons named before were named again."
    )
