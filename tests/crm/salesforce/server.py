"""A Salesforce on loopback, as its REST API is documented (https://developer.salesforce.com/docs).

Describe, SOQL of one object with pages and their locators, the client credentials flow, and the
two histories of an opportunity: `OpportunityHistory` always, `OpportunityFieldHistory` of the
fields that are tracked.
"""

import base64
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from tests.crm.loopback import Answered, Asked, Loopback

TOKEN = "00D5g000000ABCD!AQEAQtoken.of_a_session"
CLIENT = ("3MVG9.key", "secret-of-the-app")
VERSION = "62.0"
_SELECT = re.compile(r"SELECT (.+?) FROM (\w+)(?: WHERE (.+?))? ORDER BY Id")
_IN = re.compile(r"(\w+) IN \((.*)\)")
_IS = re.compile(r"(\w+) = '(.*)'")
_STAGED = ("StageName", "Amount", "CloseDate")
STAGES = {
    "Qualification": (False, False),
    "Negotiation": (False, False),
    "Closed Won": (True, True),
    "Closed Lost": (True, False),
}


def instant(at: datetime) -> str:
    """As Salesforce writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "+0000")


def _typed(fields: str) -> dict[str, str]:
    pairs = (field.partition(":") for field in fields.split())
    return {name: type_ or "string" for name, _, type_ in pairs}


class Salesforce(Loopback):
    """One org; what is put into it is served from then on."""

    def __init__(self) -> None:
        super().__init__()
        self.page = 2000
        self.tokens = {TOKEN}
        self.objects: dict[str, dict[str, str]] = {
            "Opportunity": _typed(
                "Id:id AccountId:reference OwnerId:reference StageName:picklist Amount:currency "
                "CloseDate:date CreatedDate:datetime Type:picklist IsClosed:boolean"
            ),
            "Account": _typed("Id:id Name Industry:picklist BillingCountry Type:picklist"),
            "User": _typed("Id:id Name Email UserRoleId:reference"),
            "OpportunityStage": _typed("Id:id ApiName MasterLabel IsClosed:boolean IsWon:boolean"),
            "OpportunityHistory": _typed(
                "Id:id OpportunityId StageName Amount CloseDate CreatedDate:datetime"
            ),
            "OpportunityFieldHistory": _typed(
                "Id:id OpportunityId Field OldValue NewValue CreatedDate:datetime"
            ),
        }
        self.related = {"UserRoleId": "UserRole", "AccountId": "Account", "OwnerId": "Owner"}
        self.tracked: set[str] = {"Owner"}
        self.records: dict[str, list[dict[str, Any]]] = {name: [] for name in self.objects}
        for number, (name, (is_closed, is_won)) in enumerate(STAGES.items()):
            self.records["OpportunityStage"].append(
                {"Id": f"01J{number}", "ApiName": name, "MasterLabel": name,
                 "IsClosed": is_closed, "IsWon": is_won}
            )  # fmt: skip

    def put(self, kind: str, **values: Any) -> None:
        """A record of any object."""
        self.records[kind].append(values)

    def user(self, user_id: str, name: str, role: str = "") -> None:
        """A user, with the role that stands for a team."""
        related = {"Name": role} if role else None
        email = f"{name.split(maxsplit=1)[0].lower()}@harbourline.example"
        self.put("User", Id=user_id, Name=name, Email=email, UserRole=related)

    def opportunity(self, key: str, at: datetime, **values: Any) -> None:
        """An opportunity made at an instant; making it leaves no field history."""
        made = {"Amount": None, "CloseDate": "2026-12-31", "AccountId": None, "OwnerId": "005A"}
        self.put("Opportunity", Id=key, CreatedDate=instant(at), **made | values)
        self._remember(key, at)

    def set(self, key: str, at: datetime, **values: Any) -> None:
        """Give fields other values, as a person does."""
        record = next(each for each in self.records["Opportunity"] if each["Id"] == key)
        for name, new in values.items():
            old, record[name] = record.get(name), new
            field = "Owner" if name == "OwnerId" else name
            if field in self.tracked and field not in _STAGED:
                self._track(key, at, field, old, new)
        if set(values) & set(_STAGED):
            self._remember(key, at)

    def _remember(self, key: str, at: datetime) -> None:
        record = next(each for each in self.records["Opportunity"] if each["Id"] == key)
        staged = {name: record.get(name) for name in _STAGED}
        identity = f"008{len(self.records['OpportunityHistory'])}"
        self.put(
            "OpportunityHistory", Id=identity, OpportunityId=key, CreatedDate=instant(at), **staged
        )

    def _track(self, key: str, at: datetime, field: str, old: Any, new: Any) -> None:
        pairs = [(old, new)]
        if field == "Owner":
            names = {each["Id"]: each["Name"] for each in self.records["User"]}
            pairs.append((names.get(old), names.get(new)))
        for before, after in pairs:
            identity = f"017{len(self.records['OpportunityFieldHistory'])}"
            self.put(
                "OpportunityFieldHistory", Id=identity, OpportunityId=key, Field=field,
                OldValue=before, NewValue=after, CreatedDate=instant(at),
            )  # fmt: skip

    def answer(self, asked: Asked) -> Answered:
        """What the API says."""
        if asked.path == "/services/oauth2/token":
            return self._token(asked)
        if asked.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return error(401, "INVALID_SESSION_ID")
        what = asked.path.removeprefix(f"/services/data/v{VERSION}/").strip("/").split("/")
        if what[0] == "sobjects" and what[1] in self.objects:
            return self._described(what[1])
        if what == ["query"]:
            return self._queried(asked.parameters["q"][0], 0, asked.parameters["q"][0])
        if what[0] == "query":
            return self._continued(what[1])
        return error(404, "NOT_FOUND")

    def _token(self, asked: Asked) -> Answered:
        pair = base64.b64encode(":".join(CLIENT).encode()).decode()
        given = parse_qs(asked.body)
        if given.get("grant_type") != ["client_credentials"]:
            return Answered(400, {"error": "unsupported_grant_type", "error_description": "no"})
        if asked.headers.get("Authorization") != f"Basic {pair}":
            said = {"error": "invalid_client", "error_description": "invalid client credentials"}
            return Answered(400, said)
        token = f"00D!{len(self.seen)}"
        self.tokens.add(token)
        body = {"access_token": token, "instance_url": self.address, "token_type": "Bearer"}
        return Answered(200, body)

    def _described(self, kind: str) -> Answered:
        fields = [
            {"name": name, "label": name, "type": type_,
             "relationshipName": self.related.get(name) if type_ == "reference" else None}
            for name, type_ in self.objects[kind].items()
        ]  # fmt: skip
        return Answered(200, {"name": kind, "fields": fields})

    def _continued(self, locator: str) -> Answered:
        key, _, start = locator.rpartition("-")
        queries = [each.parameters["q"][0] for each in self.seen if "q" in each.parameters]
        if not key.removeprefix("01g").isdigit():
            return error(400, "INVALID_QUERY_LOCATOR")
        return self._queried(queries[int(key.removeprefix("01g"))], int(start), "")

    def _queried(self, query: str, start: int, new: str) -> Answered:
        found = _SELECT.fullmatch(query)
        if found is None:
            return error(400, "MALFORMED_QUERY")
        names, kind, where = found[1].split(", "), found[2], found[3]
        if kind not in self.objects:
            return error(400, "INVALID_TYPE")
        known = self.objects[kind]
        relations = {self.related[name] for name in known if name in self.related}
        if any(name not in known and name.partition(".")[0] not in relations for name in names):
            return error(400, "INVALID_FIELD")
        records = sorted(self._chosen(kind, where), key=lambda each: each["Id"])
        shown = [_shown(each, names, kind) for each in records]
        queries = [each.parameters["q"][0] for each in self.seen if "q" in each.parameters]
        locator = len(queries) - 1 if new else queries.index(query)
        end = start + self.page
        body = {"totalSize": len(shown), "done": end >= len(shown), "records": shown[start:end]}
        if end < len(shown):
            body["nextRecordsUrl"] = f"/services/data/v{VERSION}/query/01g{locator}-{end}"
        return Answered(200, body)

    def _chosen(self, kind: str, where: str | None) -> list[dict[str, Any]]:
        records = self.records[kind]
        if where is None:
            return records
        if among := _IN.fullmatch(where):
            values = [part.strip(" '") for part in among[2].split(",")]
            return [each for each in records if each.get(among[1]) in values]
        same = _IS.fullmatch(where)
        assert same is not None, where
        return [each for each in records if each.get(same[1]) == same[2]]


def _shown(record: dict[str, Any], names: list[str], kind: str) -> dict[str, Any]:
    """Only what was selected; a related record stands in its own object."""
    shown: dict[str, Any] = {"attributes": {"type": kind, "url": f"/sobjects/{record['Id']}"}}
    for name in names:
        head, dot, _ = name.partition(".")
        shown[head] = record.get(head) if dot else record.get(name)
    return shown


def error(status: int, code: str) -> Answered:
    """An error as the API words it."""
    return Answered(status, [{"message": "secret words of theirs", "errorCode": code}])
