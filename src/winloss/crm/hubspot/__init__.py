"""Reads decisions, accounts, sellers and our side's reasons from HubSpot."""

from contextlib import closing

from winloss.crm import opportunities
from winloss.crm.hubspot.account import Account
from winloss.crm.hubspot.telling import OWNER, PIPELINE, STAGE, Book, account, opportunity, sellers
from winloss.crm.opportunities import Row
from winloss.crm.told import Told
from winloss.errors import CrmError
from winloss.settings import HubSpotSettings, Settings

VENDOR = "HubSpot"


def read(programme: Settings, settings: HubSpotSettings) -> dict[str, Told]:
    """Everything the account says now, by entity.

    Raises CrmError for a token, a scope or a property that is not there, and CrmUnreachable
    where no answer came.
    """
    with closing(Account(settings, programme.hubspot_token.get_secret_value())) as asked:
        labels = asked.choices("deals")
        _check_properties(settings, {"decisions": labels, "accounts": asked.choices("companies")})
        people = sellers(asked.owners())
        teams = {str(row["seller_id"]): row["team"] or "" for row in people}
        book = Book(asked.stages(), teams, labels, settings, programme.zone)
        asked_for = sorted({*book.columns.values(), STAGE, PIPELINE, OWNER})
        deals = asked.deals(asked_for, sorted({*book.histories.values()}))
        found = [opportunity(deal, book) for deal in deals if book.is_wanted(deal)]
        wanted = sorted(settings.fields("accounts").values())
        companies = [account(each, settings, programme.zone) for each in asked.companies(wanted)]
    values = settings.decisions.values
    rows: dict[str, list[Row]] = {
        "decisions": opportunities.decisions(found, values),
        "accounts": [opportunities.translated(row, settings.accounts.values) for row in companies],
        "sellers": people,
        "seller_reasons": opportunities.seller_reasons(found, settings.seller_reasons.values),
        "decision_changes": opportunities.decision_changes(found, values),
    }
    return {entity: opportunities.told(VENDOR, entity, rows[entity]) for entity in rows}


def _check_properties(
    settings: HubSpotSettings, known: dict[str, dict[str, dict[str, str]]]
) -> None:
    """HubSpot passes over a property that does not exist, and a week would look empty."""
    for entity in ("decisions", "accounts", "seller_reasons"):
        there = known["accounts" if entity == "accounts" else "decisions"]
        for column, name in getattr(settings, entity).columns.items():
            if name and name not in there:
                raise CrmError(
                    f"HubSpot has no property {name!r} for {column}. Set "
                    f"crm.hubspot.{entity}.columns.{column} to the internal name of one."
                )
