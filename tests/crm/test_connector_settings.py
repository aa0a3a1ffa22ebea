"""What `[crm.hubspot]` and `[crm.salesforce]` may say, and what they may not."""

import pytest

from winloss import settings
from winloss.errors import SettingsError


@pytest.fixture
def read(tmp_path):
    """The settings of a programme whose file ends so."""

    def run(text):
        (tmp_path / settings.FILE).write_text(f'company = "Harbourline"\n{text}\n')
        return settings.read(tmp_path).crm

    return run


@pytest.mark.parametrize(
    "address",
    [
        "http://api.hubapi.com",
        "ftp://api.hubapi.com",
        "api.hubapi.com",
        "https://",
        "https://api.hubapi.com/crm/v3",
        "https://[half",
        "http://127.0.0.1.example.com",
    ],
)
def test_a_key_is_sent_to_a_safe_address_only(read, address):
    with pytest.raises(SettingsError, match=r"crm\.hubspot\.base_url: .* is not an address"):
        read(f'[crm.hubspot]\nbase_url = "{address}"')


@pytest.mark.parametrize("address", ["https://acme.my.salesforce.com/", "http://localhost:9000"])
def test_a_safe_address(read, address):
    found = read(f'[crm.salesforce]\ninstance_url = "{address}"').salesforce

    assert found.instance_url == address.rstrip("/")


def test_a_column_that_cannot_be_chosen_is_said(read):
    with pytest.raises(SettingsError, match="no column 'stage' to choose; there are outcome, pro"):
        read('[crm.hubspot.decisions.columns]\nstage = "dealstage"')


@pytest.mark.parametrize("entity", ["decisions", "accounts", "sellers", "seller_reasons"])
def test_a_file_and_a_crm_for_one_entity(read, entity):
    with pytest.raises(SettingsError, match=rf"{entity} comes from \[crm\.hubspot\].*drop one"):
        read(f'[crm.{entity}]\npath = "x.csv"\n[crm.hubspot]')


def test_two_crms(read):
    with pytest.raises(SettingsError, match=r"comes from \[crm\.salesforce\].*\[crm\.hubspot\]"):
        read('[crm.hubspot]\n[crm.salesforce]\ninstance_url = "https://acme.my.salesforce.com"')


def test_a_field_named_replaces_the_usual_one_and_an_empty_one_none(read):
    text = '[crm.hubspot.accounts.columns]\nsector = ""\nregion = "state"'

    assert read(text).hubspot.fields("accounts") == {"account_name": "name", "region": "state"}


def test_a_key_is_never_shown():
    settings.provide(hubspot_token="pat-1", salesforce_client_secret="pat-2")

    assert "pat-" not in repr(settings.Settings(company="Harbourline"))
