"""Recorded folders, sandboxes serving them, and settings that do not wait."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from winloss.settings import FormSettings, Settings, TypeformSettings
from winloss.typeform.definition import definition
from winloss.typeform.sandbox import Sandbox

Item = dict[str, Any]
START = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def response() -> Callable[..., Item]:
    """Make a response submitted so many minutes after the first of September, 8:00."""

    def make(token: str, minutes: float = 0, **extra: object) -> Item:
        at = (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        times = {"landed_at": at, "submitted_at": at}
        return {"token": token, "response_id": token, "answers": []} | times | extra

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two invented forms, nobody has answered yet."""
    home = tmp_path / "typeform"
    (home / "forms").mkdir(parents=True)
    for form_id, kind in (("Lost1", "lost_deal"), ("Cancel1", "cancellation")):
        made = json.dumps(definition(kind, form_id))
        (home / "forms" / f"{form_id}.json").write_text(made, "utf-8")
    return home


@pytest.fixture
def sandbox(folder: Path) -> Iterator[Sandbox]:
    with Sandbox(folder) as running:
        yield running


@pytest.fixture
def reach() -> Callable[..., TypeformSettings]:
    """Make settings for an address, in a hurry."""

    def make(base_url: str, **extra: Any) -> TypeformSettings:
        hurry = {"requests_per_second": 10_000, "backoff_seconds": 0, "retries": 2}
        return TypeformSettings(base_url=base_url, **(hurry | extra))

    return make


@pytest.fixture
def programme(tmp_path: Path, reach: Callable[..., TypeformSettings]) -> Callable[..., Settings]:
    """Make a programme with both invented forms."""

    def make(base_url: str, *, token: str | None = None, **extra: Any) -> Settings:
        both = (
            FormSettings(id="Lost1", kind="lost_deal"),
            FormSettings(id="Cancel1", kind="cancellation"),
        )
        secret = SecretStr("sandbox" if token is None else token)
        typeform = reach(base_url, **({"forms": both} | extra))
        return Settings(
            company="Harbourline", home=tmp_path, typeform=typeform, typeform_token=secret
        )

    return make
