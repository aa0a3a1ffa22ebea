"""Exports in which one record stands on many rows, and the real one."""

from datetime import UTC, datetime

import polars as pl
import pytest

from winloss import crm
from winloss.settings import Settings


def test_merged(read):
    """Rows without the record are left out; an empty value never hides a filled one."""
    result = read(
        "accounts",
        "account_id,sector,region\nA1,retail,\n,,\nA2,ports,\nA1,,North\n,x,y\n",
        one_row_per_record=False,
    )

    frame = result.frames["accounts"].select("account_id", "sector", "region")
    assert frame.rows() == [("A1", "retail", "North"), ("A2", "ports", None)]
    assert result.rejects.is_empty()
    assert result.caveats == ("accounts: 1 of 4 rows of export.csv name no account_id.",)


def test_conflict(read):
    """Of several different values the last one counts, and how many differ is said."""
    result = read(
        "accounts",
        "account_id,sector\nA1,retail\nA1,ports\nA1,\nA2,rail\n",
        one_row_per_record=False,
    )

    assert result.frames["accounts"]["sector"].to_list() == ["ports", "rail"]
    assert result.caveats == (
        "accounts: 1 records of export.csv stand on rows that differ; the last counts.",
    )


def test_decision_on_many_rows(read):
    """A decision is judged as a whole: what one row lacks another may have."""
    result = read(
        "decisions",
        "decision_id,decision_kind,decided_on,competitor\n"
        "D1,lost,,\nD1,lost,2026-10-01,Dockyard Nine\nD2,lost,someday,\nD2,lost,,\n",
        one_row_per_record=False,
    )

    frame = result.frames["decisions"]
    assert frame.select("decision_id", "outcome").rows() == [("D1", "competitor")]
    assert result.rejects.select("record_id", "reason", "at_line").rows() == [
        ("D2", "unreadable decided_on", 4)
    ]


def test_reasons(read):
    """A decision may have several sellers' reasons; a row that states nothing is none."""
    content = (
        "decision_id,seller_id,seller_value,seller_text\n"
        "D1,S1,Price,\nD1,S1,Price,\nD1,S2,Timing,\nD2,S1,,\nD3,S1,,They went quiet\n"
        ",S1,Price,\n"
    )

    result = read("seller_reasons", content)

    frame = result.frames["seller_reasons"]
    assert frame.select("decision_id", "seller_id").rows() == [
        ("D1", "S1"),
        ("D1", "S2"),
        ("D3", "S1"),
    ]
    assert result.rejects.select("at_line", "reason").rows() == [(7, "missing decision_id")]


@pytest.mark.parametrize(("text", "expected"), [("0.8", 0.8), ("1", 1.0), ("80", None)])
def test_confidence(read, text, expected):
    """Confidence is a share, and a percentage is not taken for one."""
    result = read("seller_reasons", f"decision_id,seller_value,confidence\nD1,Price,{text}\n")

    assert result.frames["seller_reasons"]["confidence"].to_list() == [expected]


@pytest.fixture
def real(shared_data):
    """The real export as three entities."""
    path = shared_data / "real" / "opportunities.csv"
    many = {"path": path, "one_row_per_record": False}
    return Settings.model_validate(
        {
            "company": "MavenTech",
            "crm": {
                "decisions": {
                    "path": path,
                    "columns": {
                        "decision_id": "opportunity_id",
                        "account_id": "account",
                        "decision_kind": "deal_stage",
                        "amount_usd": "close_value",
                        "seller_id": "sales_agent",
                        "team": "manager",
                        "opened_on": "engage_date",
                        "decided_on": "close_date",
                    },
                    "values": {"decision_kind": {"engaging": "open", "prospecting": "open"}},
                    "date_format": "%m/%d/%Y",
                },
                "accounts": {**many, "columns": {"account_id": "account"}},
                "sellers": {**many, "columns": {"seller_id": "sales_agent", "team": "manager"}},
            },
        }
    )


def test_real(real):
    """Every real opportunity is landed, the open ones too, and none is set aside."""
    result = crm.read(real, now=datetime(2018, 1, 8, tzinfo=UTC))

    decisions = result.frames["decisions"]
    kinds = dict(decisions["decision_kind"].value_counts().iter_rows())
    assert kinds == {"won": 4238, "lost": 2473, "open": 2089}
    assert decisions["account_id"].null_count() == 1425
    assert (
        decisions.filter(pl.col("decided_on").is_null())["decision_kind"].unique().item() == "open"
    )
    assert decisions["opened_on"].null_count() == 500
    assert (result.frames["accounts"].height, result.frames["sellers"].height) == (85, 30)
    assert result.rejects.is_empty()
    assert result.caveats == (
        "accounts: 1425 of 8800 rows of opportunities.csv name no account_id.",
    )
