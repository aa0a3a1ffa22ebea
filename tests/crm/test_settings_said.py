"""What is wrong with a setting is said in our words alone."""

import pytest

from winloss import settings
from winloss.errors import SettingsError

BOTH = '[crm.accounts]\npath = "a.csv"\n[crm.hubspot]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            BOTH,
            "crm: accounts comes from [crm.hubspot] and from [crm.accounts]; drop one of the two.",
        ),
        ('time_zone = "Mars"', "time_zone: 'Mars' is not a time zone such as Europe/Berlin."),
        (
            '[crm.hubspot]\nbase_url = "x"',
            "crm.hubspot.base_url: 'x' is not an address such as https://example.com.",
        ),
    ],
)
def test_no_words_of_a_library(tmp_path, text, said):
    path = tmp_path / settings.FILE
    path.write_text(f'company = "Harbourline"\n{text}\n')

    with pytest.raises(SettingsError) as caught:
        settings.read(tmp_path)

    assert str(caught.value) == f"{path}: {said}"


def test_sources_that_are_set(tmp_path):
    """Files first, in the order in which they are read, then a CRM."""
    (tmp_path / settings.FILE).write_text(
        'company = "Harbourline"\n[crm.hubspot]\n[crm.rates]\npath = "r.csv"\n'
        '[crm.respondents]\npath = "p.csv"\n'
    )

    assert settings.read(tmp_path).crm.sources == ("respondents", "rates", "hubspot")
