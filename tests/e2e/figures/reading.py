"""Puts the files that went in together: which decision a response is about, who may be counted."""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.figures.files import is_signed, parsed, seen, value
from tests.e2e.figures.given import TODAY, Decision, Inputs, Response

from winloss import sample

OPEN = timedelta(days=45)
STAGES = {
    "Closed Lost": "lost",
    "Closed Won": "won",
    "Cancelled": "cancelled",
    "Renewed": "renewed",
    **dict.fromkeys(("Qualification", "Demonstration", "Proposal", "Negotiation"), "open"),
}
OUTCOMES = {
    "Competitor": "competitor",
    "No Decision": "no_decision",
    "Built In-House": "in_house",
    "Not Known": "unknown",
}


def inputs(home: Path) -> Inputs:
    """Everything that went into a programme's folder."""
    found = Inputs(home)
    found.accounts.update({row["Account ID"]: row for row in found.rows("accounts")})
    read_decisions(found)
    read_responses(found)
    return found


def read_decisions(inputs: Inputs) -> None:
    """The decided opportunities: of several rows of one id the first that can be used."""
    invited: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in inputs.rows("invitations"):
        days = (parsed(row["Sent At"][:10]), parsed(row["Closes At"][:10]))
        invited[row["Opportunity ID"]].append(days)
    for row in inputs.rows("opportunities"):
        kind = STAGES.get(row["Stage"], "")
        decision_id = row["Opportunity ID"]
        if kind in {"", "open"} or decision_id in inputs.decisions:
            continue
        decided_on = parsed(row["Close Date"])
        if decided_on > TODAY:
            continue
        asked = invited.get(decision_id, [])
        amount = row["Amount (USD)"].replace(",", "")
        inputs.decisions[decision_id] = Decision(
            decision_id,
            row["Account ID"],
            kind,
            OUTCOMES.get(row["Lost To"], "unknown" if kind == "lost" else None),
            row["Main Competitor"].strip(),
            float(amount) if amount else None,
            row["Owner Team"],
            inputs.accounts.get(row["Account ID"], {}).get("Segment", ""),
            decided_on,
            min((sent for sent, _ in asked), default=None),
            max((closes for _, closes in asked), default=decided_on + OPEN),
            row["Owner ID"],
        )


def read_responses(inputs: Inputs) -> None:
    """Every response Typeform holds; those count that are finished and came by our link."""
    kinds = {form_id: kind for kind, form_id in sample.FORM_IDS.items()}
    for folder in sorted((inputs.home / "typeform" / "responses").iterdir()):
        kind = kinds[folder.name]
        definition = json.loads((folder.parents[1] / f"forms/{folder.name}.json").read_bytes())
        for page in sorted(folder.glob("page_*.json")):
            for item in json.loads(page.read_bytes())["items"]:
                # Who left off and finished later stands there twice.
                if item["response_type"] == "completed" or item["response_id"] not in inputs.raw:
                    inputs.raw[item["response_id"]] = item
                if item["response_type"] == "completed" and is_signed(item["hidden"]):
                    inputs.everybody.append(response(inputs, item, kind, folder.name, definition))


def response(
    inputs: Inputs, item: dict[str, Any], kind: str, form_id: str, definition: dict[str, Any]
) -> Response:
    """One item as a response; staff answer unseen."""
    hidden = item["hidden"] if kind != "staff" else {"team": item["hidden"].get("team", "")}
    decision = inputs.decisions.get(hidden.get("decision_id", ""))
    account = hidden.get("account_id", "")
    known = account if account in inputs.accounts else None
    return Response(
        item["response_id"],
        form_id,
        kind,
        decision,
        decision.account_id if decision else known,
        hidden.get("respondent") or None,
        hidden.get("team") or None,
        datetime.fromisoformat(item["submitted_at"]).astimezone(UTC),
        seen(definition, item["hidden"]),
        {answer["field"]["ref"]: value(answer) for answer in item.get("answers") or []},
    )
