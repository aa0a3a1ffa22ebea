"""A pull of the programme says how far it is, as lines a person can follow."""

import json
import logging
from datetime import UTC, datetime

from tests.programmes import programme_file

from winloss import steps
from winloss.typeform.sandbox import Sandbox
from winloss.typeform.surveys.definition import definition


def test_every_line_says_its_share(tmp_path, monkeypatch, caplog):
    (tmp_path / "typeform" / "forms").mkdir(parents=True)
    form = tmp_path / "typeform" / "forms" / "Pulse1.json"
    form.write_text(json.dumps(definition("pulse", "Pulse1")), "utf-8")
    monkeypatch.setenv("WINLOSS_TYPEFORM_TOKEN", "sandbox")
    with Sandbox(tmp_path / "typeform") as sandbox:
        at = "2026-09-01T08:00:00Z"
        sandbox.put("Pulse1", {"token": "t", "landed_at": at, "submitted_at": at})
        (tmp_path / "winloss.toml").write_text(
            programme_file({"Pulse1": "pulse"}, base_url=sandbox.base_url), "utf-8"
        )

        with caplog.at_level(logging.INFO, "winloss"):
            steps.pull(tmp_path, datetime(2026, 10, 1, tzinfo=UTC))

    told = [(each.getMessage(), each.share) for each in caplog.records if hasattr(each, "share")]
    assert told[0] == ("0 of 1 form, 0 responses", 0.0)
    assert told[-1] == ("1 of 1 form, 1 response", 1.0)
