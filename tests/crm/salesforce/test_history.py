"""How an opportunity came to stand as it does, from the two histories Salesforce keeps."""

from datetime import UTC, datetime, timedelta

import pytest

MADE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WHY = {"columns": {"seller_value": "Why__c"}}


@pytest.fixture
def _tracks_reasons(salesforce):
    salesforce.objects["Opportunity"]["Why__c"] = "picklist"
    salesforce.tracked.add("Why__c")


def changes(result, field):
    frame = result.frames["decision_changes"].sort("changed_at", "change_id")
    return [row[3:] for row in frame.rows() if row[2] == field]


def test_an_opportunity_lost_reopened_and_lost_again_keeps_its_past(salesforce, read):
    salesforce.opportunity("006A", MADE, StageName="Negotiation", Amount=10, CloseDate="2026-06-02")
    salesforce.set("006A", MADE + DAY, StageName="Closed Lost")
    salesforce.set("006A", MADE + 2 * DAY, StageName="Qualification", CloseDate="2026-07-02")
    salesforce.set("006A", MADE + 3 * DAY, StageName="Closed Lost", Amount=8)

    result = read()

    assert changes(result, "decision_kind") == [
        (None, "open", MADE),
        ("open", "lost", MADE + DAY),
        ("lost", "open", MADE + 2 * DAY),
        ("open", "lost", MADE + 3 * DAY),
    ]
    assert [row[:2] for row in changes(result, "stage")][1:3] == [
        ("Negotiation", "Closed Lost"),
        ("Closed Lost", "Qualification"),
    ]
    assert changes(result, "amount")[1:] == [("10.0", "8.0", MADE + 3 * DAY)]
    assert changes(result, "decided_on")[1:] == [("2026-06-02", "2026-07-02", MADE + 2 * DAY)]
    assert result.rejects.is_empty()


def test_an_owner_changes_by_id_once(salesforce, read):
    salesforce.opportunity("006A", MADE, StageName="Negotiation")
    salesforce.set("006A", MADE + DAY, OwnerId="005B")

    assert changes(read(), "seller_id") == [("005A", "005B", MADE + DAY)]


@pytest.mark.usefixtures("_tracks_reasons")
def test_the_moment_a_reason_was_logged_and_by_whose_seller(salesforce, read):
    salesforce.opportunity("006A", MADE, StageName="Negotiation")
    salesforce.set("006A", MADE + DAY, Why__c="Price")
    salesforce.set("006A", MADE + 2 * DAY, OwnerId="005B")
    salesforce.set("006A", MADE + 3 * DAY, Why__c="Timing")

    result = read(seller_reasons=WHY)

    frame = result.frames["seller_reasons"]
    assert frame.select("seller_id", "seller_value", "recorded_at").rows() == [
        ("005A", "Price", MADE + DAY),
        ("005B", "Timing", MADE + 3 * DAY),
    ]
    assert result.caveats == ()


def test_a_field_without_a_history_is_said(salesforce, read):
    salesforce.objects["Opportunity"]["Why__c"] = "picklist"
    salesforce.opportunity("006A", MADE, StageName="Negotiation", Why__c="Price")

    result = read(seller_reasons=WHY)

    frame = result.frames["seller_reasons"]
    assert frame.select("seller_value", "recorded_at").rows() == [("Price", None)]
    (caveat,) = result.caveats
    assert caveat.startswith("seller_reasons: Salesforce keeps no history of Why__c, so when")


@pytest.mark.usefixtures("_tracks_reasons")
def test_a_reason_taken_back_is_none(salesforce, read):
    salesforce.opportunity("006A", MADE, StageName="Negotiation")
    salesforce.set("006A", MADE + DAY, Why__c="Price")
    salesforce.set("006A", MADE + 2 * DAY, Why__c=None)

    frame = read(seller_reasons=WHY).frames["seller_reasons"]

    assert frame["seller_value"].to_list() == ["Price"]


@pytest.mark.usefixtures("_tracks_reasons")
def test_a_long_text_has_the_moment_of_the_reason_it_explains(salesforce, read):
    """Of long texts the history says that they changed, and not what they said."""
    salesforce.objects["Opportunity"]["Notes__c"] = "textarea"
    salesforce.opportunity("006A", MADE, StageName="Negotiation")
    salesforce.set("006A", MADE + DAY, Why__c="Price", Notes__c="They had a cheaper offer")
    salesforce.put(
        "OpportunityFieldHistory", Id="017Z", OpportunityId="006A", Field="Notes__c",
        OldValue=None, NewValue=None, CreatedDate="2026-06-02T09:00:00.000+0000",
    )  # fmt: skip

    columns = {"seller_value": "Why__c", "seller_text": "Notes__c"}
    frame = read(seller_reasons={"columns": columns}).frames["seller_reasons"]

    assert frame.select("seller_value", "seller_text", "recorded_at").rows() == [
        ("Price", "They had a cheaper offer", MADE + DAY)
    ]


@pytest.mark.usefixtures("_tracks_reasons")
def test_words_the_history_does_not_know_have_no_moment(salesforce, read):
    salesforce.opportunity("006A", MADE, StageName="Negotiation")
    salesforce.set("006A", MADE + DAY, Why__c="Price")
    salesforce.records["Opportunity"][0]["Why__c"] = "Timing"

    frame = read(seller_reasons=WHY).frames["seller_reasons"]

    assert frame.select("seller_value", "recorded_at").rows() == [
        ("Price", MADE + DAY),
        ("Timing", None),
    ]


def test_where_no_reason_is_logged_nothing_is_said_of_its_history(salesforce, read):
    salesforce.objects["Opportunity"]["Why__c"] = "picklist"
    salesforce.opportunity("006A", MADE, StageName="Negotiation")

    assert read(seller_reasons=WHY).caveats == ()
