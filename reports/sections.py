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
IDEAS: tuple[str, ...] = ()
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


def tell(reader: Reader, edition: Edition, settings: Settings) -> Told:
    """Read and judge every lens; the drivers take their voices first."""
    values = parameters(edition, settings)
    words = Words(reader, values)
    sources = reader.report("coverage_sources", **values)
    left = _drivers(reader, edition, settings, words, has_logged=_has(sources, "seller_reason"))
    voices = words.others(reader, values, left.findings)
    told = Sections(
        drivers=left,
        know_why=_know_why(reader, values, settings, sources),
        coverage=_coverage(reader, values, settings, sources, left),
        prevention=prevention.section(
            reader.report("prevention", **values),
            reader.report("prevention_check_ins", **values),
            check_in_days=settings.report.check_in_days,
            has_check_ins=_has(sources, "check_in"),
        ),
        ideas={name: _idea(name, reader, values, settings, voices) for name in IDEAS},
    )
    return Told(told, sources.to_dicts()[0], words, voices)


class Words:
    """What was said about exits in a period, and the choice of voices from it."""

    def __init__(self, reader: Reader, values: Values) -> None:
        """Read the words of the period `week_from` to `week_to`."""
        self._verbatims = reader.report("drivers_verbatims", **values)
        codes = reader.report("drivers_codes", **values)
        self._candidates = quotes.candidates(self._verbatims, codes)
        self._names = reader.names()
        self._printed = quotes.spoken_before(reader.report("drivers_printed", **values))
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
        return quotes.Voices(
            reader.report("voices", **values),
            reader.report("voices_codes", **values),
            self._names,
            self._printed.union(*(quotes.voices(self._candidates, each) for each in spoken)),
        )

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
    )
    return drivers.section(counts, words.choose, most=FINDINGS, has_logged=has_logged)


def _know_why(reader: Reader, values: Values, settings: Settings, sources: pl.DataFrame) -> KnowWhy:
    counts = know_why.Counts(
        verdicts=reader.report("know_why", **values),
        card=reader.report("know_why_card", **values),
        confusion=reader.report("know_why_confusion", **values),
        believed=reader.report("know_why_believed", **values),
    )
    has_logged = _has(sources, "seller_reason")
    return know_why.section(counts, weeks=settings.report.window_weeks, has_logged=has_logged)


def _coverage(
    reader: Reader,
    values: Values,
    settings: Settings,
    sources: pl.DataFrame,
    left: Drivers,
) -> Coverage:
    counts = coverage.Counts(
        states=reader.report("coverage", **values),
        exits=reader.report("coverage_exits", **values),
        rejects=reader.report("coverage_rejects", **values),
        sources=sources,
    )
    lead = left.findings[0] if left.findings else None
    return coverage.section(counts, lead, weeks=settings.report.window_weeks)
