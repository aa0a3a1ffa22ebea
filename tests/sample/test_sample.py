"""The invented company: the same bytes every time, and settings that fit its exports."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from winloss import crm, sample, settings
from winloss.sample import words
from winloss.weeks import Week

Item = dict[str, Any]
MONDAY = date(2026, 9, 28)


@pytest.mark.parametrize("preset", ["full", "small"])
def test_same_bytes(preset: sample.Preset, tmp_path: Path) -> None:
    """Writing a preset twice gives the same files, byte for byte."""
    sample.write(tmp_path / "one", preset=preset)

    sample.write(tmp_path / "two", preset=preset)

    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert len(one) > 10


def test_small_over_full(tmp_path: Path) -> None:
    """Writing another preset into the same folder leaves nothing of the first behind."""
    sample.write(tmp_path / "same")

    sample.write(tmp_path / "same", preset="small")

    sample.write(tmp_path / "fresh", preset="small")
    names = [
        sorted(path.relative_to(top) for path in top.rglob("*") if path.is_file())
        for top in (tmp_path / "same", tmp_path / "fresh")
    ]
    assert names[0] == names[1]


def test_week() -> None:
    """The instant of the run lies just behind the week reported."""
    week = Week.before(sample.NOW, ZoneInfo("Europe/Berlin"))

    assert str(week) == sample.WEEK
    assert week.monday == MONDAY


@pytest.mark.parametrize("preset", ["full", "small"])
def test_settings_read_the_exports(preset: sample.Preset, full: Any, small: Any) -> None:
    """winloss.toml maps every export as it is, and only the deliberate faults are set aside."""
    programme = settings.read({"full": full, "small": small}[preset].home)

    found = crm.read(programme, now=sample.NOW)

    assert found.caveats == ()
    assert sorted(found.rejects["reason"]) == [
        "broken encoding",
        "decided in the future",
        "duplicate id",
        "unknown decision_kind",
    ]
    # It exports in dollars, from a CRM that keeps no log and is no connector's.
    left_out = {"rates", "decision_changes", "hubspot", "salesforce"}
    assert set(found.frames) == set(type(programme.crm).model_fields) - left_out
    assert all(frame.height for frame in found.frames.values())


def test_small_is_a_first_week(small: Any) -> None:
    """Nine decisions, three answers of which one is only counted, and no history."""
    items = [item for _, item in small.items()]
    closed = [row for row in small.decisions().values() if row["Last Stage"]]

    quotes = sorted(small.said(item, "may_quote") for item in items)

    assert quotes == ["counted", "unnamed", "unnamed"]
    assert len(closed) == 9
    assert min(small.day(row["Close Date"]) for row in closed) >= date(2026, 9, 21)
    assert len(small.rows("invitations.csv")) == 5


def test_check_ins_and_their_absence(full: Any) -> None:
    """Most current customers were spoken to lately; some not for months."""
    current = {
        row["Account ID"] for row in full.rows("accounts.csv") if row["Active Customer"] == "Yes"
    }
    customers = {row["Account ID"] for row in full.rows("accounts.csv") if row["Customer Since"]}
    latest: dict[str, date] = {}
    for row in full.rows("check_ins.csv"):
        held_on = datetime.strptime(row["Date"], "%m/%d/%Y").replace(tzinfo=UTC).date()
        latest[row["Account ID"]] = max(held_on, latest.get(row["Account ID"], held_on))

    neglected = [one for one in current if one not in latest or (MONDAY - latest[one]).days > 90]

    assert latest.keys() <= customers
    assert 0.08 <= len(neglected) / len(current) <= 0.30


def test_pick_list_means_what_the_seed_says(small: Any) -> None:
    """The value that a sample's seller picks stands for the reason it was picked for."""
    meaning = {row["seller_value"]: row["reason"] for row in small.seed("seller_reasons.csv")}

    for value, entry in words.data("pick_list.toml").items():
        assert meaning.get(value.lower(), "") == entry["reason"], value
