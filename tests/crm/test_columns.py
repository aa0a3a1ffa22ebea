"""Their columns, values and formats under our names."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from winloss import crm
from winloss.crm.shape import DECISIONS, REJECTS, SHAPES
from winloss.errors import CrmError
from winloss.settings import Settings

HEADER = "decision_id,decision_kind,decided_on"


def test_mapped(decisions):
    """Columns are found by header, values whatever their case, constants stand in every row."""
    result = decisions(
        "Deal ID;Stage;Closed;Amount;Ignored\n"
        "D1; CLOSED lost ;02/10/2026;$1,234.50;x\n"
        "D2;In talks;;;y\n",
        columns={
            "decision_id": "Deal ID",
            "decision_kind": "Stage",
            "decided_on": "Closed",
            "amount_usd": "Amount",
        },
        values={"decision_kind": {"Closed Lost": "lost", "in talks": "open"}},
        constants={"team": "North"},
        date_format="%d/%m/%Y",
        separator=";",
    )

    frame = result.frames["decisions"]
    assert frame.select("decision_id", "decision_kind", "amount_usd", "team").rows() == [
        ("D1", "lost", 1234.5, "North"),
        ("D2", "open", None, "North"),
    ]
    assert frame["decided_on"].to_list() == [date(2026, 10, 2), None]
    assert result.rejects.is_empty()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.entity)
def test_shape(read, shape):
    """Every entity has its columns, types and order, also when its file has no rows."""
    result = read(shape.entity, ",".join(shape.columns) + "\n")

    assert dict(result.frames[shape.entity].schema) == dict(shape.columns)
    assert dict(result.rejects.schema) == dict(REJECTS)
    assert result.caveats == (f"{shape.entity}: export.csv has a header and no rows.",)


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_empty(decisions, content):
    """An empty file is an empty frame, and said."""
    result = decisions(content)

    assert result.frames["decisions"].is_empty()
    assert tuple(result.frames["decisions"].columns) == tuple(DECISIONS.columns)
    assert result.caveats == ("decisions: export.csv is empty.",)


def test_nothing_configured():
    """Without any file there is nothing, and nothing is wrong."""
    result = crm.read(Settings(company="Harbourline"), now=datetime(2026, 1, 1, tzinfo=UTC))

    assert result.frames == {}
    assert result.rejects.is_empty()


@pytest.mark.parametrize("column", ["decision_id", "decision_kind", "decided_on"])
def test_missing_column(decisions, column):
    """A column we cannot do without is named, with the file and the headers found."""
    header = HEADER.replace(column, "Something else")

    with pytest.raises(CrmError) as caught:
        decisions(f"{header}\nD1,lost,2026-10-01\n")

    for word in (repr(column), "export.csv", "Something else", f"crm.decisions.columns.{column}"):
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_mapped_column(decisions):
    """The header the settings promised is the one that is named."""
    with pytest.raises(CrmError, match=r"no column 'Deal ID' for decision_id.*It has: decision_id"):
        decisions(f"{HEADER}\n", columns={"decision_id": "Deal ID"})


def test_missing_optional_column(decisions):
    """A promised column we can do without is empty, and said."""
    result = decisions(f"{HEADER}\nD1,won,2026-10-01\n", columns={"amount_usd": "Amount"})

    assert result.frames["decisions"]["amount_usd"].to_list() == [None]
    assert result.caveats == (
        "decisions: export.csv has no column 'Amount', so amount_usd is empty.",
    )


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (f"{HEADER}\n", {"columns": {"kind": "Stage"}}, r"crm\.decisions\.columns .*'kind'"),
        (f"{HEADER}\n", {"values": {"kind": {}}}, r"crm\.decisions\.values .*'kind'"),
        (f"{HEADER}\n", {"constants": {"kind": "won"}}, r"crm\.decisions\.constants .*'kind'"),
        (f"{HEADER}\n", {"columns": {"team": "T"}, "constants": {"team": "N"}}, "keep one"),
        (f"{HEADER},team,team\n", {}, "2 columns 'team'"),
        (f"{HEADER}\n", {"encoding": "klingon"}, r"crm\.decisions\.encoding"),
        (f"{HEADER}\n", {"encoding": "hex"}, r"crm\.decisions\.encoding"),
        (f"{HEADER}\n", {"separator": "::"}, r"crm\.decisions\.separator"),
        (f"{HEADER}\n", {"separator": ""}, r"crm\.decisions\.separator"),
        (f"{HEADER}\n", {"separator": ";"}, r"crm\.decisions\.separator"),
        (f"{HEADER}\n", {"date_format": "%H:%M"}, r"crm\.decisions\.date_format"),
        (f"{HEADER}\n", {"date_format": "DD.MM.YYYY"}, r"crm\.decisions\.date_format"),
        (HEADER.encode("utf-16-le"), {}, r"crm\.decisions\.encoding"),
        (f"{HEADER}\n", {"path": "nowhere.csv"}, r"nowhere\.csv .*crm\.decisions\.path"),
        (f"{HEADER}\n", {"path": "."}, r"crm\.decisions\.path"),
    ],
)
def test_unusable(decisions, content, options, message):
    """What is wrong with a whole file names the setting to change."""
    with pytest.raises(CrmError, match=message):
        decisions(content, **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(read, encoding):
    """Exports are read in the encoding they are stated to have, byte order mark or not."""
    result = read("accounts", "account_id,sector\nA1,Möbel\n".encode(encoding), encoding=encoding)

    assert result.frames["accounts"]["sector"].to_list() == ["Möbel"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("TRUE", True), ("yes", True), ("0", False), ("No", False), ("perhaps", None), ("", None)],
)
def test_flags(read, text, expected):
    """Yes and no in the usual words."""
    result = read("accounts", f"account_id,is_current\nA1,{text}\n")

    assert result.frames["accounts"]["is_current"].to_list() == [expected]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("2026-10-01", "%Y-%m-%d", datetime(2026, 9, 30, 22, tzinfo=UTC)),
        ("2026-10-01T09:30:00Z", "%Y-%m-%d", datetime(2026, 10, 1, 9, 30, tzinfo=UTC)),
        ("2026-10-01 09:30", "%Y-%m-%d", datetime(2026, 10, 1, 7, 30, tzinfo=UTC)),
        ("2026-01-15T09:30:00.5-05:00", "%Y-%m-%d", datetime(2026, 1, 15, 14, 30, 0, 500000, UTC)),
        ("1/10/2026 09:30", "%d/%m/%Y %H:%M", datetime(2026, 10, 1, 7, 30, tzinfo=UTC)),
        ("1/10/2026 09:30", "%Y-%m-%d", None),
        ("0001-01-01", "%Y-%m-%d", None),
    ],
)
def test_instants(read, text, pattern, expected):
    """Instants are kept in UTC; those without an offset are the programme's own time."""
    result = read(
        "seller_reasons",
        f"decision_id,seller_value,recorded_at\nD1,Price,{text}\n",
        time_zone="Europe/Berlin",
        date_format=pattern,
    )

    frame = result.frames["seller_reasons"]
    assert frame["recorded_at"].to_list() == [expected]
    assert frame.schema["recorded_at"] == pl.Datetime("us", "UTC")


def test_day_of_an_instant(decisions):
    """A date with an offset is the day it was in the programme's own zone."""
    result = decisions(
        f"{HEADER}\nD1,lost,2026-10-01T23:30:00+0000\n",
        time_zone="Europe/Berlin",
        date_format="%Y-%m-%dT%H:%M:%S%z",
    )

    assert result.frames["decisions"]["decided_on"].to_list() == [date(2026, 10, 2)]


@pytest.mark.parametrize(
    ("kind", "outcome", "competitor", "expected"),
    [
        ("lost", "", "Dockyard Nine", "competitor"),
        ("lost", "", "", "unknown"),
        ("lost", "No_Decision", "Dockyard Nine", "no_decision"),
        ("lost", "Timing", "", "unknown"),
        ("cancelled", "", "Dockyard Nine", None),
        ("won", "", "Dockyard Nine", None),
    ],
)
def test_outcome(decisions, kind, outcome, competitor, expected):
    """A loss without an outcome went to the competitor it names, or nobody knows where."""
    result = decisions(
        f"{HEADER},outcome,competitor\nD1,{kind},2026-10-01,{outcome},{competitor}\n"
    )

    assert result.frames["decisions"]["outcome"].to_list() == [expected]


def test_text_is_text(read):
    """Formulas, markup, leading zeros and megabytes are words like any other."""
    huge = "x" * 3_000_000
    words = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "{{ 7*7 }}", "007", huge]
    rows = "".join(f'A{at},"{word}"\n' for at, word in enumerate(words))

    result = read("accounts", f"account_id,account_name\n{rows}")

    assert result.frames["accounts"]["account_name"].to_list() == words
    assert result.rejects.is_empty()
