"""A programme of two forms and a handful of responses, to be swept in no time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.programmes import programme_file

from winloss import settings, steps, sweeping, warehouse
from winloss.sweeping import Compared
from winloss.typeform.reading.sweeping import Named
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys.definition import definition

PULLED_AT = datetime(2026, 10, 4, 1, tzinfo=UTC)
SWEPT_AT = PULLED_AT + timedelta(days=7)
LATER = SWEPT_AT + timedelta(days=7)
FORMS = {"Lost1": "lost_deal", "Cancel1": "cancellation"}
TOML = programme_file(FORMS).replace("[typeform]\n", "[typeform]\nforms_at_once = 1\n")


def response(name: str, at: datetime = PULLED_AT - timedelta(days=9), **extra: Any) -> Any:
    """A response that was submitted long before it was pulled."""
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    times = {"landed_at": moment, "submitted_at": moment}
    return {"token": name, "response_id": name, "answers": []} | times | extra


@dataclass(frozen=True)
class Small:
    """A programme of two forms, and what is at its source."""

    home: Path
    sandbox: Sandbox

    def put(self, form_id: str, *names: str) -> None:
        for name in names:
            self.sandbox.put(form_id, response(name))

    def drop(self, form_id: str, *names: str) -> None:
        for name in names:
            self.sandbox.drop(form_id, name)

    def pull(self, at: datetime = PULLED_AT) -> None:
        steps.land(self.home, steps.pull(self.home, at), at)

    def receive(self, item: Any, at: datetime, form_id: str = "Lost1") -> None:
        """Land what a webhook brought."""
        warehouse.land_item(
            settings.read(self.home).landing,
            json.dumps(item).encode(),
            form_id=form_id,
            form_kind=FORMS[form_id],
            source="webhook",
            received_at=at,
        )

    def sweep(self, at: datetime = SWEPT_AT, *accepted: str) -> dict[str, Compared]:
        """Read, compare and land; the build is not what these tests are about."""
        named = sweeping.read(self.home, at, accepted)
        return {each.form_id: each for each in self.concluded(named, at, *accepted)}

    def concluded(self, named: Named, at: datetime, *accepted: str) -> tuple[Compared, ...]:
        compared = sweeping.compare(self.home, named, at, accepted)
        sweeping.land(self.home, compared, at)
        return compared

    def deleted(self) -> list[str]:
        """Whatever is said to be deleted at the source, by the last word on it."""
        with warehouse.writing(settings.read(self.home).warehouse) as connection:
            held = warehouse.sweeping.held(connection)
        return [row["response_id"] for row in held.to_dicts() if row["is_deleted"]]

    def lines(self) -> list[str]:
        """Every line that landed."""
        files = sorted((self.home / "landing").rglob("*.ndjson"))
        return [line for file in files for line in file.read_text("utf-8").splitlines()]


def numbered(count: int) -> list[str]:
    return [f"r{number}" for number in range(count)]


@contextmanager
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    """The programme in a folder of its own, its Typeform on loopback."""
    folder = tmp_path / "typeform" / "forms"
    folder.mkdir(parents=True)
    for form_id, kind in FORMS.items():
        (folder / f"{form_id}.json").write_text(json.dumps(definition(kind, form_id)), "utf-8")
    (tmp_path / settings.FILE).write_text(TOML, "utf-8")
    with Sandbox(tmp_path / "typeform") as sandbox:
        monkeypatch.setenv("WINLOSS_TYPEFORM__BASE_URL", sandbox.base_url)
        monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "sandbox")
        yield Small(tmp_path, sandbox)
