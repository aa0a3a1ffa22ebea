"""From an invitation to a figure: only who answered the link we made is counted."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from tests.e2e.test_sellers import rows

from winloss import editing, render, settings, steps, surveying
from winloss.reporting import Edition
from winloss.typeform.links.linking import BASE
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys.definition import definition

NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
FORM = "Cancel1"
TOML = """company = "Northwind"

[typeform]
base_url = "{address}"
requests_per_second = 1000

[[typeform.forms]]
id = "Cancel1"
kind = "cancellation"

[crm.decisions]
path = "decisions.csv"

[crm.invitations]
path = "invitations.csv"
"""
DECISIONS = """decision_id,account_id,decision_kind,outcome,amount_usd,decided_on
D1,A1,cancelled,competitor,12000,2026-09-11
D2,A2,cancelled,competitor,9000,2026-09-12
D3,A3,cancelled,unknown,5000,2026-09-13
D4,A4,cancelled,unknown,5000,2026-09-13
"""
INVITATIONS = """invitation_id,form_kind,decision_id,account_id,respondent,sent_at
I1,cancellation,D1,A1,5e11,2026-09-14
I2,cancellation,D2,A2,5e12,2026-09-14
I3,cancellation,D3,A3,5e13,2026-09-14
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    folder = tmp_path / "typeform" / "forms"
    folder.mkdir(parents=True)
    (folder / f"{FORM}.json").write_text(json.dumps(definition("cancellation", FORM)), "utf-8")
    (tmp_path / "decisions.csv").write_text(DECISIONS, "utf-8")
    (tmp_path / "invitations.csv").write_text(INVITATIONS, "utf-8")
    with Sandbox(tmp_path / "typeform") as running:
        (tmp_path / settings.FILE).write_text(TOML.format(address=running.base_url), "utf-8")
        settings.provide(typeform_token="sandbox", signing_key="plainly-invented")
        yield running


def test_valid_changed_and_missing(sandbox: Sandbox, tmp_path: Path):
    surveying.links(
        tmp_path, tmp_path / "invitations.csv", tmp_path / "links.csv", base=BASE, is_forced=False
    )
    hidden = [fields(row["link"]) for row in read(tmp_path / "links.csv")]
    unsigned = {name: text for name, text in hidden[2].items() if name != "sig"}
    for token, sent in (
        ("valid", hidden[0]),
        ("changed", hidden[1] | {"decision_id": "D4"}),
        ("missing", unsigned),
    ):
        sandbox.put(FORM, response(token, sent))

    report = run(tmp_path)

    assert rows(
        tmp_path, "select response_id, signature from staging.responses order by response_id"
    ) == [("changed", "invalid"), ("missing", "missing"), ("valid", "valid")]
    assert rows(tmp_path, "select count(distinct response_id) from raw.responses") == [(3,)]
    assert rows(tmp_path, "select response_id, decision_id, block from marts.responses") == [
        ("valid", "D1", hidden[0]["block"])
    ]
    assert rows(tmp_path, "select distinct decision_id from marts.decision_reasons") == [("D1",)]
    assert rows(tmp_path, "select count(*) from marts.verbatims") == [(1,)]
    assert (
        "Two responses of the last 13 weeks count nowhere for want of a valid signature: "
        "one without one and one with a false one." in report
    )


def run(home: Path) -> str:
    """The steps of a weekly run; the text of its full report."""
    wanted = Edition("weekly", steps.week_of(home, None, NOW), steps.EVERYBODY, NOW)
    landed = steps.land(home, steps.pull(home, NOW), NOW, wanted)
    steps.build(home, NOW)
    made = editing.report(home, landed.edition or wanted)
    return render.visible((made.folder / "full.html").read_text("utf-8"))


def fields(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).fragment))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def response(token: str, hidden: dict[str, str]) -> dict[str, Any]:
    at = "2026-09-30T10:00:00Z"
    return {
        "landing_id": token,
        "token": token,
        "response_id": token,
        "response_type": "completed",
        "landed_at": at,
        "submitted_at": at,
        "hidden": hidden,
        "answers": [
            {
                "type": "text",
                "text": "It was far too expensive.",
                "field": {"id": "1", "ref": "what_happened", "type": "long_text"},
            }
        ],
    }
