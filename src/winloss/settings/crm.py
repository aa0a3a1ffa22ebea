"""The settings of our own systems: where their exports lie, and how to reach a CRM."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from winloss.settings.connectors import HubSpotSettings, SalesforceSettings
from winloss.settings.strict import Strict


class CrmFile(Strict):
    """One CSV export and how its columns become ours (docs/decisions.md)."""

    path: Path
    columns: dict[str, str] = Field(default_factory=dict)
    """Our column -> their column header; a column not named here keeps its own name."""
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Our column -> their value -> our value (`decision_kind`, `outcome`, and so on)."""
    constants: dict[str, str] = Field(default_factory=dict)
    """Our column -> a value for every row."""
    date_format: str | Annotated[tuple[str, ...], Field(min_length=1)] = "%Y-%m-%d"
    """As `strptime` reads days; of several, a day that two read differently is set aside."""
    decimal: Literal[".", ","] = "."
    encoding: str = "utf-8-sig"
    separator: str = ","
    """A first line `sep=;` in the file itself outranks it."""
    one_row_per_record: bool = True
    """False when a record stands on many rows (accounts inside an opportunity export)."""

    @property
    def date_formats(self) -> tuple[str, ...]:
        """The formats of its days, one or many."""
        return (self.date_format,) if isinstance(self.date_format, str) else self.date_format


class CrmSettings(Strict):
    """Where what our own systems say comes from: a file per entity, or a CRM for several."""

    decisions: CrmFile | None = None
    accounts: CrmFile | None = None
    respondents: CrmFile | None = None
    sellers: CrmFile | None = None
    seller_reasons: CrmFile | None = None
    check_ins: CrmFile | None = None
    promises: CrmFile | None = None
    invitations: CrmFile | None = None
    decision_changes: CrmFile | None = None
    rates: CrmFile | None = None
    hubspot: HubSpotSettings | None = None
    salesforce: SalesforceSettings | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The tables that are set, each a file or a CRM, such as `decisions` and `hubspot`."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _one_source_each(self) -> Self:
        """Two sources of one entity would contradict one another week by week."""
        connectors = {"hubspot": self.hubspot, "salesforce": self.salesforce}
        filled_by: dict[str, str] = {}
        for name, connector in connectors.items():
            for entity in connector.entities if connector else ():
                first = filled_by.setdefault(entity, name)
                if first != name or getattr(self, entity) is not None:
                    other = f"[crm.{first if first != name else entity}]"
                    raise ValueError(
                        f"{entity} comes from [crm.{name}] and from {other}; drop one of the two"
                    )
        return self
