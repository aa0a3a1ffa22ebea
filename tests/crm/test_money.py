"""Amounts: how they are written, in which currency, and what a currency is worth."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winloss.crm.values import number

HEADER = "decision_id,decision_kind,decided_on"

WRITTEN = [
    # How it stands in the file, and what it is with a decimal point and with a decimal comma.
    ("1234.5", 1234.5, None),
    ("1234,5", None, 1234.5),
    ("1,234.50", 1234.5, None),
    ("1.234,50", None, 1234.5),
    ("1,234", 1234.0, 1.234),
    ("1.234", 1.234, 1234.0),
    ("1,234,567", 1234567.0, None),
    ("1 234 567", 1234567.0, 1234567.0),
    ("1\u00a0234", 1234.0, 1234.0),
    ("1\u202f234\u202f567,8", None, 1234567.8),
    ("1'234'567.80", 1234567.8, None),
    ("1,234 567", None, None),
    ("$1234", 1234.0, 1234.0),
    ("€ 1.234", 1.234, 1234.0),
    ("-$1,234,567", -1234567.0, None),
    ("1234 $", 1234.0, 1234.0),
    ("(1,234.50)", -1234.5, None),
    ("(1.234,50)", None, -1234.5),
    ("(-5)", None, None),
    ("((5))", None, None),
    ("0", 0.0, 0.0),
    (" 12 ", 12.0, 12.0),
    ("12,34", None, 12.34),
    ("1 23", None, None),
    ("1e5", None, None),
    ("nan", None, None),
    ("inf", None, None),
    ("9" * 400, None, None),
    ("about ten", None, None),
    ("=1+1", None, None),
    ("٣", None, None),
]


@pytest.mark.parametrize(("text", "with_point", "with_comma"), WRITTEN)
def test_amounts(decisions, text, with_point, with_comma):
    """The decimal sign is stated, thousands stand in threes; anything else is set aside alone."""
    content = f'{HEADER},amount_usd\nD1,won,2026-10-01,"{text}"\n'

    for decimal, expected in ((".", with_point), (",", with_comma)):
        result = decisions(content, decimal=decimal)

        assert result.frames["decisions"]["amount_usd"].to_list() == [expected]
        assert result.rejects["reason"].to_list() == ["unreadable amount_usd"] * (expected is None)


def test_decimal_comma_between_semicolons(decisions):
    """An export of continental Europe: semicolons part columns, a comma the decimals."""
    result = decisions(
        "decision_id;decision_kind;decided_on;amount;currency\nD1;won;2026-10-01;1.234,50;EUR\n",
        separator=";",
        decimal=",",
    )

    assert result.frames["decisions"].select("amount", "currency").rows() == [(1234.5, "EUR")]


def test_shares_have_the_same_decimal_sign(read):
    """What is stated of a file holds for every number in it."""
    content = "decision_id;seller_value;confidence\nD1;Price;0,8\n"

    result = read("seller_reasons", content, separator=";", decimal=",")

    assert result.frames["seller_reasons"]["confidence"].to_list() == [0.8]


def test_dollars_under_a_foreign_sign(decisions):
    """Amounts with another sign are read as they stand, and what to do is said."""
    result = decisions(f"{HEADER},amount_usd\nD1,won,2026-10-01,€20\nD2,won,2026-10-01,20\n")

    assert result.frames["decisions"]["amount_usd"].to_list() == [20, 20]
    (said,) = result.caveats
    assert said.startswith("decisions: 1 amounts of export.csv carry €, read as dollars; name the")


@pytest.mark.parametrize(
    ("text", "expected", "reasons"),
    [
        ("EUR", "EUR", []),
        (" eur ", "EUR", []),
        ("euros", None, ["unreadable currency"]),
        ("€", None, ["unreadable currency"]),
        ("", None, ["missing currency"]),
    ],
)
def test_currencies(decisions, text, expected, reasons):
    """A currency has three letters; an amount without one is kept and said."""
    result = decisions(f"{HEADER},amount,currency\nD1,won,2026-10-01,20,{text}\n")

    assert result.frames["decisions"].select("amount", "currency").rows() == [(20.0, expected)]
    assert result.rejects["reason"].to_list() == reasons


def test_one_currency_for_all(decisions):
    """A company that sells in one currency says so once, and no amount no currency."""
    result = decisions(
        f"{HEADER},amount\nD1,won,2026-10-01,20\nD2,won,2026-10-01,\n",
        constants={"currency": "GBP"},
    )

    assert result.frames["decisions"]["currency"].to_list() == ["GBP", "GBP"]
    assert result.rejects.is_empty()


def test_rates(read):
    """A rate is a positive number from a day on; two for one day contradict one another."""
    result = read(
        "rates",
        "currency;usd;valid_from\n"
        "eur;1,08;01.01.2026\n"
        "EUR;1,10;01.07.2026\n"
        "EUR;1,10;01.07.2026\n"
        "EUR;1,20;01.07.2026\n"
        "SEK;0;01.01.2026\n"
        "CHF;;01.01.2026\n"
        "NOK;0,1;soon\n",
        separator=";",
        decimal=",",
        date_format="%d.%m.%Y",
    )

    assert result.frames["rates"].rows() == [
        ("EUR", 1.08, date(2026, 1, 1)),
        ("EUR", 1.1, date(2026, 7, 1)),
    ]
    assert result.rejects.select("at_line", "record_id", "reason").rows() == [
        (5, "EUR", "duplicate id"),
        (6, "SEK", "unreadable usd"),
        (7, "CHF", "missing usd"),
        (8, "NOK", "unreadable valid_from"),
    ]


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from([" ", "\u00a0", "\u202f", "'"]))
def test_any_amount(amount, blank):
    """Whatever is written with either sign, grouped or not, is read as what it was."""
    point = f"{amount:,}"
    comma = point.translate({ord(","): ".", ord("."): ","})

    assert number(point, ".") == number(comma, ",") == float(amount)
    assert number(point.replace(",", blank), ".") == float(amount)
    assert number(f"{amount}", ".") == float(amount)


@given(st.text(max_size=12))
def test_any_text(text):
    """No text stops the reader, and none is read as infinite or as no number."""
    for decimal in (".", ","):
        found = number(text, decimal)

        assert found is None or math.isfinite(found)
