"""How a deal came to stand as it does: stages, kinds, and the moment a reason was logged."""

from datetime import UTC, datetime, timedelta

MADE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def changes(result, *fields):
    frame = result.frames["decision_changes"].sort("changed_at", "change_id")
    return [row[2:] for row in frame.rows() if row[2] in fields]


def test_a_deal_lost_reopened_and_won_keeps_its_past(hubspot, read):
    hubspot.deal("1", MADE, dealstage="contractsent")
    hubspot.set("1", MADE + DAY, dealstage="closedlost", closedate="2026-06-02T09:00:00Z")
    hubspot.set("1", MADE + 2 * DAY, dealstage="appointmentscheduled")
    hubspot.set("1", MADE + 3 * DAY, dealstage="closedwon", closedate="2026-06-04T09:00:00Z")

    result = read()

    assert changes(result, "decision_kind") == [
        ("decision_kind", None, "open", MADE),
        ("decision_kind", "open", "lost", MADE + DAY),
        ("decision_kind", "lost", "open", MADE + 2 * DAY),
        ("decision_kind", "open", "won", MADE + 3 * DAY),
    ]
    assert [row[1:3] for row in changes(result, "stage")] == [
        (None, "Contract sent"),
        ("Contract sent", "Closed lost"),
        ("Closed lost", "Appointment scheduled"),
        ("Appointment scheduled", "Closed won"),
    ]
    assert [row[1:3] for row in changes(result, "decided_on")] == [
        (None, "2026-06-02"),
        ("2026-06-02", "2026-06-04"),
    ]
    assert result.rejects.is_empty()


def test_amounts_owners_and_rivals_change_too(hubspot, read):
    hubspot.properties["deals"]["rival"] = {"q": "Quayside", "t": "Tidemark"}
    hubspot.deal("1", MADE, dealstage="contractsent", amount="10", hubspot_owner_id="11", rival="q")
    hubspot.set("1", MADE + DAY, amount="8.5", hubspot_owner_id="12", rival="t")

    result = read(decisions={"columns": {"competitor": "rival"}})

    assert [row[:3] for row in changes(result, "amount", "seller_id", "competitor")][-3:] == [
        ("amount", "10.0", "8.5"),
        ("seller_id", "11", "12"),
        ("competitor", "Quayside", "Tidemark"),
    ]


def test_a_change_is_told_once_however_often_it_is_read(hubspot, read):
    hubspot.deal("1", MADE, dealstage="contractsent")
    first = read().frames["decision_changes"]
    hubspot.set("1", MADE + DAY, dealstage="closedwon", closedate="2026-06-02T09:00:00Z")

    second = read().frames["decision_changes"]

    assert second.height > first.height
    assert set(first.rows()) <= set(second.rows())


def test_the_moment_a_reason_took_its_words(hubspot, read):
    hubspot.deal("1", MADE, dealstage="contractsent", hubspot_owner_id="11")
    hubspot.set("1", MADE + DAY, closed_lost_reason="Price")
    hubspot.set("1", MADE + 2 * DAY, hubspot_owner_id="12")
    hubspot.set("1", MADE + 3 * DAY, closed_lost_reason="Price")
    hubspot.set("1", MADE + 4 * DAY, closed_lost_reason="Timing")

    frame = read().frames["seller_reasons"]

    assert frame.select("decision_id", "seller_id", "seller_value", "recorded_at").rows() == [
        ("1", "11", "Price", MADE + DAY),
        ("1", "12", "Timing", MADE + 4 * DAY),
    ]


def test_fields_filled_at_once_are_one_reason(hubspot, read):
    hubspot.properties["deals"]["lost_notes"] = {}
    hubspot.deal("1", MADE, dealstage="closedlost", closedate="2026-06-02T09:00:00Z")
    hubspot.set("1", MADE + DAY, closed_lost_reason="Price")
    hubspot.set("1", MADE + DAY + timedelta(seconds=20), lost_notes="They had a cheaper offer")
    hubspot.set("1", MADE + 5 * DAY, lost_notes="")

    frame = read(seller_reasons={"columns": {"seller_text": "lost_notes"}}).frames["seller_reasons"]

    assert frame.select("seller_value", "seller_text", "recorded_at").rows() == [
        ("Price", "They had a cheaper offer", MADE + DAY + timedelta(seconds=20)),
        ("Price", None, MADE + 5 * DAY),
    ]


def test_a_reason_without_a_history_has_no_moment(hubspot, read):
    hubspot.deal("1", MADE, dealstage="closedlost", closedate="2026-06-02T09:00:00Z")
    hubspot.set("1", MADE, closed_lost_reason="Price")
    hubspot.deals["1"]["history"]["closed_lost_reason"][0]["timestamp"] = (
        "2026-06-01T09:00:00.123456Z"
    )
    exact = read().frames["seller_reasons"]["recorded_at"].to_list()
    hubspot.forgets_histories = True

    frame = read().frames["seller_reasons"]

    assert exact == [MADE.replace(microsecond=123456)]
    assert frame.select("seller_value", "recorded_at").rows() == [("Price", None)]


def test_of_two_values_at_one_instant_the_latter_stands(hubspot, read):
    hubspot.deal("1", MADE, dealstage="contractsent")
    hubspot.set("1", MADE + DAY, amount="5")
    hubspot.set("1", MADE + DAY, amount="")

    told = read().frames["decision_changes"].filter(field="amount")

    assert told["new_value"].to_list() == ["5.0", None]


def test_of_a_stage_nobody_knows_any_more_no_kind_follows(hubspot, read):
    hubspot.deal("1", MADE, dealstage="contractsent")
    hubspot.set("1", MADE + DAY, dealstage="12345678")
    hubspot.set("1", MADE + 2 * DAY, dealstage="closedwon", closedate="2026-06-03T09:00:00Z")

    result = read()

    assert [row[2] for row in changes(result, "decision_kind")] == ["open", "won"]
    assert [row[2] for row in changes(result, "stage")] == [
        "Contract sent",
        "12345678",
        "Closed won",
    ]
    assert result.rejects.is_empty()
