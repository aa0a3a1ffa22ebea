"""What the sample's customers said and heard before they cancelled."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

SCALES = ("goals_known", "challenges_known", "challenges_worked", "met_expectation")


def _cancelled(full: Any) -> dict[str, list[date]]:
    """Account -> the days on which it cancelled."""
    found = defaultdict(list)
    for row in full.decisions().values():
        if row["Stage"] == "Cancelled":
            found[row["Account ID"]].append(full.day(row["Close Date"]))
    return found


def _pulses(full: Any) -> list[tuple[str, date, Any]]:
    return [
        (item["hidden"]["account_id"], datetime.fromisoformat(item["submitted_at"]).date(), item)
        for kind, item in full.items()
        if kind == "pulse" and item["response_type"] == "completed"
    ]


def test_leavers_had_been_asked(full: Any) -> None:
    """Enough of those who cancelled had answered a pulse in the half year before."""
    left = _cancelled(full)
    spoken = defaultdict(list)
    for account, day, _ in _pulses(full):
        spoken[account].append(day)

    warned = [
        any(timedelta() < on - day <= timedelta(days=180) for day in spoken[account])
        for account, days in left.items()
        for on in days
    ]

    assert len(warned) > 150
    assert 0.35 <= sum(warned) / len(warned) <= 0.75


def test_the_chain_is_weaker_before_leaving(full: Any) -> None:
    """Who cancels within a quarter calls more links broken than the others do."""
    left = _cancelled(full)
    broken: dict[bool, list[bool]] = {True: [], False: []}
    for account, day, item in _pulses(full):
        is_leaver = any(timedelta() < on - day <= timedelta(days=92) for on in left[account])
        for ref in SCALES:
            if (said := full.said(item, ref)) is not None:
                broken[is_leaver].append(said <= 2)

    shares = {is_leaver: sum(each) / len(each) for is_leaver, each in broken.items()}
    assert min(map(len, broken.values())) > 100
    assert shares[True] > 1.5 * shares[False]


def test_former_customers_had_been_called(full: Any) -> None:
    """Nobody is called after leaving, and not every leaver had been neglected."""
    left = _cancelled(full)
    former = {
        row["Account ID"]
        for row in full.rows("accounts.csv")
        if row["Active Customer"] != "Yes" and row["Customer Since"]
    }

    gaps = [
        (max(left[row["Account ID"]]) - _held(row)).days
        for row in full.rows("check_ins.csv")
        if row["Account ID"] in former
    ]

    assert len(gaps) > 20
    assert min(gaps) >= 0
    assert min(gaps) < 90 < max(gaps)


def _held(row: Any) -> date:
    return datetime.strptime(row["Date"], "%m/%d/%Y").replace(tzinfo=UTC).date()
