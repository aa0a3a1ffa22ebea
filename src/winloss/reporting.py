"""What a report is made of: figures with their n, quotes, findings and sections.

Values only: made by lenses, looked at by templates, stored as sent.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from winloss.weeks import Week

Mood = Literal["voices", "quiet", "empty"]

WITHHELD = "Name withheld"


FEWEST_LISTED = 5
"""Below so many rows a figure names its query alone."""


@dataclass(frozen=True)
class Figure:
    """A count out of a total, with what an analyst needs to get it again."""

    name: str
    count: int
    total: int
    low: float | None
    """Lower end of the 95 % Wilson interval, 0 to 1; None where nothing can be said."""
    high: float | None
    query: str
    """The file that counted it, such as `sql/reports/drivers.sql`."""
    row_ids: tuple[str, ...] = ()
    """Response ids behind the count."""

    @property
    def listed_ids(self) -> tuple[str, ...]:
        """The ids that may be printed: none of a handful.

        One id beside a quote without a name would lead whoever holds the analysts' copy to
        its author.
        """
        return self.row_ids if len(self.row_ids) >= FEWEST_LISTED else ()


@dataclass(frozen=True)
class Quote:
    """A slice of one answer, as printed."""

    text: str
    """As printed: the slice with visible masks such as `[name]`."""
    attribution: str
    form_id: str
    response_id: str
    question_ref: str
    span_start: int
    """Unicode code points into the answer as typed, half-open."""
    span_end: int
    is_cut_before: bool = False
    """True when the sentence goes on to the left; shown as an ellipsis."""
    is_cut_after: bool = False
    language: str = "en"
    """ISO 639-1, for the `lang` attribute; `en` where unknown."""

    @property
    def is_named(self) -> bool:
        """True when the customer lets us print who speaks."""
        return self.attribution != WITHHELD


@dataclass(frozen=True)
class Finding:
    """A customer's sentence, the claim it stands for, how many meant it, and our view."""

    reason: str
    label: str
    quote: Quote | None  # None where nobody who said it lets us quote them
    voices: Figure
    """Decisions that named the reason, among those heard in the week."""
    who: str
    """How many, as a sentence begins: `3 of the 4`."""
    claim: str
    """How that sentence goes on: `who told us why this week named help to start.`"""
    ours: tuple[tuple[str, int], ...]
    """What we had logged for the same decisions: label and count; `nothing` where nothing."""
    logged: str
    """The same as a sentence; empty where the programme logs no reasons at all."""
    contrary: Quote | None
    trend: Figure
    """The same among decisions heard whose survey closed in the window."""
    call: str
    """What may be said of the change, such as `No change we can call.`"""
    lens: str = "drivers"


@dataclass(frozen=True)
class Cell:
    """What one column says of a row, and the figure behind it."""

    said: str
    figure: Figure | None = None
    """None where the cell only says something, such as a promise's words."""


@dataclass(frozen=True)
class Row:
    """One line of a panel, and a customer who stands on it."""

    label: str
    cells: tuple[Cell, ...]
    quote: Quote | None = None


@dataclass(frozen=True)
class Panel:
    """One table of a section."""

    name: str
    """What templates know it by, such as `rungs`."""
    title: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    """Headers: of the labels first, then of each cell; none where the rows speak for themselves."""
    note: str = ""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes on its rows, in their order."""
        return tuple(row.quote for row in self.rows if row.quote is not None)


@dataclass(frozen=True)
class Section:
    """One lens's part of a report; a lens may add what it alone shows."""

    lens: str
    title: str
    """The lens's question to us, such as `Did we keep our word?`."""
    caveats: tuple[str, ...]
    voice: Quote | None = field(default=None, kw_only=True)
    """The customer who opens the section."""
    lines: tuple[str, ...] = field(default=(), kw_only=True)
    """What there is to say, in sentences, the most important first; a mail prints the first."""
    panels: tuple[Panel, ...] = field(default=(), kw_only=True)
    findings: tuple["Finding", ...] = field(default=(), kw_only=True)
    """What this lens offers to a mail's findings, from voices of the week."""
    is_news: bool = field(default=False, kw_only=True)
    """True when a response of the week gave the lens something new to say."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the section, in the order printed."""
        found = [each.quote for each in self.findings] + [each.contrary for each in self.findings]
        panels = [quote for panel in self.panels for quote in panel.quotes]
        return tuple(quote for quote in (self.voice, *found, *panels) if quote is not None)


@dataclass(frozen=True)
class RankedReason:
    """One reason over the window, by the way it was given."""

    label: str
    theirs: Figure
    primary: Figure
    """The main reason; the others of `theirs` were named beside another."""
    written: Figure
    chosen: Figure
    decisive: Figure


@dataclass(frozen=True)
class Pair:
    """Two reasons of the same decisions, such as ticked and wrote, or ours and theirs."""

    first: str
    second: str
    figure: Figure


@dataclass(frozen=True)
class Drivers(Section):
    """Why they left: the week's findings, and the ranking over the window."""

    heard: int
    """Defections heard in the week."""
    ranking: tuple[RankedReason, ...]
    disagreements: tuple[Pair, ...]
    """Ticked one reason, wrote another."""


@dataclass(frozen=True)
class CardRow:
    """One defection of the card: what we said beside what they said."""

    who: str  # `chose a competitor` or `cancelled`
    ours: str
    theirs: str  # empty unless they let us show it
    note: str
    """`right`, `partly right`, `wrong`, `nobody heard them`, `heard, in confidence`, …"""
    written: str = ""
    chosen: str = ""  # what they ticked in the list
    decisive: str = ""  # what would have changed it
    quote: Quote | None = None
    """Named: our reason of one decision stands beside it."""


@dataclass(frozen=True)
class KnowWhy(Section):
    """Whether we knew why, before they told us."""

    card: tuple[CardRow, ...]
    rates: tuple[Figure, ...]  # right, partly, wrong: of those heard whose reason we had logged
    line: str
    others: tuple[Figure, ...]  # silent, unstated, uncoded: of all whose survey closed
    believed: str  # what we logged for the week's exits nobody has explained

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the section, those of the card first."""
        on_card = tuple(row.quote for row in self.card if row.quote is not None)
        return (*on_card, *super().quotes)


@dataclass(frozen=True)
class Coverage(Section):
    """Who is silent, what is still running, what came in and what was set aside."""

    closed: tuple[Figure, ...]
    """By state of asking, among defections whose survey closed in the window."""
    running: tuple[tuple[str, int], ...]
    silence: str
    bound: str  # how far the lead reason could move if the silent differ
    surveys: str  # which surveys are open, and until when
    exits: str
    exit_count: int
    rejects: tuple[tuple[str, int], ...]
    set_aside: str
    open_opportunities: str
    export: str = field(default="", kw_only=True)
    """Where the CRM export ends, or begins, if the week lies outside it; else empty."""
    unread: str = field(default="", kw_only=True)
    """Which forms could not be read, so that their answers only seem to be missing."""


CALL = "asked_for_a_call"
"""The sign to act on first."""


@dataclass(frozen=True)
class Sign:
    """One way in which customers show that they can still be kept."""

    said: str
    names: str
    """Accounts that let us name them, as a list in words; empty where none does."""
    figure: Figure


@dataclass(frozen=True)
class Prevention(Section):
    """What can still be kept."""

    signs: tuple[Sign, ...]
    calls: int  # customers who asked for a call in the week


@dataclass(frozen=True)
class Sections:
    """Every lens of an edition, complete; a mail may print less."""

    drivers: Drivers
    know_why: KnowWhy
    coverage: Coverage
    prevention: Prevention
    ideas: Mapping[str, Section]
    """The other lenses by name, in the order in which a report shows them."""

    def __getitem__(self, lens: str) -> Section:
        """A lens's section by its name."""
        found: Section = self.ideas[lens] if lens in self.ideas else getattr(self, lens)
        return found

    @property
    def voices(self) -> tuple[Quote, ...]:
        """Every quote but those of the drivers' findings, which choose theirs first."""
        trade = (self.drivers, self.know_why, self.prevention, self.coverage)
        every = [quote for each in (*trade, *self.ideas.values()) for quote in each.quotes]
        first = {quote for each in self.drivers.findings for quote in (each.quote, each.contrary)}
        return tuple(quote for quote in every if quote not in first)


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
