"""The Monday mail: why they left, beside what we had believed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import polars as pl

from winloss import quotes, render, wording
from winloss.errors import QuoteError
from winloss.lenses import coverage, drivers, know_why, prevention
from winloss.reporting import Coverage, Edition, Figure, Finding, Mood, Quote, Sections, Weekly
from winloss.settings import Settings
from winloss.warehouse import Reader

FINDINGS = 3
SUBJECT_SENSE = 40  # characters that every inbox shows

Values = Mapping[str, date | datetime | str | None]


def make(reader: Reader, edition: Edition, settings: Settings) -> Weekly:
    """The edition as it may be printed, with every quote verified against its answer.

    Raises QuoteError when a quote is not a slice of what the customer wrote.
    """
    values = parameters(edition, settings)
    words = _Words(reader, values)
    found = _sections(reader, edition, settings, words)
    sources = reader.report("coverage_sources", **values).to_dicts()[0]
    mood = _mood(found, sources)
    voice = _Words(reader, {**values, "week_from": values["from"]}) if mood == "quiet" else None
    weekly = Weekly(
        edition=edition,
        company=settings.company,
        masthead=f"{settings.company} · why they left · {wording.period(edition.week)}",
        mood=mood,
        subject=_subject(mood, found, words),
        preheader=_preheader(mood, found),
        opening=_opening(mood, found),
        aside=_aside(mood, found),
        findings=found.drivers.findings,
        voice=voice.unprinted() if voice else None,
        missing=() if mood == "voices" else missing(sources, settings),
        know_why=None if mood == "empty" else found.know_why,
        prevention=found.prevention if found.prevention.signs else None,
        coverage=_coverage(mood, found),
        window_weeks=settings.report.window_weeks,
        full_url=settings.report.full_report_url.replace("{edition}", edition.edition_id),
        sections=found,
        headlines=_headlines(mood, found),
    )
    weekly = render.fitted(weekly)
    (voice or words).verify(weekly.quotes)
    return weekly


def parameters(edition: Edition, settings: Settings) -> dict[str, date | datetime | str | None]:
    """The parameters of every query: the news week, the window of rates, the instant."""
    week = edition.week
    return {
        "from": week.minus(settings.report.window_weeks - 1).monday,
        "to": week.sunday,
        "week_from": week.monday,
        "week_to": week.sunday,
        "as_of": edition.as_of,
        "team": None if edition.audience == "all" else edition.audience,
        "zone": settings.time_zone,
    }


def missing(sources: Mapping[str, Any], settings: Settings) -> tuple[str, ...]:
    """What the programme lacks to report at all, and what to do about it."""
    said: list[str] = []
    if not settings.typeform.forms:
        said.append("No form is named yet: add one under [[typeform.forms]] in winloss.toml.")
    elif not settings.typeform_token:
        said.append("No Typeform token is set: put it into WINLOSS_TYPEFORM_TOKEN.")
    elif not sources["response_count"]:
        said.append("The forms are connected, but no response has come in yet.")
    if settings.crm.decisions is None:
        said.append("No decisions are named yet: add [crm.decisions] to winloss.toml.")
    elif not sources["decision_count"]:
        said.append("The CRM export of decisions holds none we could use.")
    return tuple(said)


class _Words:
    """What was said in a period, and the choice of voices from it."""

    def __init__(self, reader: Reader, values: Values) -> None:
        self._verbatims = reader.report("drivers_verbatims", **values)
        codes = reader.report("drivers_codes", **values)
        self._candidates = quotes.candidates(self._verbatims, codes)
        self._names = reader.names()
        printed_before = reader.report("drivers_printed", **values)
        self._printed = frozenset(
            quotes.voice(f"{form}/{response}")
            for form, response in printed_before.select("form_id", "response_id").iter_rows()
        )
        self._texts = {
            (row["form_id"], row["response_id"], row["question_ref"]): row
            for row in self._verbatims.iter_rows(named=True)
        }

    def choose(
        self, who: Figure, reason: str, used: tuple[Quote, ...], beside: Quote | None
    ) -> Quote | None:
        """A voice of those `who` named the reason, or with `beside` one of the others."""
        taken = self._printed.union(*(quotes.voices(self._candidates, each) for each in used))
        is_one = pl.col("response_id").is_in(list(who.row_ids))
        pool = self._candidates.filter(is_one if beside is None else ~is_one)
        if beside is None:
            chosen = quotes.choose(pool, names=self._names, reason=reason, taken=taken)
        else:
            chosen = quotes.contrary(pool, beside, names=self._names, reason=reason, taken=taken)
        return chosen and self._with_language(chosen)

    def unprinted(self) -> Quote | None:
        """A voice no edition has printed yet."""
        chosen = quotes.choose(self._candidates, names=self._names, taken=self._printed)
        return chosen and self._with_language(chosen)

    def headline(self, finding: Finding, quote: Quote, limit: int) -> str:
        """A slice of the quote for the subject, holding the evidence where that fits."""
        evidence = quotes.evidence(self._candidates, quote, finding.reason)
        return quotes.headline(quote, self._text(quote), limit, evidence)

    def verify(self, printed: tuple[Quote, ...]) -> None:
        """Raise QuoteError unless every quote is a slice of its consented answer."""
        for quote in printed:
            quotes.verify(quote, self._text(quote), self._names)

    def _text(self, quote: Quote) -> str:
        key = (quote.form_id, quote.response_id, quote.question_ref)
        if key not in self._texts:
            raise QuoteError(
                f"The quote from {quote.form_id}/{quote.response_id} ({quote.question_ref}) "
                "has no answer that may be quoted; the report was not made."
            )
        return str(self._texts[key]["text"])

    def _with_language(self, quote: Quote) -> Quote:
        row = self._texts[quote.form_id, quote.response_id, quote.question_ref]
        return replace(quote, language=row["language"] or "en")


def _sections(reader: Reader, edition: Edition, settings: Settings, words: _Words) -> Sections:
    values = parameters(edition, settings)

    def read(name: str) -> pl.DataFrame:
        return reader.report(name, **values)

    weeks = settings.report.window_weeks
    sources = read("coverage_sources")
    has_logged = bool(sources["seller_reason_count"][0])
    left = drivers.section(
        _driver_counts(reader, values, edition, weeks),
        words.choose,
        most=FINDINGS,
        has_logged=has_logged,
    )
    return Sections(
        drivers=left,
        know_why=know_why.section(
            know_why.Counts(
                verdicts=read("know_why"),
                card=read("know_why_card"),
                confusion=read("know_why_confusion"),
                believed=read("know_why_believed"),
            ),
            weeks=weeks,
            has_logged=has_logged,
        ),
        coverage=coverage.section(
            coverage.Counts(
                states=read("coverage"),
                exits=read("coverage_exits"),
                rejects=read("coverage_rejects"),
                sources=sources,
            ),
            left.findings[0] if left.findings else None,
            weeks=weeks,
        ),
        prevention=prevention.section(
            read("prevention"),
            read("prevention_check_ins"),
            check_in_days=settings.report.check_in_days,
            has_check_ins=bool(sources["check_in_count"][0]),
        ),
    )


def _driver_counts(reader: Reader, values: Values, edition: Edition, weeks: int) -> drivers.Counts:
    """The reasons of the week, of the window, and of the window before it."""
    last = edition.week.minus(weeks)
    before = {"from": last.minus(weeks - 1).monday, "to": last.sunday}
    return drivers.Counts(
        week=reader.report("drivers_week", **values),
        logged=reader.report("drivers_logged", **values),
        window=reader.report("drivers", **values),
        before=reader.report("drivers", **{**values, **before}),
        disagreement=reader.report("drivers_disagreement", **values),
    )


def _mood(found: Sections, sources: Mapping[str, Any]) -> Mood:
    if found.drivers.findings:
        return "voices"
    return "quiet" if sources["decision_count"] or sources["response_count"] else "empty"


def _subject(mood: Mood, found: Sections, words: _Words) -> str:
    if mood == "empty":
        return "Nothing to report yet: what is missing"
    if mood == "quiet":
        return _opening(mood, found).rstrip(".")
    lead = found.drivers.findings[0]
    count = f"{lead.voices.count} of {lead.voices.total}"
    ours = _ours_in_short(lead)
    if lead.quote is None:
        return f"{wording.sentence(lead.label)}: {count}{ours}"
    is_short = len(lead.quote.text) <= SUBJECT_SENSE
    room = SUBJECT_SENSE if is_short else SUBJECT_SENSE - len(f"“”: {count}")
    return f"“{words.headline(lead, lead.quote, room)}”: {count}{ours}"


def _ours_in_short(lead: Finding) -> str:
    """`. We’d logged price`, for the subject; empty where the programme logs no reasons."""
    if not lead.ours:
        return ""
    label, count = max(lead.ours, key=lambda each: each[1])
    if count * 2 > lead.voices.count:
        return f". We’d logged {'it too' if label == lead.label else label}"
    same = dict(lead.ours).get(lead.label, 0)
    return f". We’d logged {f'it {wording.times(same)}' if same else 'other reasons'}"


def _preheader(mood: Mood, found: Sections) -> str:
    if mood == "empty":
        return "The programme runs; here is what it still needs."
    if mood == "quiet":
        return _aside(mood, found)
    told = wording.sentence(wording.number(found.drivers.heard))
    said = f"{told} told us why they left this week."
    calls = found.prevention.calls
    if not calls:
        return f"{said} {found.coverage.exits}"
    return f"{said} {wording.sentence(wording.number(calls))} want{'s' * (calls == 1)} a call."


def _headlines(mood: Mood, found: Sections) -> tuple[str, ...]:
    """Three figures in words, for whoever started the run."""
    lead = found.drivers.findings[0] if found.drivers.findings else None
    first = f"{lead.who} {lead.claim}" if lead else _opening(mood, found)
    return tuple(line for line in (first, found.know_why.line, found.coverage.silence) if line)


def _coverage(mood: Mood, found: Sections) -> Coverage | None:
    """Who is silent; a quiet week has said above which surveys are open."""
    if mood == "empty":
        return None
    return replace(found.coverage, surveys="") if mood == "quiet" else found.coverage


def _aside(mood: Mood, found: Sections) -> str:
    said = f"{found.know_why.believed} {found.coverage.surveys}".strip()
    return said if mood == "quiet" else ""


def _opening(mood: Mood, found: Sections) -> str:
    if mood == "voices":
        return ""
    if mood == "empty":
        return "There is nothing to report yet."
    heard, exits = found.drivers.heard, found.coverage.exit_count
    if heard:
        told = wording.sentence(wording.number(heard))
        return f"{told} told us why this week, in words we could not sort yet."
    if not exits:
        return "No one told us why this week, and nobody left."
    unexplained = wording.counted(exits, "exit")
    return f"No one told us why this week; {unexplained} unexplained."
