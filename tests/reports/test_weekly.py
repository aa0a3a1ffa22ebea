"""The Monday mail: what it says, what it keeps to itself, and what it never makes up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from winloss import keeping, render, resources
from winloss.errors import QuoteError
from winloss.reporting import Edition, Weekly
from winloss.settings import CrmFile, CrmSettings, FormSettings, Settings, TypeformSettings

Make = Callable[..., Weekly]


def texts(weekly: Weekly) -> tuple[str, str]:
    rendered = render.weekly(weekly)
    return rendered.text, render.visible(rendered.html)


@pytest.fixture
def connected(settings: Settings) -> Settings:
    """A programme with a form, a token and a CRM export."""
    return settings.model_copy(
        update={
            "typeform": TypeformSettings(forms=(FormSettings(id="form", kind="lost_deal"),)),
            "typeform_token": SecretStr("sandbox"),
            "crm": CrmSettings(decisions=CrmFile(path=Path("decisions.csv"))),
        }
    )


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
    assert "We may print none of their words." in texts(weekly)[0]


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


def test_names_only_where_allowed(harbourline, edition, connected, make: Make) -> None:
    """A pulse that may not be seen is counted, and its account not named beside it."""
    prevention = make(harbourline.reader(), edition, connected).sections.prevention

    named = {sign.figure.name: sign.names for sign in prevention.signs}
    assert named["would_move"] == "Kestrel Freight"
    assert named["goals_unknown"] == ""


@pytest.mark.parametrize("may_quote", ["unnamed", "counted"])
def test_a_call_does_not_give_a_voice_away(
    programme, edition, connected, make: Make, may_quote: str
) -> None:
    """Whoever asks for a call is named for it, and so not quoted without a name beside it."""
    programme.decide("deal", decided="2026-09-08")
    programme.answer(
        "deal", "We would have been on our own.", "onboarding", may_quote=may_quote, call_me=True
    )
    programme.add("marts.accounts", account_id="account-deal", account_name="Kestrel Freight")

    weekly = make(programme.reader(), edition, connected)

    assert [sign.names for sign in weekly.sections.prevention.signs] == ["Kestrel Freight"]
    assert not any("on our own" in text for text in texts(weekly))


def test_who_may_be_kept_is_not_quoted_unnamed(harbourline, edition, connected, make: Make) -> None:
    """An account named as one to keep says nothing in the same mail without its name."""
    free = make(harbourline.reader(), edition, connected)
    for row in harbourline.rows["marts.verbatims"]:
        if row["response_id"] == "a-said":
            row["account_id"] = "customer-0"

    weekly = make(harbourline.reader(), edition, connected)

    assert "Kestrel Freight" in {sign.names for sign in weekly.sections.prevention.signs}
    spoken, before = (
        {quote.response_id for quote in (*each.quotes, *each.sections.voices)}
        for each in (weekly, free)
    )
    assert "a-said" in before
    assert "a-said" not in spoken


@pytest.mark.parametrize(("count", "is_told"), [(1, False), (5, True)])
def test_a_lens_tells_nobody_alone(
    harbourline, edition, connected, make: Make, count: int, *, is_told: bool
) -> None:
    """The only one who answered a lens this week is told of under their name alone."""
    for number in range(count):
        _would_move(harbourline, f"mover-{number}")

    loyalty = make(harbourline.reader(), edition, connected).sections["loyalty"]

    assert loyalty.voice is not None
    assert bool(loyalty.findings) is is_told


def _would_move(programme, key: str) -> None:
    """A satisfied customer who would move all the same, as their pulse of the week says."""
    at = datetime(2026, 9, 30, 10, tzinfo=UTC)
    response = {
        "response_key": f"pulse/{key}",
        "response_id": key,
        "form_id": "pulse",
        "form_kind": "pulse",
        "account_id": key,
        "submitted_at": at,
    }
    programme.add(
        "marts.responses",
        **response,
        fetched_at=at,
        may_see=False,
        may_quote="unnamed",
        call_me=False,
    )
    for ref, answer in (
        ("satisfaction", {"number_value": 5, "scale_min": 1, "scale_max": 5}),
        ("would_move", {"choice_refs": ["yes"]}),
    ):
        programme.add("marts.answers", **response, question_ref=ref, is_answered=True, **answer)
    programme.add(
        "marts.verbatims",
        **response,
        respondent=key,
        fetched_at=at,
        may_see=False,
        may_quote="unnamed",
        verbatim_key=f"verbatim-{key}",
        question_ref="right_deal",
        text="A fixed price for three years.",
        language="en",
    )
