"""A programme made by hand, empty or as Harbourline's, and the report under test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pydantic import SecretStr
from tests.reports import harbourline as company
from tests.reports.programme import AS_OF, PARENTS, Programme

from winloss import resources
from winloss.reporting import Edition
from winloss.settings import CrmFile, CrmSettings, FormSettings, Settings, TypeformSettings
from winloss.weeks import Week

WEEK = Week.parse("2026-W40")


@pytest.fixture
def programme(connection: duckdb.DuckDBPyConnection) -> Programme:
    """A programme with a codebook and settings, and nothing in it yet."""
    made = Programme(connection)
    for reason, (parent, label) in PARENTS.items():
        made.add("seeds.reasons", reason=reason, parent=parent, label=label, valid_from="2026")
    made.add("seeds.settings", due_days=14, open_days=45, check_in_days=90)
    return made


@pytest.fixture
def edition() -> Edition:
    """Week 40, made on the Monday after it."""
    return Edition("weekly", WEEK, "all", AS_OF)


@pytest.fixture
def settings() -> Settings:
    """Harbourline's, with nothing connected."""
    return Settings(company="Harbourline", time_zone="Europe/Berlin")


@pytest.fixture
def make() -> Callable[..., Any]:
    """The report under test."""
    return resources.load("reports", "weekly").make  # type: ignore[no-any-return]


@pytest.fixture
def harbourline(programme: Programme) -> Programme:
    """Four told us why in week 40, over a background of thirteen weeks."""
    company.fill(programme)
    return programme


@pytest.fixture
def connected(settings: Settings) -> Settings:
    """A programme with a form, a token and a CRM export."""
    return settings.model_copy(
        update={
            "typeform": TypeformSettings(forms=(FormSettings(id="form", kind="lost_deal"),)),
            "typeform_token": SecretStr("sandbox"),
            "crm": CrmSettings(decisions=CrmFile(path=Path("decisions.csv"))),
        }
    )
