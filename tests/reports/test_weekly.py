"""The Monday mail: what it says, what it keeps to itself, and what it never makes up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from winloss import keeping, render, resources
from winloss.errors import QuoteError
from winloss.reporting import Edition, Weekly

Make = Callable[..., Weekly]


def texts(weekly: Weekly) -> tuple[str, str]:
    rendered = render.weekly(weekly)
    return rendered.text, render.visible(rendered.html)


def test_their_sentence_beside_ours(harbourline, edition, connected, make: Make) -> None:
    """The sentence, how many meant it, what we had logged, another view, the rate."""
    weekly = make(harbourline.reader(), edition, connected)

    lead = weekly.findings[0]
    assert weekly.subject == "“we’d have been on our own”: 3 of 4. We’d logged price"
    assert weekly.preheader == "Four told us why they left this week. One wants a call."
    assert lead.quote is not None
    assert lead.quote.text == "After signing, we’d have been on our own."
    assert (lead.voices.count, lead.voices.total) == (3, 4)
    assert lead.ours == (("price", 2), ("nothing", 1))
    assert lead.contrary is not None
    assert lead.contrary.text == "You were simply dearer."
    assert (lead.trend.count, lead.trend.total) == (6, 18)
    assert lead.call == "No change we can call."


def test_the_card_of_the_last_two_and_two(harbourline, edition, connected, make: Make) -> None:
    """Two who chose a competitor and two who cancelled; what was said in confidence stays."""
    weekly = make(harbourline.reader(), edition, connected)

    assert weekly.know_why is not None
    assert [(row.who, row.theirs, row.note) for row in weekly.know_why.card] == [
        ("chose a competitor", "help to start", "wrong"),
        ("chose a competitor", "", "heard, in confidence"),
        ("cancelled", "price", "right"),
        ("cancelled", "support", "right"),
    ]


def test_what_is_stored_is_what_was_printed(harbourline, edition, connected, make: Make) -> None:
    """Findings and quotes are kept with their claim, n, rows and span."""
    weekly = make(harbourline.reader(), edition, connected)

    row = keeping.finding_rows(weekly).to_dicts()[0]
    assert row["claim"] == "3 of the 4 who told us why this week named help to start."
    assert (row["figure_count"], row["figure_total"]) == (3, 4)
    assert row["row_ids"] == ["a-said", "b-said", "c-said"]
    assert row["response_id"] == "a-said"
    printed = keeping.printed_rows(weekly)
    assert printed["response_id"].to_list() == [quote.response_id for quote in weekly.quotes]


def test_every_figure_carries_its_rows(harbourline, edition, connected, make: Make) -> None:
    """What a figure counts is named, response by response, with the file that counted it."""
    found = make(harbourline.reader(), edition, connected).sections

    assert found.drivers.findings[0].trend.query == "sql/reports/drivers.sql"
    ranked = [(row.theirs, row.written, row.chosen, row.decisive) for row in found.drivers.ranking]
    figures = [figure for row in ranked for figure in row]
    for figure in (*figures, *found.know_why.rates, found.coverage.closed[0]):
        assert len(figure.row_ids) == figure.count


def test_ticked_and_wrote_stay_apart(harbourline, edition, connected, make: Make) -> None:
    """What was ticked is counted beside what was written, and where they differ it is said."""
    for row in harbourline.rows["marts.decisions"]:
        if row["decision_id"] in {"a", "b", "c", "d"}:
            row["closes_on"] = edition.week.sunday

    found = make(harbourline.reader(), edition, connected).sections.drivers

    price = next(row for row in found.ranking if row.label == "price")
    assert (price.theirs.count, price.written.count, price.chosen.count) == (7, 7, 4)
    assert price.chosen.row_ids == ("a-said", "b-said", "c-said", "d-said")
    assert [(pair.first, pair.second, pair.figure.count) for pair in found.disagreements] == [
        ("price", "help to start", 3)
    ]


@pytest.mark.parametrize("consent", ["counted", "unnamed"])
def test_counted_words_are_counted_only(
    harbourline, edition, connected, make: Make, consent: str
) -> None:
    """Whoever is counted is in the figure, and nowhere in the words."""
    for table in ("marts.responses", "marts.verbatims"):
        for row in harbourline.rows[table]:
            if row["response_id"] == "a-said":
                row["may_quote"] = consent

    weekly = make(harbourline.reader(), edition, connected)

    assert weekly.findings[0].voices.count == 3
    said = [weekly.subject, weekly.preheader, *texts(weekly)]
    assert any("on our own" in each for each in said) == (consent == "unnamed")


def test_nobody_lets_us_quote_them(harbourline, edition, connected, make: Make) -> None:
    """Without any consent the figures stand alone, and the subject says the reason."""
    for table in ("marts.responses", "marts.verbatims"):
        for row in harbourline.rows[table]:
            row["may_quote"] = "counted"

    weekly = make(harbourline.reader(), edition, connected)

    assert weekly.quotes == ()
    assert weekly.subject == "Help to start: 3 of 4. We’d logged price"
    assert "We have no sentence of theirs that we can print here." in texts(weekly)[0]


def test_a_broken_quote_stops_the_report(
    harbourline, edition, connected, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A choice that changes one letter of what was written never reaches a reader."""
    words = resources.load("reports", "sections").Words
    choose = words.choose

    def sloppy(*given: object) -> object:
        quote = choose(*given)
        return quote and replace(quote, text=quote.text.replace("own", "oven"))

    monkeypatch.setattr(words, "choose", sloppy)

    with pytest.raises(QuoteError, match="not what the customer wrote"):
        make(harbourline.reader(), edition, connected)


def test_late_answers_change_nothing(harbourline, edition, connected, make: Make) -> None:
    """What arrives after the edition's instant is not in it."""
    before = texts(make(harbourline.reader(), edition, connected))
    harbourline.answer("old-3", "Too late to count.", "support", submitted="2026-10-05")
    late = datetime(2026, 10, 6, tzinfo=UTC)
    harbourline.answer("old-7", "Late to arrive.", "support", submitted="2026-10-01")
    for table in ("marts.responses", "marts.verbatims"):
        harbourline.rows[table][-1]["fetched_at"] = late

    after = texts(make(harbourline.reader(), edition, connected))

    assert after == before


def test_one_decision_one_vote(harbourline, edition, connected, make: Make) -> None:
    """A second respondent of the same decision adds no decision to the count."""
    harbourline.answer("a", "I missed the help to begin with.", "onboarding")
    for table in ("marts.responses", "marts.verbatims", "marts.decision_reasons", "marts.codes"):
        row = harbourline.rows[table][-1]
        row["response_key"] = "form/a-second"
        if "response_id" in row:
            row["response_id"] = "a-second"
        if "verbatim_key" in row:
            row["verbatim_key"] = "verbatim-a-second"

    weekly = make(harbourline.reader(), edition, connected)

    assert (weekly.findings[0].voices.count, weekly.findings[0].voices.total) == (3, 4)
    assert "a-second" in weekly.findings[0].voices.row_ids


def test_a_quiet_week(harbourline, edition, connected, make: Make) -> None:
    """It says so, what we believe, what is open, and prints a voice not printed before."""
    later = Edition("weekly", edition.week.minus(-1), "all", datetime(2026, 10, 12, 4, tzinfo=UTC))
    for number in range(5):
        harbourline.decide(f"next-{number}", decided="2026-10-06")
        harbourline.log(f"next-{number}", "timing" if number else "price_level")

    weekly = make(harbourline.reader(), later, connected)

    assert weekly.mood == "quiet"
    assert weekly.subject == "No one told us why this week; five exits unexplained"
    assert weekly.aside.startswith("We logged timing for four and price for one;")
    assert "surveys are open" in weekly.aside
    assert weekly.voice is not None
    assert weekly.missing == ()


def test_a_voice_is_printed_once(harbourline, edition, connected, make: Make) -> None:
    """A quiet week does not print what an earlier edition has printed."""
    later = Edition("weekly", edition.week.minus(-1), "all", datetime(2026, 10, 12, 4, tzinfo=UTC))
    first = make(harbourline.reader(), later, connected).voice
    assert first is not None
    harbourline.add(
        "ops.printed_quotes",
        form_id=first.form_id,
        response_id=first.response_id,
        question_ref=first.question_ref,
        as_of=edition.as_of,
    )

    second = make(harbourline.reader(), later, connected).voice

    assert second is not None
    assert second.response_id != first.response_id


def test_an_empty_programme(programme, edition, settings, make: Make) -> None:
    """Nothing at all still makes a mail, and the mail says what is missing."""
    weekly = make(programme.reader(), edition, settings)

    assert weekly.mood == "empty"
    assert weekly.missing == (
        "No form is named yet: add one under [[typeform.forms]] in winloss.toml.",
        "No decisions are named yet: add [crm.decisions] to winloss.toml.",
    )
    assert "There is nothing to report yet." in texts(weekly)[0]


def test_connected_but_empty(programme, edition, connected, make: Make) -> None:
    """Forms and exports that hold nothing are told apart from missing ones."""
    missing = make(programme.reader(), edition, connected).missing

    assert missing == (
        "The forms are connected, but no response has come in yet.",
        "The CRM export of decisions holds none we could use.",
    )


def test_no_sellers_reasons_no_invitations(programme, edition, connected, make: Make) -> None:
    """An export of opportunities and words alone reads sensibly: no empty table, no zeros."""
    programme.has_invitations = False
    for number in range(8):
        programme.decide(f"deal-{number}", decided="2026-08-01", outcome="unknown", amount_usd=None)
        if number < 3:
            programme.answer(f"deal-{number}", "It was simply too dear for us.", "price_level")
    programme.add("staging.decisions", decision_id="open-1", decision_kind="open")

    weekly = make(programme.reader(), edition, connected)

    text, _ = texts(weekly)
    assert weekly.subject == "“It was simply too dear for us”: 3 of 3"
    assert "we had logged" not in text
    assert "Our side has logged no reasons, so there is nothing to compare with." in text
    assert "asked: unknown for the other five." in text
    assert "One opportunity is not decided yet." in text
    assert "WHAT CAN STILL BE KEPT" not in text
