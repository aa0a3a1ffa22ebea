"""A HubSpot on loopback, as its API is documented (https://developers.hubspot.com/docs).

Deals, companies, owners, pipelines and properties of API v3; a property that is set keeps its
history, and the history begins with the latest value.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tests.crm.loopback import Answered, Asked, Loopback

TOKEN = "pat-eu1-11111111-2222-3333-4444-555555555555"
_MOST_WITH_HISTORY = 50
_MOST = {"deals": 100, "companies": 100, "owners": 500}
_ALWAYS = ("createdate", "hs_lastmodifieddate", "hs_object_id")

SALES = {
    "id": "default",
    "label": "Sales Pipeline",
    "stages": {
        "appointmentscheduled": ("Appointment scheduled", "false", "0.2"),
        "contractsent": ("Contract sent", "false", "0.9"),
        "closedwon": ("Closed won", "true", "1.0"),
        "closedlost": ("Closed lost", "true", "0.0"),
    },
}
RENEWALS = {
    "id": "75e28846",
    "label": "Renewals",
    "stages": {
        "r-open": ("Up for renewal", "false", "0.5"),
        "r-won": ("Renewed", "true", "1.0"),
        "r-lost": ("Churned", "true", "0.0"),
    },
}


def instant(at: datetime) -> str:
    """As HubSpot writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class HubSpot(Loopback):
    """One account; what is put into it is served from then on."""

    def __init__(self) -> None:
        super().__init__()
        self.deals: dict[str, dict[str, Any]] = {}
        self.companies: dict[str, dict[str, str]] = {}
        self.owners: list[dict[str, Any]] = []
        self.pipelines: list[dict[str, Any]] = [SALES, RENEWALS]
        self.properties: dict[str, dict[str, dict[str, str]]] = {
            "deals": {
                name: {}
                for name in (
                    *_ALWAYS, "amount", "closedate", "closed_lost_reason", "deal_currency_code",
                    "dealname", "dealstage", "hubspot_owner_id", "pipeline",
                )
            },
            "companies": {name: {} for name in (*_ALWAYS, "name", "industry", "country")},
        }  # fmt: skip
        self.missing_scopes: set[str] = set()
        self.forgets_histories = False

    def deal(self, deal_id: str, at: datetime, company: str = "", **values: str) -> None:
        """A deal made at an instant."""
        made = {"createdate": instant(at), "hs_object_id": deal_id}
        self.deals[deal_id] = {"at": at, "history": {}, "companies": [company] if company else []}
        self.set(deal_id, at, **made, **values)

    def set(self, deal_id: str, at: datetime, **values: str) -> None:
        """Give properties of a deal other values, as a person does."""
        for name, value in values.items():
            assert name in self.properties["deals"], name
            versions = self.deals[deal_id]["history"].setdefault(name, [])
            versions.insert(0, {"value": value, "timestamp": instant(at), "sourceType": "CRM_UI"})

    def company(self, company_id: str, **values: str) -> None:
        """A company."""
        self.companies[company_id] = values

    def owner(self, owner_id: str, name: str, *, team: str = "", is_archived: bool = False) -> None:
        """A user who may own deals."""
        first, _, last = name.partition(" ")
        teams = [{"id": "1", "name": "Everybody", "primary": False}]
        if team:
            teams.append({"id": "2", "name": team, "primary": True})
        self.owners.append(
            {
                "id": owner_id, "email": f"{owner_id}@harbourline.example", "firstName": first,
                "lastName": last, "teams": teams, "archived": is_archived,
                "createdAt": "2024-01-01T00:00:00Z", "updatedAt": "2024-01-01T00:00:00Z",
            }
        )  # fmt: skip

    def answer(self, asked: Asked) -> Answered:
        """What the API says."""
        what = asked.path.removeprefix("/crm/v3/").strip("/")
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _error(401, "INVALID_AUTHENTICATION")
        if what.rpartition("/")[2] in self.missing_scopes:
            return _error(403, "MISSING_SCOPES")
        return self._told(what, asked)

    def _told(self, what: str, asked: Asked) -> Answered:
        match what.split("/"):
            case ["objects", ("deals" | "companies") as kind]:
                return self._objects(kind, asked)
            case ["owners"]:
                is_archived = asked.parameters.get("archived", ["false"])[0].lower() == "true"
                found = [owner for owner in self.owners if owner["archived"] == is_archived]
                return _page(found, "owners", asked)
            case ["pipelines", "deals"]:
                return Answered(200, {"results": [_pipeline(each) for each in self.pipelines]})
            case ["properties", kind] if kind in self.properties:
                return Answered(200, {"results": _properties(self.properties[kind])})
        return _error(404, "OBJECT_NOT_FOUND")

    def _objects(self, kind: str, asked: Asked) -> Answered:
        histories = asked.parameters.get("propertiesWithHistory", [])
        histories = [] if self.forgets_histories else histories
        limit = int(asked.parameters.get("limit", ["10"])[0])
        if histories and limit > _MOST_WITH_HISTORY:
            return _error(400, "VALIDATION_ERROR")
        wanted = asked.parameters.get("properties", [])
        known = self.properties[kind]
        if kind == "companies":
            items = [_company(key, each, wanted, known) for key, each in self.companies.items()]
            return _page(items, kind, asked)
        has_companies = "companies" in asked.parameters.get("associations", [])
        items = [
            _deal(
                key, each, [n for n in wanted if n in known], histories, has_companies=has_companies
            )
            for key, each in self.deals.items()
        ]
        return _page(items, kind, asked)


def _error(status: int, category: str) -> Answered:
    said = {"status": "error", "message": "secret words of theirs", "category": category}
    return Answered(status, said | {"correlationId": "a43683b0-5717-4ceb-80b4-104d02915d8c"})


def _page(items: list[dict[str, Any]], kind: str, asked: Asked) -> Answered:
    limit = int(asked.parameters.get("limit", ["10"])[0])
    if not 0 < limit <= _MOST[kind]:
        return _error(400, "VALIDATION_ERROR")
    start = int(asked.parameters.get("after", ["0"])[0])
    body: dict[str, Any] = {"results": items[start : start + limit]}
    if start + limit < len(items):
        after = str(start + limit)
        body["paging"] = {"next": {"after": after, "link": f"https://api.hubapi.com?after={after}"}}
    return Answered(200, body)


def _deal(
    key: str, deal: dict[str, Any], wanted: list[str], histories: list[str], *, has_companies: bool
) -> dict[str, Any]:
    values = {name: versions[0]["value"] for name, versions in deal["history"].items()}
    item: dict[str, Any] = {
        "id": key,
        "properties": {name: values.get(name) for name in (*_ALWAYS, *wanted)},
        "createdAt": instant(deal["at"]),
        "updatedAt": instant(deal["at"]),
        "archived": False,
    }
    if histories:
        told = {name: deal["history"][name] for name in histories if name in deal["history"]}
        item["propertiesWithHistory"] = told
    if has_companies and deal["companies"]:
        linked = [{"id": each, "type": "deal_to_company_unlabeled"} for each in deal["companies"]]
        primary = {"id": deal["companies"][-1], "type": "deal_to_company"}
        item["associations"] = {"companies": {"results": [*linked, primary]}}
    return item


def _company(
    key: str, values: dict[str, str], wanted: list[str], known: Iterable[str]
) -> dict[str, Any]:
    shown = {name: values.get(name) for name in (*_ALWAYS, *wanted) if name in known}
    dates = dict.fromkeys(("createdAt", "updatedAt"), "2024-01-01T00:00:00Z")
    return {"id": key, "properties": shown, "archived": False, **dates}


def _pipeline(pipeline: dict[str, Any]) -> dict[str, Any]:
    stages = [
        {"id": key, "label": label, "displayOrder": order, "archived": False,
         "metadata": {"isClosed": is_closed, "probability": probability}}
        for order, (key, (label, is_closed, probability)) in enumerate(pipeline["stages"].items())
    ]  # fmt: skip
    return {"id": pipeline["id"], "label": pipeline["label"], "displayOrder": 0, "stages": stages}


def _properties(known: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": name, "type": "enumeration" if options else "string",
         "fieldType": "select" if options else "text", "groupName": "dealinformation",
         "options": [{"value": v, "label": label, "hidden": False} for v, label in options.items()]}
        for name, options in known.items()
    ]  # fmt: skip
