"""What a check of the sources says, before a run believes them."""

from datetime import UTC, date, datetime

import pytest

from winloss import crm
from winloss.settings import Settings

NOW = datetime(2026, 10, 5, 4, 0, tzinfo=UTC)
DECISIONS = """decision_id,decision_kind,decided_on,opened_on,amount_usd,amount,currency
D1,won,2026-10-01,,,10,CHF
D2,won,2026-10-01,,,10,CHF
D3,won,2026-02-01,,,10,EUR
D4,won,2026-10-01,,,10,EUR
D5,won,2026-10-01,,,10,
D6,won,2026-10-01,,,10,USD
D7,won,2026-10-01,,12,10,SEK
D8,won,2026-10-01,,,,NOK
D9,open,,2026-02-01,,10,EUR
D10,open,,,,10,EUR
"""
RATES = "currency,usd,valid_from\nEUR,1.1,2026-07-01\nEUR,1.0,2026-03-01\n"


@pytest.fixture
def checked(tmp_path):
    """Write exports by entity, and check them; a file may be given settings too."""

    def run(exports, **settings):
        for entity, content in exports.items():
            (tmp_path / f"{entity}.csv").write_text(content)
        files = {name: {"path": f"{name}.csv", **settings.get(name, {})} for name in exports}
        values = {"company": "Harbourline", "home": tmp_path, "crm": files}
        return [*crm.checked(Settings.model_validate(values), now=NOW)]

    return run


def test_one_that_cannot_be_used_stops_no_other(checked):
    """A person mends all of them in one go."""
    exports = {"decisions": DECISIONS, "accounts": "account_id\nA1\n", "rates": "currency\n"}

    decisions, accounts, rates = checked(exports, decisions={"separator": ";"})

    assert (decisions.setting, rates.setting) == ("crm.decisions", "crm.rates")
    assert "crm.decisions.separator" in decisions.why
    assert accounts.frame["account_id"].to_list() == ["A1"]


def test_it_says_what_a_run_would_read(checked):
    """Nothing is judged otherwise than in a run."""
    (told,) = checked({"decisions": DECISIONS.replace("D2", "D1").replace("won,2026-10-01", "?,")})

    assert told.frame.height + told.rejects.height < told.row_count + 1
    assert told.row_count == 10
    assert set(told.rejects["reason"]) == {"unknown decision_kind"}
    assert told.rejects["detail"][0] == "decisions.csv, line 2"


def test_rows_are_accounted_for(checked):
    """Of a file every row is counted, also what cannot be read and what says nothing."""
    lines = "decision_id,seller_value\nD1,Price\nD2,\nD3\nD4,Price\n"

    (told,) = checked({"seller_reasons": lines})

    assert (told.row_count, told.silent_count) == (4, 1)
    assert (told.frame.height, told.rejects["reason"].to_list()) == (2, ["too few fields"])


@pytest.mark.parametrize("has_rates", [True, False])
def test_amounts_without_a_rate(checked, has_rates):
    """By currency, from which day on there is a rate, or none; one without a currency too."""
    decisions, rates = (told.frame for told in checked({"decisions": DECISIONS, "rates": RATES}))

    found = crm.unrated(decisions, rates if has_rates else None, NOW.date())

    said = [(each.currency, each.amount_count, each.rated_from) for each in found]
    if has_rates:
        assert said == [("CHF", 2, None), ("EUR", 2, date(2026, 3, 1)), (None, 1, None)]
    else:
        assert said == [("EUR", 4, None), ("CHF", 2, None), (None, 1, None)]
