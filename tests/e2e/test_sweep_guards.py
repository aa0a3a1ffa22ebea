"""What a sweep must not conclude: from fresh responses, from names, from half a form.

The whole way is in test_sweep.py.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from winloss import cli, settings, sweeping, warehouse
from winloss.errors import SettingsError, WarehouseError

from .sweeping import LATER, PULLED_AT, SWEPT_AT, TOML, Small, numbered, prepared, response


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    with prepared(tmp_path, monkeypatch) as programme:
        yield programme


@pytest.fixture
def listening(small: Small) -> Small:
    """A programme that has run once, when nobody had answered yet."""
    small.pull()
    return small


def test_gone_back_and_gone_again(small: Small) -> None:
    """Each change is said once; a sweep that finds none says nothing."""
    small.put("Lost1", *numbered(6))
    small.pull()
    before = small.lines()
    assert small.sweep(PULLED_AT + timedelta(days=1))["Lost1"].statements == {}
    assert small.lines() == before

    small.drop("Lost1", "r1", "r4")
    found = small.sweep()
    assert (found["Lost1"].judged_count, found["Lost1"].gone) == (6, ("r1", "r4"))
    assert small.deleted() == ["r1", "r4"]
    said = small.lines()
    assert len(said) == len(before) + 2

    assert small.sweep(SWEPT_AT + timedelta(hours=1))["Lost1"].statements == {}
    assert small.lines() == said

    small.put("Lost1", "r4")
    assert small.sweep(LATER)["Lost1"].back == ("r4",)
    assert small.deleted() == ["r1"]

    small.drop("Lost1", "r4")
    assert small.sweep(LATER + timedelta(days=1))["Lost1"].gone == ("r4",)
    assert small.deleted() == ["r1", "r4"]


@pytest.mark.parametrize(("minutes", "is_judged"), [(90, False), (121, True)])
def test_given_a_moment_ago_is_left_alone(
    listening: Small, *, minutes: float, is_judged: bool
) -> None:
    """Typeform shows a response late: what is not there yet is no deletion."""
    given = SWEPT_AT - timedelta(minutes=minutes)
    listening.put("Lost1", "there")
    listening.receive(response("there"), PULLED_AT)
    listening.receive(response("new", given), given)

    found = listening.sweep()["Lost1"]

    assert (found.left_alone_count, found.judged_count) == (not is_judged, 1 + is_judged)
    assert listening.deleted() == (["new"] if is_judged else [])


def test_what_left_alone_means_is_said_where_it_is_not_zero(listening: Small) -> None:
    listening.put("Lost1", "old")
    listening.pull(PULLED_AT + timedelta(hours=1))
    assert sweeping.left_alone(listening.sweep().values()) == ""

    listening.receive(response("new"), SWEPT_AT - timedelta(minutes=90))
    shown = CliRunner().invoke(
        cli.app, ["sweep", "--home", str(listening.home), "--now", f"{SWEPT_AT:%Y-%m-%dT%H:%M:%S}"]
    )

    assert shown.exit_code == 0, shown.output
    said = "left alone: came in within two hours, or has no name to be found by\n"
    assert said in shown.stdout


def test_received_a_moment_ago_is_left_alone(listening: Small) -> None:
    """A webhook may come long after the moment it names."""
    listening.receive(response("new"), SWEPT_AT - timedelta(minutes=90))

    assert listening.sweep()["Lost1"].left_alone_count == 1
    assert listening.deleted() == []
    assert listening.sweep(SWEPT_AT + timedelta(hours=1))["Lost1"].gone == ("new",)


def test_what_comes_in_while_sweeping_is_left_alone(small: Small) -> None:
    """Who answers after the names were read is not among them."""
    small.put("Lost1", "old")
    small.pull()
    named = sweeping.read(small.home, SWEPT_AT)
    late = SWEPT_AT + timedelta(minutes=1)
    small.receive(response("new", late), late)

    small.concluded(named, SWEPT_AT)
    small.pull(late + timedelta(minutes=1))

    assert small.deleted() == []


@pytest.mark.parametrize("ours", ["response_id", "token", "landing_id"])
@pytest.mark.parametrize("theirs", ["response_id", "token", "landing_id"])
def test_any_name_will_do(listening: Small, ours: str, theirs: str) -> None:
    """A response came under one of its names and is listed under others."""
    nameless = dict.fromkeys(("response_id", "token", "landing_id"), "")
    listening.receive(response("") | nameless | {"token": "first", ours: "shared"}, PULLED_AT)
    listening.receive(response("lonely"), PULLED_AT)
    there = response("") | nameless | {"token": "last", theirs: "shared"}
    listening.sandbox.put("Lost1", there)

    listening.sweep()

    assert listening.deleted() == ["lonely"]


def test_a_response_without_a_name_is_left_alone(listening: Small) -> None:
    """What cannot be looked for cannot be missing."""
    listening.receive(response("", token="", response_id=""), PULLED_AT)

    assert listening.sweep()["Lost1"].left_alone_count == 1
    assert listening.deleted() == []


def test_a_form_read_in_part_says_nothing(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is concluded about it, whatever is missing; the other form is swept."""
    monkeypatch.setenv("WINLOSS_TYPEFORM__PAGE_SIZE", "2")
    small.put("Lost1", *numbered(6))
    small.put("Cancel1", *numbered(6))
    small.pull()
    small.drop("Lost1", "r0")
    small.drop("Cancel1", "r1")

    class Failing(list[str]):
        def append(self, request: str) -> None:
            super().append(request)
            if "/Lost1/" in request and "before=" in request:
                small.sandbox.fail("500")

    small.sandbox.behaviour.requests = Failing()
    found = small.sweep()

    assert found["Lost1"].unread
    assert (found["Lost1"].gone, found["Lost1"].left_alone_count) == ((), 6)
    assert found["Cancel1"].gone == ("r1",)
    assert small.deleted() == ["r1"]


def test_what_must_be_there(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong form, no warehouse, no signing key: said before anything is asked or changed."""
    with pytest.raises(SettingsError, match="Typo1"):
        sweeping.read(small.home, SWEPT_AT, ["Typo1"])
    with pytest.raises(WarehouseError, match="winloss run"):
        sweeping.read(small.home, SWEPT_AT)
    toml = TOML.replace("signed = false", "signed = true")
    (small.home / settings.FILE).write_text(toml, "utf-8")
    monkeypatch.setenv("WINLOSS_SIGNING_KEY", "")
    with pytest.raises(SettingsError, match="WINLOSS_SIGNING_KEY"):
        sweeping.read(small.home, SWEPT_AT)
    assert small.sandbox.behaviour.requests == []


def test_cut_off_before_it_was_loaded(small: Small) -> None:
    """What an earlier sweep had landed is loaded first, and not said again."""
    small.put("Lost1", *numbered(4))
    small.pull()
    small.drop("Lost1", "r0")
    warehouse.sweeping.land_swept(
        small.home / "landing",
        {"r0": True},
        form_id="Lost1",
        form_kind="lost_deal",
        swept_at=SWEPT_AT,
    )

    found = small.sweep(SWEPT_AT + timedelta(hours=1))["Lost1"]

    assert (found.gone, found.judged_count) == ((), 3)
    assert small.deleted() == ["r0"]
    assert sum('"sweep"' in line for line in small.lines()) == 1
