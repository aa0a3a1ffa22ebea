"""The queries of sql/reports keep consents by themselves, whoever runs them."""

from datetime import date, datetime

import pytest

from winloss import resources
from winloss.reporting import Edition
from winloss.settings import Settings

Values = dict[str, date | datetime | str | None]


@pytest.fixture
def values(edition: Edition, settings: Settings) -> Values:
    """The parameters of week 40."""
    parameters = resources.load("reports", "sections").parameters
    return dict(parameters(edition, settings))


def test_the_card_holds_nothing_in_confidence(harbourline, values: Values) -> None:
    """Neither reason nor verdict leaves the query where the customer said no."""
    card = harbourline.reader().report("know_why_card", **values)

    withheld = card.filter(~card["may_see"])
    assert withheld.height == 1
    assert withheld["label"].to_list() == [None]
    assert withheld["verdict"].to_list() == [None]


def test_counted_words_are_not_read(harbourline, values: Values) -> None:
    """Words that may only be counted are never handed to a report."""
    for row in harbourline.rows["marts.verbatims"]:
        if row["response_id"] == "a-said":
            row["may_quote"] = "counted"

    verbatims = harbourline.reader().report("drivers_verbatims", **values)

    assert "a-said" not in verbatims["response_id"].to_list()
    assert "b-said" in verbatims["response_id"].to_list()


def test_unnamed_words_carry_no_name(harbourline, values: Values) -> None:
    """A name is read only beside words whose author allows it."""
    for row in harbourline.rows["marts.verbatims"]:
        if row["response_id"] == "a-said":
            row["may_quote"] = "named"
    for key in ("a", "b"):
        harbourline.add(
            "staging.respondents", respondent=f"person-{key}", respondent_name=f"Person {key}"
        )

    verbatims = harbourline.reader().report("drivers_verbatims", **values)

    names = dict(verbatims.select("response_id", "respondent_name").iter_rows())
    assert (names["a-said"], names["b-said"]) == ("Person a", None)


def test_the_card_waits_until_asking_is_over(harbourline, values: Values) -> None:
    """A defection still open or not due is not on the card, however late it fell."""
    harbourline.decide("latest", decided="2026-10-03", kind="cancelled")

    card = harbourline.reader().report("know_why_card", **values)

    assert date(2026, 10, 3) not in card["decided_on"].to_list()


def test_clocks_are_not_mixed(harbourline, values: Values) -> None:
    """This week's voices are not in the rates until their survey has closed."""
    reader = harbourline.reader()

    week = reader.report("drivers_week", **values)
    window = reader.report("drivers", **values)

    voices = {each for ids in week["response_ids"].to_list() for each in ids}
    rates = {each for ids in window["response_ids"].to_list() for each in ids or []}
    assert voices == {"a-said", "b-said", "c-said", "d-said"}
    assert voices.isdisjoint(rates)
