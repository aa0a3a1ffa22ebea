"""Every lens of an edition, read and judged once, whatever a report then prints of it."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl

from winloss import quotes
from winloss.errors import QuoteError
from winloss.lenses import coverage, drivers, know_why, prevention
from winloss.reporting import (
    Coverage,
    Drivers,
    Edition,
    Figure,
    Finding,
    KnowWhy,
    Quote,
    Section,
    Sections,
)
from winloss.settings import Settings
from winloss.warehouse import Reader

FINDINGS = 3
IDEAS: tuple[str, ...] = ("promises", "loyalty", "trust", "ladder", "respect", "talk", "actions")
"""The lenses beside the trade's own, in the order in which they are shown."""

Values = Mapping[str, date | datetime | str | None]


@dataclass(frozen=True)
class Told:
    """What an edition has to say, and the words it says it with."""

    sections: Sections
    sources: Mapping[str, Any]
    """How much of each kind of input there is: the row of `coverage_sources`."""
    words: "Words"
    voices: quotes.Voices
    named: frozenset[str]
    """Accounts named as ones that can still be kept: nowhere quoted without their name."""
    period: str
    """The time of the voices, in words: `this week`."""


def parameters(edition: Edition, settings: Settings) -> dict[str, date | datetime | str | None]:
    """The parameters of every query: the news week, the window of rates, the instant.

    A team's week is too few people, so that its voices are those of the whole window.
    """
    week = edition.week
    first = week.minus(settings.report.window_weeks - 1).monday
    is_team = edition.report == "team"
    return {
        "from": first,
        "to": week.sunday,
        "week_from": first if is_team else week.monday,
        "week_to": week.sunday,
        "as_of": edition.as_of,
        "team": edition.audience if is_team else None,
        "zone": settings.time_zone,
    }


def tell(reader: Reader, edition: Edition, settings: Settings) -> Told:
    """Read and judge every lens; the drivers take their voices first."""
    values = parameters(edition, settings)
    week = {**values, "week_from": edition.week.monday}
    sources = reader.report("coverage_sources", **values)
    kept = {query: reader.report(query, **values) for query in prevention.READS}
    days, has_check_ins = settings.report.check_in_days, _has(sources, "check_in")
    named = prevention.named(kept, check_in_days=days, has_check_ins=has_check_ins)
    words = Words(reader, values, named)
    left = _drivers(reader, edition, settings, words, has_logged=_has(sources, "seller_reason"))
    voices = words.others(reader, values, left.findings)
    held_back = (words.held_back, period(edition, settings))
    told = Sections(
        drivers=left.guarded(),
        coverage=_coverage(reader, week, settings, sources, left, held_back).guarded(),
        prevention=prevention.section(
            kept,
            voices.anew(),
            settings.report.window_weeks,
            check_in_days=days,
            has_check_ins=has_check_ins,
        ).guarded(),
        # What blocks ask is too thin to tell of one team.
        ideas={
            name: _idea(name, reader, values, settings, voices.anew()).guarded()
            for name in (() if edition.report == "team" else IDEAS)
        },
        know_why=_know_why(reader, week, settings, sources, voices.anew()).guarded(),
    )
    return Told(told, sources.to_dicts()[0], words, voices, named, period(edition, settings))


def period(edition: Edition, settings: Settings) -> str:
    """The time of the voices, in words: `this week`."""
    if edition.report == "team":
        return f"in the last {settings.report.window_weeks} weeks"
    return "this week"


class Words:
    """What was said about exits in a period, and the choice of voices from it."""

    def __init__(self, reader: Reader, values: Values, named: frozenset[str]) -> None:
        """Read the words of the period `week_from` to `week_to`.

        `named` are the accounts that the edition names, and so does not quote unnamed.
        """
        found = reader.report("drivers_verbatims", **values)
        self._verbatims = quotes.unnamed_left_out(found, named)
        self._named = named
        codes = reader.report("drivers_codes", **values)
        self._candidates = quotes.candidates(self._verbatims, codes)
        self._names = reader.names()
        printed = reader.report("drivers_printed", **values)
        # A team hears a whole window every week, so its voices may come again.
        self._printed = quotes.spoken_before(printed.clear() if values["team"] else printed)
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

    def others(
        self, reader: Reader, values: Values, findings: tuple[Finding, ...]
    ) -> quotes.Voices:
        """The voices left to the other lenses: of everybody, but for those who spoke already."""
        spoken = [quote for each in findings for quote in (each.quote, each.contrary) if quote]
        everybody = quotes.Voices(
            reader.report("voices", **values),
            reader.report("voices_codes", **values),
            self._names,
            self._printed.union(*(quotes.voices(self._candidates, each) for each in spoken)),
        )
        return everybody.without(self._named)

    @property
    def held_back(self) -> int:
        """How many of the answers are not quoted until somebody has looked at a name in them."""
        return quotes.held_back(self._verbatims, self._names)

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


def _has(sources: pl.DataFrame, what: str) -> bool:
    return bool(sources[f"{what}_count"][0])


def _idea(
    name: str, reader: Reader, values: Values, settings: Settings, voices: quotes.Voices
) -> Section:
    lens = importlib.import_module(f"winloss.lenses.{name}")
    counts = {query: reader.report(query, **values) for query in lens.READS}
    found: Section = lens.section(counts, voices, settings.report.window_weeks)
    return found


def _drivers(
    reader: Reader, edition: Edition, settings: Settings, words: Words, *, has_logged: bool
) -> Drivers:
    """The reasons of the week, of the window, and of the window before it."""
    values = parameters(edition, settings)
    weeks = settings.report.window_weeks
    last = edition.week.minus(weeks)
    before = {"from": last.minus(weeks - 1).monday, "to": last.sunday}
    counts = drivers.Counts(
        week=reader.report("drivers_week", **values),
        logged=reader.report("drivers_logged", **values),
        window=reader.report("drivers", **values),
        before=reader.report("drivers", **{**values, **before}),
        disagreement=reader.report("drivers_disagreement", **values),
        splits=reader.report("drivers_splits", **values),
        splits_before=reader.report("drivers_splits", **{**values, **before}),
        rates=reader.report("drivers_rates", **values),
        ratings=reader.report("drivers_ratings", **values),
        moved=reader.report("drivers_moved", **values),
        agreement=reader.report("coverage_agreement", **values),
        codebook=reader.report("drivers_codebook", **values),
        period=period(edition, settings),
    )
    return drivers.section(counts, words.choose, most=FINDINGS, has_logged=has_logged, weeks=weeks)


def _know_why(
    reader: Reader,
    values: Values,
    settings: Settings,
    sources: pl.DataFrame,
    voices: quotes.Voices,
) -> KnowWhy:
    counts = know_why.Counts(
        verdicts=reader.report("know_why", **values),
        card=reader.report("know_why_card", **values),
        confusion=reader.report("know_why_confusion", **values),
        believed=reader.report("know_why_believed", **values),
        calls=reader.report("know_why_calls", **values),
        moments=reader.report("know_why_moments", **values),
        goals=reader.report("know_why_goals", **values),
        about=reader.report("know_why_about", **values),
    )
    has_logged = _has(sources, "seller_reason")
    weeks = settings.report.window_weeks
    return know_why.section(counts, voices, weeks=weeks, has_logged=has_logged)


def _coverage(
    reader: Reader,
    values: Values,
    settings: Settings,
    sources: pl.DataFrame,
    left: Drivers,
    held_back: tuple[int, str],
) -> Coverage:
    counts = coverage.Counts(
        states=reader.report("coverage", **values),
        exits=reader.report("coverage_exits", **values),
        rejects=reader.report("coverage_rejects", **values),
        sources=sources,
        export=reader.report("coverage_export", **values),
        signatures=reader.report("coverage_signatures", **values),
        deleted=reader.report("coverage_deleted", **values),
        splits=reader.report("coverage_splits", **values),
        reasons=reader.report("drivers_splits", **values),
        verdicts=reader.report("know_why", **values),
        coding=reader.report("coverage_coding", **values),
        agreement=reader.report("coverage_agreement", **values),
        odd=reader.report("coverage_caveats", **values),
        unread=_unread(reader.report("coverage_unread", **values), settings),
        held_back=held_back[0],
        period=held_back[1],
    )
    lead = left.findings[0] if left.findings else None
    return coverage.section(counts, lead, weeks=settings.report.window_weeks)


def _unread(forms: pl.DataFrame, settings: Settings) -> tuple[str, ...]:
    """The kinds of the forms that could not be read."""
    kinds = {form.id: str(form.kind) for form in settings.typeform.forms}
    return tuple(kinds[form_id] for form_id in forms["form_id"] if form_id in kinds)
