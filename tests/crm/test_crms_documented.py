"""docs/crms.md says which field fills which column, and its examples are settings that hold."""

import re
import tomllib
from pathlib import Path

import pytest

from winloss.settings import ConnectorSettings, HubSpotSettings, SalesforceSettings, Settings

TEXT = (Path(__file__).parents[2] / "docs" / "crms.md").read_text("utf-8")
CRMS: dict[str, type[ConnectorSettings]] = {
    "hubspot": HubSpotSettings,
    "salesforce": SalesforceSettings,
}


def table(title: str) -> list[list[str]]:
    """The rows of the table under a title."""
    under = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line for line in under.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL))
def test_an_example_is_a_settings_file(example: str) -> None:
    told = tomllib.loads(example)

    settings = Settings.model_validate({"company": "Harbourline", **told})

    for name in told["crm"]:
        assert getattr(settings.crm, name) is not None


@pytest.mark.parametrize(("vendor", "place"), [("hubspot", 0), ("salesforce", 1)])
def test_every_usual_field_is_there(vendor: str, place: int) -> None:
    said = {
        (entity, column.strip("`")): field.strip("`")
        for entity, column, *fields in table("Which field fills which column")
        if not (field := fields[place]).startswith("the owner")
    }

    for entity, columns in CRMS[vendor].usual.items():
        for column, field in columns.items():
            assert said.get((entity, column), "") == field


def test_every_setting_is_there_with_its_default() -> None:
    told = {row[0]: row[1].strip("`") for row in table("What both may be told")}
    named = {name.strip("` ") for row in told for name in row.split(",")}
    both = HubSpotSettings.model_fields | SalesforceSettings.model_fields

    assert named == set(both)
    for name, field in both.items():
        if isinstance(field.default, str | int | float) and field.default:
            assert told[f"`{name}`"] == str(field.default)
