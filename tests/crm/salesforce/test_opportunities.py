"""What opportunities say, under our names."""

from datetime import UTC, date, datetime, timedelta

import pytest

MADE = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_lost_opportunity(salesforce, read):
    salesforce.opportunity("006A", MADE, AccountId="001A", StageName="Negotiation", Amount=1.25e16)
    salesforce.set("006A", MADE + DAY, StageName="Closed Lost", CloseDate="2026-06-03")

    frame = read(time_zone="Europe/Berlin").frames["decisions"]

    assert frame.drop("outcome", "product", "competitor", "amount_usd").rows(named=True) == [
        {
            "decision_id": "006A",
            "account_id": "001A",
            "decision_kind": "lost",
            "amount": 1.25e16,
            "currency": "USD",
            "seller_id": "005A",
            "team": "North",
            "stage": "Negotiation",
            "opened_on": date(2026, 6, 2),
            "decided_on": date(2026, 6, 3),
        }
    ]


@pytest.mark.parametrize(
    ("stage", "sort", "kind"),
    [
        ("Negotiation", "New", "open"),
        ("Closed Won", "New", "won"),
        ("Closed Lost", "New", "lost"),
        ("Negotiation", "Renewal", "open"),
        ("Closed Won", "Renewal", "renewed"),
        ("Closed Lost", "Renewal", "cancelled"),
    ],
)
def test_kinds_come_from_stages_and_sorts(salesforce, read, stage, sort, kind):
    salesforce.opportunity("006A", MADE, StageName=stage, Type=sort, CloseDate="2026-09-01")

    frame = read(renewal_kinds=["Renewal"]).frames["decisions"]

    assert frame["decision_kind"].to_list() == [kind]


def test_a_record_type_tells_a_renewal(salesforce, read):
    salesforce.objects["Opportunity"]["RecordTypeId"] = "reference"
    salesforce.related["RecordTypeId"] = "RecordType"
    salesforce.opportunity(
        "006A", MADE, StageName="Closed Won", CloseDate="2026-09-01",
        RecordType={"DeveloperName": "Renewals"},
    )  # fmt: skip

    frame = read(kind_field="RecordType.DeveloperName", renewal_kinds=["Renewals"]).frames

    assert frame["decisions"]["decision_kind"].to_list() == ["renewed"]


def test_a_stage_nobody_knows_is_set_aside(salesforce, read):
    salesforce.opportunity("006A", MADE, StageName="Retired stage", CloseDate="2026-09-01")

    result = read()

    assert result.frames["decisions"].is_empty()
    assert result.rejects.select("record_id", "reason").rows() == [
        ("006A", "missing decision_kind")
    ]


def test_only_the_opportunities_wanted(salesforce, read):
    for key, sort, stage in (
        ("006A", "New", "Negotiation"),
        ("006B", "Test", "Negotiation"),
        ("006C", "New", "Qualification"),
    ):
        salesforce.opportunity(key, MADE, Type=sort, StageName=stage)

    frame = read(where="Type = 'New'", ignored_stages=["Qualification"]).frames["decisions"]

    assert frame["decision_id"].to_list() == ["006A"]


def test_an_org_of_many_currencies(salesforce, read):
    salesforce.objects["Opportunity"]["CurrencyIsoCode"] = "picklist"
    salesforce.opportunity("006A", MADE, StageName="Negotiation", Amount=3, CurrencyIsoCode="EUR")
    salesforce.opportunity("006B", MADE, StageName="Negotiation", Amount=3)

    frame = read(currency="NOK").frames["decisions"]

    assert frame.select("amount", "currency").rows() == [(3.0, "EUR"), (3.0, "NOK")]


def test_their_fields_and_values_become_ours(salesforce, read):
    salesforce.objects["Opportunity"] |= {
        "Rival__c": "string", "Lost_To__c": "picklist", "Sure__c": "percent", "Why__c": "picklist",
        "Lead__c": "reference",
    }  # fmt: skip
    salesforce.related["Lead__c"] = "Lead__r"
    salesforce.opportunity(
        "006A", MADE, StageName="Closed Lost", CloseDate="2026-09-01", Rival__c="Tidemark",
        Lost_To__c="None", Sure__c=40, Why__c="Price", Lead__r={"Team__c": "Ports"},
    )  # fmt: skip

    frames = read(
        decisions={
            "columns": {
                "competitor": "Rival__c",
                "outcome": "Lost_To__c",
                "team": "Lead__r.Team__c",
            },
            "values": {"outcome": {"none": "no_decision"}},
        },
        seller_reasons={"columns": {"seller_value": "Why__c", "confidence": "Sure__c"}},
    ).frames

    chosen = frames["decisions"].select("competitor", "outcome", "team")
    assert chosen.rows() == [("Tidemark", "no_decision", "Ports")]
    assert frames["seller_reasons"]["confidence"].to_list() == [0.4]


def test_accounts_and_only_users_who_sell(salesforce, read):
    salesforce.user("005C", "Cy Office")
    salesforce.opportunity("006A", MADE, StageName="Negotiation")
    salesforce.set("006A", MADE + DAY, OwnerId="005B")

    frames = read(
        accounts={"columns": {"is_current": "Type"}, "values": {"is_current": {"": "no"}}}
    ).frames

    assert frames["accounts"].rows() == [("001A", "Quay Ltd", None, "Ports", "Norway", None, False)]
    assert frames["sellers"].rows() == [
        ("005A", "Ada North", "North", "ada@harbourline.example"),
        ("005B", "Bo South", None, "bo@harbourline.example"),
    ]


def test_every_page_is_read(salesforce, read):
    salesforce.page = 10
    for number in range(25):
        salesforce.opportunity(f"006{number:02}", MADE, StageName="Negotiation")

    frame = read().frames["decisions"]

    assert frame["decision_id"].to_list() == [f"006{number:02}" for number in range(25)]
    assert sum("/query/01g" in asked.path for asked in salesforce.seen) == 4
