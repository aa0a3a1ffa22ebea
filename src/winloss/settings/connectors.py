"""How to reach a CRM, and which of its fields say what; its keys come from the environment."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from winloss.settings.strict import Strict

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Fields(Strict):
    """Which of a CRM's fields fill one entity; what is not named here is as by default."""

    columns: dict[str, str] = Field(default_factory=dict)
    """Our column -> their field; an empty one leaves the column empty."""
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Our column -> their value -> our value (`outcome`, `is_current`, and so on)."""


class ConnectorSettings(Strict):
    """What every CRM needs to be told."""

    entities: ClassVar[tuple[str, ...]] = (
        "decisions",
        "accounts",
        "sellers",
        "seller_reasons",
        "decision_changes",
    )
    """What it fills; a file for one of them would say the same twice."""
    usual: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    """Entity -> our columns that a field of theirs may fill -> the field that does by default."""

    decisions: Fields = Fields()
    accounts: Fields = Fields()
    sellers: Fields = Fields()
    seller_reasons: Fields = Fields()
    ignored_stages: tuple[str, ...] = ()
    """Stages that are no decision of the customer's, such as Duplicate."""
    currency: str = "USD"
    """What an amount is in that names no currency of its own."""
    timeout_seconds: Annotated[float, Field(gt=0)] = 60
    """How long one answer may stay silent."""
    retries: Annotated[int, Field(ge=0, le=10)] = 5
    backoff_seconds: Annotated[float, Field(ge=0)] = 1

    def fields(self, entity: str) -> dict[str, str]:
        """Our column -> their field, for the columns of an entity that have one."""
        given: Fields = getattr(self, entity)
        named = {**self.usual.get(entity, {}), **given.columns}
        return {column: field for column, field in named.items() if field}

    @model_validator(mode="after")
    def _known_columns(self) -> Self:
        for entity in ("decisions", "accounts", "sellers", "seller_reasons"):
            given: Fields = getattr(self, entity)
            may = self.usual.get(entity, {})
            for column in [*given.columns, *given.values]:
                if column not in may:
                    ours = ", ".join(may) or "none"
                    raise ValueError(
                        f"{entity} has no column {column!r} to choose; there are {ours}"
                    )
        return self


def _address(value: str) -> str:
    """Without a slash at the end; a key sent in the clear would be anybody's."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError as error:
        raise ValueError(f"{value!r} is not an address") from error
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not host or not is_safe or parts.path.strip("/") or parts.query:
        raise ValueError(f"{value!r} is not an address such as https://example.com")
    return value.rstrip("/")


class HubSpotSettings(ConnectorSettings):
    """How to read deals from HubSpot (`WINLOSS_HUBSPOT_TOKEN`, a private app's)."""

    usual: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "decisions": {
            "outcome": "",
            "product": "",
            "competitor": "",
            "team": "",
            "amount": "amount",
            "currency": "deal_currency_code",
            "opened_on": "createdate",
            "decided_on": "closedate",
        },
        "accounts": {
            "account_name": "name",
            "segment": "",
            "sector": "industry",
            "region": "country",
            "customer_since_on": "",
            "is_current": "",
        },
        "seller_reasons": {
            "seller_value": "closed_lost_reason",
            "seller_text": "",
            "confidence": "",
        },
    }

    base_url: str = "https://api.hubapi.com"
    pipelines: tuple[str, ...] = ()
    """Names or ids of the pipelines to read; empty: all."""
    renewal_pipelines: tuple[str, ...] = ()
    """Pipelines in which a deal won is a renewal, and one lost a cancellation."""

    _checked = field_validator("base_url")(_address)


class SalesforceSettings(ConnectorSettings):
    """How to read opportunities from Salesforce.

    The key is WINLOSS_SALESFORCE_TOKEN, or WINLOSS_SALESFORCE_CLIENT_ID and
    WINLOSS_SALESFORCE_CLIENT_SECRET of a connected app with the client credentials flow.
    """

    usual: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "decisions": {
            "outcome": "",
            "product": "",
            "competitor": "",
            "team": "",
            "amount": "Amount",
            "opened_on": "CreatedDate",
            "decided_on": "CloseDate",
        },
        "accounts": {
            "account_name": "Name",
            "segment": "",
            "sector": "Industry",
            "region": "BillingCountry",
            "customer_since_on": "",
            "is_current": "",
        },
        "sellers": {"team": "UserRole.Name"},
        "seller_reasons": {"seller_value": "", "seller_text": "", "confidence": ""},
    }

    instance_url: str
    """My Domain's address, such as https://acme.my.salesforce.com."""
    api_version: Annotated[str, Field(pattern=r"^\d{2,3}\.0$")] = "62.0"
    where: str = ""
    """A SOQL condition that picks the opportunities to read; empty: all."""
    kind_field: str = "Type"
    """The field that tells a renewal from a new sale, such as Type or RecordType.DeveloperName."""
    renewal_kinds: tuple[str, ...] = ()
    """Its values with which an opportunity won is a renewal, and one lost a cancellation."""

    _checked = field_validator("instance_url")(_address)
