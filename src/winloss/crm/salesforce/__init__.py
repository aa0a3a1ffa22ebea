"""Reads decisions, accounts, sellers and our side's reasons from Salesforce."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter

from winloss.crm import opportunities
from winloss.crm.opportunities import Opportunity, Row
from winloss.crm.salesforce import telling
from winloss.crm.salesforce.org import Org, value
from winloss.crm.salesforce.telling import STAGED, Book, Record
from winloss.crm.told import Told
from winloss.errors import CrmError
from winloss.settings import SalesforceSettings, Settings

VENDOR = "Salesforce"
_PLAIN = ("Id", "AccountId", "OwnerId", "StageName")
_CURRENCY = "CurrencyIsoCode"
_HISTORY = ("Id", "OpportunityId", "CreatedDate")


def read(programme: Settings, settings: SalesforceSettings) -> dict[str, Told]:
    """Everything the org says now, by entity.

    Raises CrmError for a key or a field that is not there, and CrmUnreachable where no answer
    came.
    """
    with closing(Org(programme, settings)) as org:
        known = {kind: org.fields(kind) for kind in ("Opportunity", "Account", "User")}
        _check_fields(settings, known)
        fields = settings.fields("sellers")
        users = list(org.rows("User", _of(["Id", "Name", "Email"], fields.values())))
        people = [telling.seller(user, settings) for user in users]
        accounts = org.rows("Account", _of(["Id"], settings.fields("accounts").values()))
        companies = [telling.account(each, settings, programme.zone) for each in accounts]
        book = _book(programme, settings, org, known["Opportunity"], people)
        found, has_history = _opportunities(org, book, known["Opportunity"])
    held = {seller for each in found for seller in each.sellers}
    values = settings.decisions.values
    rows: dict[str, list[Row]] = {
        "decisions": opportunities.decisions(found, values),
        "accounts": [opportunities.translated(row, settings.accounts.values) for row in companies],
        "sellers": [row for row in people if row["seller_id"] in held],
        "seller_reasons": opportunities.seller_reasons(found, settings.seller_reasons.values),
        "decision_changes": opportunities.decision_changes(found, values),
    }
    said = {} if has_history else {"seller_reasons": _without_history(settings, rows)}
    return {
        entity: opportunities.told(VENDOR, entity, rows[entity], said.get(entity, ()))
        for entity in rows
    }


def _book(
    programme: Settings,
    settings: SalesforceSettings,
    org: Org,
    known: Mapping[str, str],
    people: Iterable[Row],
) -> Book:
    endings = org.rows("OpportunityStage", ["ApiName", "MasterLabel", "IsClosed", "IsWon"])
    return Book(
        stages=telling.stages(endings),
        teams={str(row["seller_id"]): row["team"] or "" for row in people},
        percents=frozenset(name for name, type_ in known.items() if type_ == "percent"),
        settings=settings,
        zone=programme.zone,
    )


def _opportunities(
    org: Org, book: Book, known: Mapping[str, str]
) -> tuple[list[Opportunity], bool]:
    """Every opportunity wanted, and whether any reason of ours has a history."""
    staged = _by_opportunity(org.rows("OpportunityHistory", [*_HISTORY, *STAGED.values()]))
    names = ", ".join(f"'{field}'" for field in sorted(book.tracked))
    fields = [*_HISTORY, "Field", "OldValue", "NewValue"]
    tracked = _by_opportunity(org.rows("OpportunityFieldHistory", fields, f"Field IN ({names})"))
    optional = [name for name in (_CURRENCY, book.settings.kind_field) if _has(known, name)]
    wanted = _of([*_PLAIN, *optional], book.columns.values())
    ignored = set(book.settings.ignored_stages)
    found = [
        telling.opportunity(each, staged.get(each["Id"], ()), tracked.get(each["Id"], ()), book)
        for each in org.rows("Opportunity", wanted, book.settings.where)
        if value(each, "StageName") not in ignored
    ]
    told = {change.column for each in found for change in each.changes}
    return found, bool(told & set(opportunities.REASON))


def _by_opportunity(records: Iterable[Record]) -> dict[str, list[Record]]:
    ordered = sorted(records, key=itemgetter("OpportunityId"))
    return {key: list(group) for key, group in groupby(ordered, itemgetter("OpportunityId"))}


def _of(always: list[str], fields: Iterable[str]) -> list[str]:
    """Field names, each once."""
    return list(dict.fromkeys([*always, *fields]))


def _has(known: Mapping[str, str], name: str) -> bool:
    head, dot, _ = name.partition(".")
    return head + dot in known


def _check_fields(settings: SalesforceSettings, known: Mapping[str, Mapping[str, str]]) -> None:
    """A field that is not there fails a whole query; its name in our settings says more."""
    kinds = {"accounts": "Account", "sellers": "User"}
    for entity in ("decisions", "accounts", "sellers", "seller_reasons"):
        kind = kinds.get(entity, "Opportunity")
        for column, name in settings.fields(entity).items():
            if not _has(known[kind], name):
                raise CrmError(
                    f"Salesforce shows this key no field {name!r} of {kind} for {column}. Set "
                    f"crm.salesforce.{entity}.columns.{column} to the API name of one, or to "
                    '"" for none.'
                )


def _without_history(
    settings: SalesforceSettings, rows: Mapping[str, list[Row]]
) -> tuple[str, ...]:
    if not rows["seller_reasons"]:
        return ()
    fields = ", ".join(settings.fields("seller_reasons").values())
    said = f"Salesforce keeps no history of {fields}, so when a reason was logged is not known"
    return (f"{said}; track the history of the field there.",)
