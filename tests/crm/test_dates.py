"""Days in the formats the settings state, one or many; never turned round."""

from datetime import UTC, date, datetime

import pytest

HEADER = "decision_id,decision_kind,decided_on"


def test_dates_are_not_guessed(decisions):
    """A date in another format than the stated one is not turned round."""
    result = decisions(f"{HEADER}\nD1,lost,25/12/2025\n", date_format="%m/%d/%Y")

    assert result.frames["decisions"].is_empty()
    assert result.rejects["reason"].to_list() == ["unreadable decided_on"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("13/02/2026", date(2026, 2, 13)),
        ("02/13/2026", date(2026, 2, 13)),
        ("02/02/2026", date(2026, 2, 2)),
        ("01.10.2026", None),
    ],
)
def test_several_formats(decisions, text, expected):
    """Each day is read in the one stated format that fits it."""
    result = decisions(
        f"{HEADER}\nD1,lost,{text}\n", date_format=["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y"]
    )

    assert result.frames["decisions"]["decided_on"].to_list() == [expected] * (expected is not None)
    assert result.rejects["reason"].to_list() == ["unreadable decided_on"] * (expected is None)


def test_ambiguous(decisions):
    """A day that two stated formats read differently is neither of the two."""
    result = decisions(
        f"{HEADER},opened_on\nD1,lost,02/01/2026,02/01/2026\nD2,lost,13/02/2026,01/02/2026\n",
        date_format=["%d/%m/%Y", "%m/%d/%Y"],
    )

    assert result.frames["decisions"].select("decision_id", "opened_on").rows() == [("D2", None)]
    assert result.rejects.select("at_line", "reason").rows() == [
        (2, "ambiguous decided_on"),
        (3, "ambiguous opened_on"),
    ]


def test_ambiguous_instant(read):
    """The same holds for instants; two formats that mean one instant agree."""
    result = read(
        "seller_reasons",
        "decision_id,seller_value,recorded_at\nD1,Price,01/02/2026 09:30\n"
        "D2,Price,02/02/2026 09:30\n",
        date_format=["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"],
    )

    assert result.frames["seller_reasons"]["recorded_at"].to_list() == [
        None,
        datetime(2026, 2, 2, 9, 30, tzinfo=UTC),
    ]
    assert result.rejects.select("at_line", "reason").rows() == [(2, "ambiguous recorded_at")]
