"""One entity has one source: a file, or one CRM."""

import pytest

from winloss import settings
from winloss.errors import SettingsError

FILE = '[crm.{entity}]\npath = "export.csv"\n'
HUBSPOT = "[crm.hubspot]\n"
SALESFORCE = '[crm.salesforce]\ninstance_url = "https://acme.my.salesforce.com"\n'


@pytest.fixture
def told(tmp_path):
    """Settings as a programme has them."""

    def run(text):
        (tmp_path / "winloss.toml").write_text(f'company = "Harbourline"\n{text}')
        return settings.read(tmp_path).crm

    return run


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HUBSPOT + FILE.format(entity="decisions"), r"decisions .*hubspot.* \[crm\.decisions\]"),
        (SALESFORCE + FILE.format(entity="sellers"), r"sellers .*salesforce.* \[crm\.sellers\]"),
        (HUBSPOT + SALESFORCE, r"decisions .*salesforce\] and from \[crm\.hubspot\]"),
    ],
)
def test_two_sources(told, text, message):
    """A file beside a CRM that fills the same, or two CRMs, contradict one another."""
    with pytest.raises(SettingsError, match=message) as caught:
        told(text)

    assert "drop one of the two" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_for_the_rest(told):
    """What the CRM does not fill may come from a file."""
    crm = told(HUBSPOT + FILE.format(entity="check_ins") + FILE.format(entity="rates"))

    assert crm.hubspot is not None
    assert crm.check_ins.path.name == crm.rates.path.name == "export.csv"


@pytest.mark.parametrize("setting", ['decimal = ";"', "date_format = []", "date_format = 1"])
def test_unknown_formats(told, setting):
    """A format that is none is said with the place of the setting."""
    with pytest.raises(SettingsError, match=rf"crm\.decisions\.{setting.split()[0]}"):
        told(FILE.format(entity="decisions") + setting + "\n")
