"""Every recorded response, of ten years and many forms, served, pulled, landed and built."""

import json
from typing import Any

from winloss.typeform.sandbox.items import token_of, type_of


def recorded(folder):
    """The recorded responses by their names; of one name, the last."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "typeform").glob("*.json")):
        payload = json.loads(path.read_text(encoding="utf-8"))
        if path.name.startswith("responses_"):
            items = payload["items"]
        elif path.name.startswith("response_"):
            items = [payload]
        elif path.name.startswith("webhook_") and "config" not in path.name:
            items = [payload.get("form_response", payload)]
        else:
            items = []
        found |= {item.get("response_id") or token_of(item): item for item in items}
    return found


def test_no_recorded_answer_is_lost_on_the_way(weekly, shared_data):
    """As many answers to each come out as went in, and no response costs another."""
    items = recorded(shared_data)
    for item in items.values():
        weekly.sandbox.put("Lost1", item)
    went_in = {
        name: len(item.get("answers") or [])
        for name, item in items.items()
        if type_of(item) != "started"
    }

    # The test event of one recording was submitted in the year 2030.
    weekly.run(weekly.sandbox.behaviour.instant().replace(year=2031))

    rows = weekly.rows(
        "select response_id, count(answers.position) as answer_count from staging.responses"
        " left join staging.answers using (form_id, response_id) group by response_id"
    )
    assert {row["response_id"]: row["answer_count"] for row in rows} == went_in
    assert sum(went_in.values()) > 300
