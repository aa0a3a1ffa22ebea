"""Every kind of edition, before it is typeset."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from winloss.reporting.saying import Finding, Quote, Row, Section
from winloss.reporting.sections import Coverage, KnowWhy, Prevention, Sections
from winloss.weeks import Week

Mood = Literal["voices", "quiet", "empty"]


def _plain(audience: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9]+", audience):
        return audience
    told = re.sub(r"[^a-z0-9]+", "-", audience.casefold()).strip("-")[:40]
    return f"{told}-{hashlib.sha256(audience.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Edition:
    """One report for one period, one audience, one `as_of`."""

    report: str
    week: Week
    audience: str
    as_of: datetime

    @property
    def edition_id(self) -> str:
        """`weekly-2026-W40-all`: names the edition's folder and rows.

        An audience that is more than a plain word, as a team's name may be, is told by what is
        plain in it and a fingerprint.
        """
        return f"{self.report}-{self.week}-{_plain(self.audience)}"


@dataclass(frozen=True)
class Weekly:
    """The Monday mail, before it is typeset."""

    edition: Edition
    company: str
    masthead: str
    mood: Mood
    subject: str
    preheader: str
    opening: str
    """What stands in place of the lead finding when nobody told us why; else empty."""
    aside: str
    """In a quiet week: what we believe without having been told, and what is still open."""
    findings: tuple[Finding, ...]
    """At most three, the lead first."""
    voice: Quote | None
    """A voice not printed before, in a week in which nobody told us why."""
    missing: tuple[str, ...]
    """What the programme lacks to say more, and what to do about it."""
    know_why: KnowWhy | None
    prevention: Prevention | None
    actions: Section | None
    """What we had said we would do; None where nothing is on record."""
    idea: Section | None
    """One more lens that has something new to say, in short."""
    coverage: Coverage | None
    window_weeks: int
    full_url: str
    sections: Sections
    headlines: tuple[str, ...] = ()
    """The three figures a run ends with, as sentences."""

    @property
    def parts(self) -> tuple[Section, ...]:
        """The sections below the findings, in the order they are read."""
        found = (self.actions, self.know_why, self.prevention, self.idea, self.coverage)
        return tuple(section for section in found if section is not None)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote this edition prints, in the order it prints them."""
        pairs = [(finding.quote, finding.contrary) for finding in self.findings]
        idea = self.idea.voice if self.idea else None
        voices = [quote for pair in pairs for quote in pair] + [self.voice, idea]
        return tuple(quote for quote in voices if quote is not None)


@dataclass(frozen=True)
class SellerCard:
    """One seller's own card: what they said beside what their customers said."""

    edition: Edition
    masthead: str
    subject: str
    opening: str
    """What stands above the rows, such as how often both agreed; counts only."""
    rows: tuple[Row, ...]
    """One per exit: whose it was, then `you said` and `they said`, and their words if named."""
    missing: tuple[str, ...]
    """What the seller could do to know more."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote the card prints."""
        return tuple(row.quote for row in self.rows if row.quote is not None)


@dataclass(frozen=True)
class Case:
    """One customer's word that we talked down to them, or misled them."""

    said: str
    """What happened, in a sentence without anybody's name."""
    quote: Quote | None
    note: str
    """What stands in place of the words; empty beside a quote."""


@dataclass(frozen=True)
class Alert:
    """What must not wait for Monday: the new cases, whoever may be quoted first."""

    edition: Edition
    masthead: str
    subject: str
    cases: tuple[Case, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote the alert prints."""
        return tuple(case.quote for case in self.cases if case.quote is not None)


@dataclass(frozen=True)
class Full:
    """Everything behind the mail, in one page."""

    edition: Edition
    masthead: str
    weekly: Weekly
    sections: Sections
    lenses: tuple[str, ...]
    """Every lens, in the order in which the page shows them."""
    queries: Mapping[str, str]
    """File name -> SQL text of every query a figure names."""
    parameters: Mapping[str, str]
    """Parameter -> value, so that an analyst gets the same figure."""
