"""The Monday mail: why they left, beside what we had believed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from winloss import render, resources, wording
from winloss.quotes import Voices, meets
from winloss.reporting import (
    Coverage,
    Edition,
    Finding,
    Mood,
    Prevention,
    Section,
    Sections,
    Weekly,
)
from winloss.settings import Settings
from winloss.warehouse import Reader

FINDINGS = 3
SUBJECT_SENSE = 40  # characters that every inbox shows


def make(reader: Reader, edition: Edition, settings: Settings) -> Weekly:
    """The edition as it may be printed, with every quote verified against its answer.

    Raises QuoteError when a quote is not a slice of what the customer wrote.
    """
    room: Any = resources.load("reports", "sections")
    told = room.tell(reader, edition, settings)
    found: Sections = told.sections
    mood = _mood(found, told.sources)
    values = room.parameters(edition, settings)
    quiet = {**values, "week_from": values["from"]}
    voice = room.Words(reader, quiet, told.named) if mood == "quiet" else None
    ideas = _ideas(found, reader.report("ideas_printed", **values))
    offered = [idea.findings[0] for idea in ideas if idea.findings and idea.findings[0].quote]
    news = tuple(offered[:1]) if mood == "voices" else ()
    weekly = Weekly(
        edition=edition,
        company=settings.company,
        masthead=f"{settings.company} · why they left · {wording.period(edition.week)}",
        mood=mood,
        subject=_subject(mood, found, told.words),
        preheader=_preheader(mood, found, told.period),
        opening=_opening(mood, found),
        aside=_aside(mood, found),
        findings=_findings(found, news),
        voice=voice.unprinted() if voice else None,
        missing=() if mood == "voices" else missing(told.sources, settings),
        know_why=None if mood == "empty" else found.know_why,
        prevention=_prevention(edition, found),
        actions=_actions(found),
        idea=_idea(ideas, news, told.voices),
        coverage=_coverage(mood, found),
        window_weeks=settings.report.window_weeks,
        full_url=settings.report.full_report_url.replace("{edition}", edition.edition_id),
        sections=found,
        headlines=_headlines(mood, found),
    )
    weekly = render.fitted(weekly)
    told.voices.verify(found.voices)
    own = tuple(quote for quote in weekly.quotes if quote not in found.voices)
    (voice or told.words).verify(own)
    return weekly


def _ideas(found: Sections, printed: pl.DataFrame) -> tuple[Section, ...]:
    """The lenses with something new to say, the one longest unheard in a mail first."""
    last = dict(printed.select("lens", "as_of").iter_rows())
    news = [idea for idea in found.ideas.values() if idea.is_news and idea.lens != "actions"]
    never = datetime(1, 1, 1, tzinfo=UTC)
    return tuple(sorted(news, key=lambda idea: last.get(idea.lens, never)))


def _idea(
    ideas: tuple[Section, ...],
    news: tuple[Finding, ...],
    voices: Voices,
) -> Section | None:
    """One more lens with something new to say, by somebody the mail does not quote yet."""
    printed = [quote for each in news for quote in (each.quote, each.contrary) if quote]
    spoken = frozenset[str]().union(*(voices.sides(quote) for quote in printed))
    for idea in ideas:
        voice = None if news and idea.findings[:1] == news else idea.voice
        if voice and not meets(voices.sides(voice), spoken):
            return idea
    return None


def _findings(found: Sections, news: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Three at most: why they left, what another lens has to say, and one more reason."""
    reasons = found.drivers.findings
    return (*reasons[:1], *news, *reasons[1:])[:FINDINGS]


def _prevention(edition: Edition, found: Sections) -> Prevention | None:
    """What can still be kept; pulses and calls belong to no team."""
    return found.prevention if found.prevention.signs and edition.report != "team" else None


def _actions(found: Sections) -> Section | None:
    """What we had said we would do, where anything is on record."""
    actions = found.ideas.get("actions")
    return actions if actions and actions.lines else None


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


def _mood(found: Sections, sources: Mapping[str, Any]) -> Mood:
    if found.drivers.findings:
        return "voices"
    return "quiet" if sources["decision_count"] or sources["response_count"] else "empty"


def _subject(mood: Mood, found: Sections, words: Any) -> str:  # noqa: ANN401 (of a report, loaded by path)
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


def _preheader(mood: Mood, found: Sections, period: str) -> str:
    if mood == "empty":
        return "The programme runs; here is what it still needs."
    if mood == "quiet":
        return _aside(mood, found)
    told = wording.sentence(wording.number(found.drivers.heard))
    said = f"{told} told us why they left {period}."
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
    if found.coverage.export:
        return f"No one told us why this week. {found.coverage.export}"
    if not exits:
        return "No one told us why this week, and nobody left."
    unexplained = wording.counted(exits, "exit")
    return f"No one told us why this week; {unexplained} unexplained."
