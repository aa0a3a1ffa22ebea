"""What deals say, under our names."""

from datetime import UTC, date, datetime, timedelta

import pytest

MADE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
CLOSED = datetime(2026, 9, 1, 22, 30, tzinfo=UTC)


@pytest.fixture
def lost(hubspot):
    """A deal that was lost after two stages."""
    hubspot.deal(
        "901", MADE, "501", pipeline="default", dealstage="appointmentscheduled",
        amount="12000", deal_currency_code="EUR", hubspot_owner_id="11",
        closedate="2026-08-01T00:00:00Z",
    )  # fmt: skip
    hubspot.set("901", MADE + timedelta(days=30), dealstage="contractsent")
    hubspot.set(
        "901", CLOSED, dealstage="closedlost", closed_lost_reason="Price",
        closedate=CLOSED.isoformat().replace("+00:00", "Z"),
    )  # fmt: skip
    return "901"


@pytest.mark.usefixtures("lost")
def test_a_lost_deal(read):
    frame = read().frames["decisions"]

    assert frame.drop("outcome", "product", "competitor", "amount_usd").rows(named=True) == [
        {
            "decision_id": "901",
            "account_id": "501",
            "decision_kind": "lost",
            "amount": 12000.0,
            "currency": "EUR",
            "seller_id": "11",
            "team": "North",
            "stage": "Contract sent",
            "opened_on": date(2026, 6, 1),
            "decided_on": date(2026, 9, 1),
        }
    ]


@pytest.mark.usefixtures("lost")
def test_a_day_is_the_programmes(read):
    decided = read(time_zone="Europe/Berlin").frames["decisions"]["decided_on"].to_list()

    assert decided == [date(2026, 9, 2)]


@pytest.mark.parametrize(
    ("stage", "pipeline", "kind"),
    [
        ("contractsent", "default", "open"),
        ("closedwon", "default", "won"),
        ("closedlost", "default", "lost"),
        ("r-open", "75e28846", "open"),
        ("r-won", "75e28846", "renewed"),
        ("r-lost", "75e28846", "cancelled"),
    ],
)
@pytest.mark.parametrize("named", ["Renewals", "75e28846"])
def test_kinds_come_from_pipelines(hubspot, read, stage, pipeline, kind, named):
    hubspot.deal("1", MADE, pipeline=pipeline, dealstage=stage, closedate="2026-09-01T10:00:00Z")

    frame = read(renewal_pipelines=[named]).frames["decisions"]

    assert frame["decision_kind"].to_list() == [kind]


def test_an_open_deal_stands_where_it_is_and_has_no_day(hubspot, read):
    hubspot.deal("1", MADE, dealstage="contractsent", closedate="2027-01-01T00:00:00Z")

    frame = read().frames["decisions"]

    assert frame.select("stage", "decided_on").rows() == [("Contract sent", None)]


def test_a_stage_nobody_knows_is_set_aside(hubspot, read):
    hubspot.deal("1", MADE, dealstage="99887766", closedate="2026-09-01T10:00:00Z")

    result = read()

    assert result.frames["decisions"].is_empty()
    assert result.rejects.select("entity", "record_id", "reason").rows() == [
        ("decisions", "1", "missing decision_kind")
    ]
    assert result.rejects["detail"].str.starts_with("HubSpot").all()


def test_only_pipelines_and_stages_wanted(hubspot, read):
    hubspot.deal("1", MADE, pipeline="default", dealstage="closedlost", closedate="2026-09-01")
    hubspot.deal("2", MADE, pipeline="75e28846", dealstage="r-lost", closedate="2026-09-01")
    hubspot.deal("3", MADE, pipeline="default", dealstage="closedwon", closedate="2026-09-01")

    frame = read(pipelines=["Sales Pipeline"], ignored_stages=["Closed won"]).frames["decisions"]

    assert frame["decision_id"].to_list() == ["1"]


def test_their_fields_and_values_become_ours(hubspot, read):
    hubspot.properties["deals"]["main_rival"] = {"quay": "Quayside", "tide": "Tidemark"}
    hubspot.properties["deals"]["lost_to"] = {}
    hubspot.deal(
        "1", MADE, dealstage="closedlost", closedate="2026-09-01",
        main_rival="tide", lost_to="Nobody ",
    )  # fmt: skip

    frame = read(
        decisions={
            "columns": {"competitor": "main_rival", "outcome": "lost_to"},
            "values": {"outcome": {" NObody": "no_decision"}},
        }
    ).frames["decisions"]

    assert frame.select("competitor", "outcome").rows() == [("Tidemark", "no_decision")]


def test_of_several_companies_the_primary_one_counts(hubspot, read):
    hubspot.deal("1", MADE, "501", dealstage="contractsent")
    hubspot.deals["1"]["companies"].append("502")

    assert read().frames["decisions"]["account_id"].to_list() == ["502"]


def test_an_amount_without_a_currency_is_in_the_companys(hubspot, read):
    hubspot.deal("1", MADE, dealstage="closedwon", closedate="2026-09-01", amount="5")

    assert read(currency="SEK").frames["decisions"]["currency"].to_list() == ["SEK"]


def test_sellers_who_left_are_known_too(read):
    frame = read().frames["sellers"]

    assert frame.rows() == [
        ("11", "Ada North", "North", "11@harbourline.example"),
        ("12", "Bo South", "South", "12@harbourline.example"),
    ]


def test_accounts(hubspot, read):
    hubspot.properties["companies"]["lifecyclestage"] = {}
    hubspot.company("502", name="Tide AS", lifecyclestage="customer")

    frame = read(
        accounts={
            "columns": {"is_current": "lifecyclestage", "sector": ""},
            "values": {"is_current": {"customer": "yes", "": "no"}},
        }
    ).frames["accounts"]

    assert frame.select("account_id", "account_name", "region", "sector", "is_current").rows() == [
        ("501", "Quay Ltd", "Norway", None, False),
        ("502", "Tide AS", None, None, True),
    ]


def test_every_page_is_read(hubspot, read):
    for number in range(121):
        hubspot.deal(str(number), MADE, dealstage="contractsent")
        hubspot.company(f"c{number}", name="Firm")
        hubspot.owner(f"o{number}", "A B")

    frames = read().frames

    assert frames["decisions"]["decision_id"].to_list() == [str(n) for n in range(121)]
    assert (frames["accounts"].height, frames["sellers"].height) == (122, 123)
    pages = [
        asked
        for asked in hubspot.seen
        if asked.path.endswith("/deals") and "after" in asked.parameters
    ]
    assert [asked.parameters["after"] for asked in pages] == [["50"], ["100"]]
