"""A programme of two forms that is pulled, landed and built over real HTTP, week by week."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.programmes import programme_file

from winloss import steps, typeform, warehouse
from winloss.typeform.sandbox import Sandbox

Json = dict[str, Any]
FIRST = datetime(2026, 9, 7, 4, tzinfo=UTC)
"""The Monday of the first run."""


FORMS = {"Lost1": "lost_deal", "Cancel1": "cancellation"}


@dataclass(frozen=True)
class Weekly:
    """The programme's folder and the Typeform it reads."""

    home: Path
    sandbox: Sandbox

    def fetch(self, now: datetime = FIRST) -> typeform.Pulls:
        """Pull and land, as the weekly run does."""
        self.sandbox.behaviour.now = now
        pulls = steps.pull(self.home, now)
        steps.land(self.home, pulls, now)
        return pulls

    def run(self, now: datetime = FIRST) -> None:
        """Pull, land and build."""
        self.fetch(now)
        steps.build(self.home, now)

    def rows(self, query: str) -> list[Json]:
        """What a query of the warehouse says."""
        with warehouse.reading(self.home / "warehouse.duckdb") as connection:
            found: list[Json] = connection.sql(query).pl().to_dicts()
        return found

    def received(self, form_id: str = "Lost1") -> list[str]:
        """The names of a form's responses in raw, one per line of them, in order."""
        query = f"select response_id from raw.responses where form_id = '{form_id}'"
        return sorted(row["response_id"] for row in self.rows(query))

    def response(self, token: str, form_id: str = "Lost1") -> Json:
        """The one row of a response above raw."""
        (row,) = self.rows(
            f"from staging.responses where response_id = '{token}' and form_id = '{form_id}'"
        )
        return row

    def answers(self, token: str, form_id: str = "Lost1") -> list[Json]:
        """A response's answers above raw, in the order received."""
        return self.rows(
            "from staging.answers"
            f" where response_id = '{token}' and form_id = '{form_id}' order by position"
        )


@pytest.fixture(scope="session")
def respond() -> Callable[..., Json]:
    """Make a completed response, submitted so long before the first run."""

    def make(
        token: str, *answers: Json, before: timedelta = timedelta(days=1), **more: Any
    ) -> Json:
        at = (FIRST - before).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = {"token": token, "response_id": token, "response_type": "completed"}
        return said | {"landed_at": at, "submitted_at": at, "answers": list(answers)} | more

    return make


@pytest.fixture(scope="session")
def answer() -> Callable[..., Json]:
    """Make an answer of a type to the question of a ref."""

    def make(kind: str, value: object, ref: str = "asked", **field: Any) -> Json:
        asked = {"id": f"id_{ref}", "ref": ref, "type": "short_text"} | field
        return {"type": kind, kind: value, "field": asked}

    return make


@pytest.fixture(scope="session")
def question() -> Callable[..., Json]:
    """Make a question of a form, as GET /forms/{id} shows it."""

    def make(ref: str, field_type: str = "short_text", **more: Any) -> Json:
        return {
            "id": f"id_{ref}",
            "ref": ref,
            "title": f"What of {ref}?",
            "type": field_type,
        } | more

    return make


@pytest.fixture(scope="session")
def opened(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Json], Iterator[Weekly]]:
    """Open a programme whose form Lost1 has the questions given, for as long as it is used."""

    def make(form: Json) -> Iterator[Weekly]:
        home = tmp_path_factory.mktemp("weekly")
        (home / "forms").mkdir()
        for form_id in ("Lost1", "Cancel1"):
            links = {"responses": f"https://api.typeform.com/forms/{form_id}/responses"}
            made: Json = {"id": form_id, "title": form_id, "fields": [], "_links": links} | form
            (home / "forms" / f"{form_id}.json").write_text(json.dumps(made), encoding="utf-8")
        with Sandbox(home) as sandbox, pytest.MonkeyPatch.context() as patch:
            (home / "winloss.toml").write_text(
                programme_file(FORMS, base_url=sandbox.base_url, retries=2), "utf-8"
            )
            patch.setenv("WINLOSS_TYPEFORM_TOKEN", "sandbox")
            yield Weekly(home, sandbox)

    return make


@pytest.fixture
def weekly(
    opened: Callable[[Json], Iterator[Weekly]], question: Callable[..., Json]
) -> Iterator[Weekly]:
    """A programme of its own for one test."""
    yield from opened({"fields": [question("asked")]})
