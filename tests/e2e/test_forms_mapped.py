"""A customer's own form: mapped by the command, and the weekly run makes figures of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import tomlkit
from tests.e2e.test_command_line import winloss
from tests.typeform.mapping.customers_forms import CANCELLATION

from winloss import settings, steps, surveying
from winloss.typeform.sandbox import Sandbox

NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
FORM = "Theirs1"
TOML = """# Northwind's programme.
company = "Northwind"

[typeform]
base_url = "{address}"
requests_per_second = 1000

[crm.decisions]
path = "decisions.csv"
"""
DECISIONS = """decision_id,account_id,decision_kind,outcome,amount_usd,decided_on
D1,A1,cancelled,competitor,12000,2026-09-21
D2,A2,cancelled,competitor,9000,2026-09-22
D3,A3,cancelled,unknown,5000,2026-09-23
"""
FIELDS = {field["title"].replace("*", ""): field for field in CANCELLATION["fields"]}
REASON = "What is the main reason you are cancelling your subscription?"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A programme without forms, and the Typeform with the customer's own, answered thrice."""
    folder = tmp_path / "typeform" / "forms"
    folder.mkdir(parents=True)
    theirs = CANCELLATION | {"id": FORM, "hidden": ["account_id", "decision_id"]}
    (folder / f"{FORM}.json").write_text(json.dumps(theirs), "utf-8")
    (tmp_path / "decisions.csv").write_text(DECISIONS, "utf-8")
    with Sandbox(tmp_path / "typeform") as sandbox:
        for item in responses():
            sandbox.put(FORM, item)
        (tmp_path / settings.FILE).write_text(TOML.format(address=sandbox.base_url), "utf-8")
        settings.provide(typeform_token="sandbox")
        yield tmp_path


def test_mapped_and_the_run_uses_it(home: Path, capsys: pytest.CaptureFixture[str]):
    surveying.map_form(home, FORM, "cancellation", is_agreed=True)
    said = " ".join(capsys.readouterr().out.split())
    run(home)

    assert "Nobody may be quoted." in said
    assert "satisfaction: its scale runs from 1 to 10" in said
    assert rows(
        home,
        "select decision_id, source, reason from marts.decision_reasons "
        "where source = 'chosen' order by decision_id",
    ) == [("D1", "chosen", "price_level"), ("D2", "chosen", "integration")]
    assert ("D1", "written", "price_level") in rows(
        home, "select decision_id, source, reason from marts.decision_reasons"
    )
    assert rows(
        home,
        "select decision_id, question_ref, asks, may_quote from marts.verbatims "
        "where decision_id = 'D1' order by question_ref",
    ) == [
        ("D1", "what_happened", "reason", "counted"),
        ("D1", "would_have_changed", "decisive_words", "counted"),
    ]
    assert rows(home, "select decision_id, competitor_said from marts.decisions order by 1") == [
        ("D1", "Quayside"), ("D2", None), ("D3", None),
    ]  # fmt: skip


def test_a_scale_of_ten_is_read_as_one_of_five(home: Path):
    surveying.map_form(home, FORM, "cancellation", is_agreed=True)
    run(home)

    assert rows(
        home,
        "select decision_id, is_satisfied from marts.loyalty "
        "inner join marts.responses using (response_key) order by 1",
    ) == [("D1", True), ("D2", False), ("D3", None)]


def test_a_choice_of_theirs_without_one_of_ours_stays_in_their_words(home: Path):
    surveying.map_form(home, FORM, "cancellation", is_agreed=True)
    run(home)

    assert rows(
        home,
        "select len(choice_refs), other_text from marts.answers "
        "where question_ref = 'reason_chosen' and decision_id = 'D3'",
    ) == [(0, "Our owner sold the fleet")]


def test_unmapped_the_same_answers_give_no_figure(home: Path):
    """What the mapping adds is the mapping's: without it there is nothing."""
    with_form = TOML + f'[[typeform.forms]]\nid = "{FORM}"\nkind = "cancellation"\nsigned = false\n'
    address = settings.read(home).typeform.base_url
    (home / settings.FILE).write_text(with_form.format(address=address), "utf-8")

    run(home)

    assert rows(home, "select * from marts.decision_reasons") == []
    assert rows(home, "select * from marts.verbatims") == []
    assert len(rows(home, "select * from marts.responses")) == 3


def test_without_a_terminal_the_toml_is_printed_and_nothing_written(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    before = (home / settings.FILE).read_bytes()
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "sandbox")

    done = winloss("forms", "map", FORM, "--kind", "cancellation", "--home", str(home), cwd=home)

    assert done.returncode == 0, done.stderr
    (form,) = tomlkit.parse(done.stdout).unwrap()["typeform"]["forms"]
    assert form["questions"][FIELDS[REASON]["ref"]] == "reason_chosen"
    assert form["signed"] is False
    assert "their question" in done.stderr
    assert (home / settings.FILE).read_bytes() == before


def run(home: Path) -> None:
    steps.land(home, steps.pull(home, NOW), NOW)
    steps.build(home, NOW)


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def responses() -> Iterator[dict[str, Any]]:
    """One with today's refs, one as answers were in 2020 (labels alone), one of an `Other`."""
    first, third = FIELDS[REASON]["properties"]["choices"][0:3:2]
    yield response(
        "D1",
        answer(REASON, "choice", first),
        answer(
            "Can you tell us a bit more about what happened?",
            "text",
            "The price went up twice and became far too expensive for us.",
        ),
        answer("Which product are you switching to?", "text", "Quayside"),
        answer("What could we have done to keep you?", "text", "A lower price."),
        answer("How satisfied were you with our product overall?", "number", 9),
    )
    yield response(
        "D2",
        answer(REASON, "choice", {"label": third["label"]}),
        answer("How satisfied were you with our product overall?", "number", 4),
    )
    yield response("D3", answer(REASON, "choice", {"other": "Our owner sold the fleet"}))


def response(decision_id: str, *answers: dict[str, Any]) -> dict[str, Any]:
    at = "2026-09-30T10:00:00Z"
    token = f"token{decision_id.lower()}".ljust(32, "0")
    return {
        "landing_id": token,
        "token": token,
        "response_id": token,
        "response_type": "completed",
        "landed_at": at,
        "submitted_at": at,
        "hidden": {"decision_id": decision_id, "account_id": f"A{decision_id[1:]}"},
        "answers": list(answers),
    }


def answer(title: str, kind: str, value: object) -> dict[str, Any]:
    asked = FIELDS[title]
    about = {name: asked[name] for name in ("id", "ref", "type")}
    return {"type": kind, kind: value, "field": about}
